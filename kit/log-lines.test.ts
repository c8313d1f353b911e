import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { withCorrelation } from './context.ts'
import { createLog } from './log.ts'

let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'azora-log-'))
})
after(() => rm(folder, { recursive: true }))

/** The lines of a log file once there are so many. */
async function lines(file: string, count: number): Promise<Record<string, unknown>[]> {
  const deadline = Date.now() + 10_000
  for (;;) {
    const text = await readFile(file, 'utf8').catch(() => '')
    const found = text.split('\n').filter(Boolean)
    if (found.length >= count) return found.map(line => JSON.parse(line))
    if (Date.now() > deadline) throw new Error(`${found.length} of ${count} lines in time.`)
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}

test('A line tells when, how grave, which service and which piece of work, and no secret.', async () => {
  const file = join(folder, 'one.log')
  const log = createLog({ level: 'info', file, console: false })('education')
  withCorrelation('the-request', () =>
    log.warn('Mail to ann@school.example failed', {
      password: 'x',
      failure: new Error('no route', { cause: new Error('token eyJhbGciOi.eyJzdWIi.c2ln') }),
    }),
  )
  const [line] = await lines(file, 1)
  assert.deepEqual(
    [line?.level, line?.service, line?.correlationId, line?.message, line?.password],
    ['warn', 'education', 'the-request', 'Mail to [e-mail] failed', '[masked]'],
  )
  assert.ok(Math.abs(Date.parse(String(line?.time)) - Date.now()) < 60_000)
  const failure = line?.failure as { message: string; stack: string; cause: { message: string } }
  assert.equal(failure.message, 'no route')
  assert.match(failure.stack, /log-lines\.test/)
  assert.equal(failure.cause.message, 'token [token]')
})

test('What is less grave than asked for is not written, and services share one file.', async () => {
  const file = join(folder, 'two.log')
  const open = createLog({ level: 'warn', file, console: false })
  open('auth').info('not this')
  open('auth').warn('this')
  open('education').debug('nor this')
  open('education').error('and this')
  assert.deepEqual(
    (await lines(file, 2)).map(line => [line.service, line.message, line.correlationId]),
    [
      ['auth', 'this', '-'],
      ['education', 'and this', '-'],
    ],
  )
})
