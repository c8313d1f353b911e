import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
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
  const write = openLineFile(join(folder, 'access.log'), { maxBytes: 1_000_000, name: 'access log' })
  const lines = Array.from({ length: 50 }, (_, at) => `line ${at}\n`)
  for (const line of lines) write(line)
  await until('The lines', async () => (await read('access.log')) === lines.join(''))
  assert.equal((await stat(join(folder, 'access.log'))).mode & 0o077, 0)
})

test('A file that grew large is set aside once, and one that is there is continued.', async () => {
  openLineFile(join(folder, 'access.log'), { maxBytes: 20, name: 'access log' })('the first of all lines\n')
  await until('The first', async () => (await read('access.log')) !== '')
  const write = openLineFile(join(folder, 'access.log'), { maxBytes: 20, name: 'access log' })
  for (const line of ['two\n', 'three\n']) write(line)
  await until('The last', async () => (await read('access.log')) === 'two\nthree\n')
  assert.equal(await read('access.log.1'), 'the first of all lines\n')
  assert.deepEqual((await readdir(folder)).sort(), ['access.log', 'access.log.1'])
})

test('As many set-aside files are kept as were asked for, the newest as number one.', async () => {
  const write = openLineFile(join(folder, 'a.log'), { maxBytes: 1, keep: 2, name: 'log' })
  for (const line of ['one\n', 'two\n', 'three\n', 'four\n']) write(line)
  await until('The last', async () => (await read('a.log')) === 'four\n')
  assert.deepEqual([await read('a.log.1'), await read('a.log.2')], ['three\n', 'two\n'])
  assert.deepEqual((await readdir(folder)).sort(), ['a.log', 'a.log.1', 'a.log.2'])
})

test('A file whose folder failed for a while goes on when it is back, and says how much was lost.', async () => {
  const told: string[] = []
  const stderr = mock.method(process.stderr, 'write', (text: string) => told.push(text) > 0)
  try {
    const write = openLineFile(join(folder, 'later', 'access.log'), { maxBytes: 1000, name: 'access log' })
    for (const line of ['lost\n', 'lost\n', 'lost\n']) write(line)
    await until('The complaint', async () => told.length > 0)
    assert.match(told[0] ?? '', /^The access log cannot be written: ENOENT/)
    await mkdir(join(folder, 'later'))
    write('kept\n')
    await until('The line', async () => (await read('later/access.log')).endsWith('kept\n'))
    const [loss] = (await read('later/access.log')).split('\n')
    assert.ok(JSON.parse(loss ?? '').lostBytes >= 'lost\n'.length)
    assert.equal(told.length, 1, 'one complaint a minute is enough')
  } finally {
    stderr.mock.restore()
  }
})

test('A disk that hangs costs lines, not memory without end.', async () => {
  const write = openLineFile(join(folder, 'access.log'), { maxBytes: 1e9, name: 'access log' })
  const line = `${'x'.repeat(999_999)}\n`
  for (let count = 0; count < 20; count++) write(line)
  await until(
    'The lines',
    async () => ((await stat(join(folder, 'access.log')).catch(() => null))?.size ?? 0) > 8_000_000,
  )
  assert.match((await read('access.log')).slice(0, 200), /"lostBytes":12000000\}/)
})
