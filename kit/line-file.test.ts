import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, mock, test } from 'node:test'
import { openLineFile } from './line-file.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'azora-lines-'))
})
afterEach(() => rm(folder, { recursive: true }))

const read = (name: string) => readFile(join(folder, name), 'utf8').catch(() => '')

async function until(what: string, look: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000
  while (!(await look())) {
    if (Date.now() > deadline) throw new Error(`${what}: not in time.`)
    await new Promise(resolve => setImmediate(resolve))
  }
}

test('Lines stand in the order in which they were written, readable to nobody else.', async () => {
  const write = openLineFile(join(folder, 'access.log'), 1_000_000)
  const lines = Array.from({ length: 50 }, (_, at) => `line ${at}\n`)
  for (const line of lines) write(line)
  await until('The lines', async () => (await read('access.log')) === lines.join(''))
  assert.equal((await stat(join(folder, 'access.log'))).mode & 0o077, 0)
})

test('A file that grew large is set aside once, and one that is there is continued.', async () => {
  openLineFile(join(folder, 'access.log'), 20)('the first of all lines\n')
  await until('The first', async () => (await read('access.log')) !== '')
  const write = openLineFile(join(folder, 'access.log'), 20)
  for (const line of ['two\n', 'three\n']) write(line)
  await until('The last', async () => (await read('access.log')) === 'two\nthree\n')
  assert.equal(await read('access.log.1'), 'the first of all lines\n')
  assert.deepEqual((await readdir(folder)).sort(), ['access.log', 'access.log.1'])
})

test('What cannot be written is told of, and does not end the process or the lines after it.', async () => {
  const told: string[] = []
  const stderr = mock.method(process.stderr, 'write', (text: string) => told.push(text) > 0)
  try {
    const write = openLineFile(join(folder, 'missing', 'access.log'), 1000)
    write('lost\n')
    write('lost as well\n')
    await until('The complaints', async () => told.length === 2)
    assert.match(told[0] ?? '', /^The access log cannot be written: ENOENT/)
  } finally {
    stderr.mock.restore()
  }
})
