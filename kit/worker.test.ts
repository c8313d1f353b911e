import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AppError } from './errors.ts'
import { createWorkers, JobTooLarge, type WorkerSettings } from './worker.ts'
import type { FixtureJob } from './worker-fixture.ts'

const pool = (settings: Partial<WorkerSettings> = {}) =>
  createWorkers<FixtureJob, unknown, number>({
    module: new URL('./worker-fixture.ts', import.meta.url),
    timeLimitMs: 60_000,
    memoryMiB: 64,
    threads: 1,
    waiting: 10,
    idleMs: 0,
    ...settings,
  })

const codeOfRefusal = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    failure => (failure instanceof AppError ? failure.code : failure),
  )

test('A job is done elsewhere, with its news on the way, and the next one after it.', async () => {
  const { run } = pool({ idleMs: 1000 })
  const news: number[] = []
  assert.equal(await run({ news: 3 }, { onNews: told => news.push(told) }), 'told')
  assert.deepEqual(news, [0, 1, 2])
  assert.deepEqual(await run({ echo: { a: ['ü'] } }), { a: ['ü'] })
})

test('A fault of the job is its own, and the thread goes on.', async () => {
  const { run } = pool({ idleMs: 1000 })
  await assert.rejects(run({ fail: 'No such thing.' }), /No such thing/)
  assert.equal(await run({ echo: 1 }), 1)
})

test('What cannot be copied to a thread fails by itself.', async () => {
  const { run } = pool({ idleMs: 1000 })
  await assert.rejects(run({ echo: () => 1 }), /could not be cloned/)
  assert.equal(await run({ echo: 1 }), 1)
})

test('A job that does not end is ended after its time, and what waited behind it is done.', async () => {
  const { run } = pool({ timeLimitMs: 100 })
  const endless = run({ hold: true })
  const behind = run({ echo: 'next' })
  await assert.rejects(
    endless,
    (failure: unknown) => failure instanceof JobTooLarge && failure.limit === 'time',
  )
  assert.equal(await behind, 'next')
})

test('A job that fills its memory is ended, and harms nothing else.', async () => {
  const { run } = pool()
  const greedy = run({ fill: true })
  const behind = run({ echo: 'next' })
  await assert.rejects(
    greedy,
    (failure: unknown) => failure instanceof JobTooLarge && failure.limit === 'memory',
  )
  assert.equal(await behind, 'next')
})

test('More than may wait is refused: of one caller with 429, of all together with 503.', async () => {
  const { run } = pool({ waiting: 3, waitingPerCaller: 2 })
  const stop = new AbortController()
  const { signal } = stop
  const work = [run({ hold: true }, { caller: 'a', signal })]
  for (const caller of ['a', 'a', 'b']) work.push(run({ echo: 1 }, { caller, signal }))
  assert.equal(await codeOfRefusal(run({ echo: 1 }, { caller: 'a' })), 'rate_limited')
  assert.equal(await codeOfRefusal(run({ echo: 1 }, { caller: 'c' })), 'unavailable')
  stop.abort()
  await Promise.allSettled(work)
  assert.equal(await run({ echo: 'again' }, { caller: 'c' }), 'again')
})

test('A caller with endless jobs holds one thread, and everybody else has the other.', async () => {
  const { run } = pool({ threads: 2, perCaller: 1 })
  const stop = new AbortController()
  const { signal } = stop
  const hostile = [1, 2, 3].map(() => run({ hold: true }, { caller: 'hostile', signal }))
  assert.equal(await run({ echo: 'served' }, { caller: 'b' }), 'served')
  stop.abort()
  await Promise.allSettled(hostile)
})

test('Callers take turns, however many jobs one of them sent first.', async () => {
  const { run } = pool({ idleMs: 1000 })
  const order: string[] = []
  const job = (caller: string) => run({ echo: caller }, { caller }).then(() => order.push(caller))
  await Promise.all([job('a'), job('a'), job('a'), job('a'), job('b'), job('b')])
  assert.deepEqual(order, ['a', 'a', 'b', 'a', 'b', 'a'])
})

test('A job that nobody waits for any more is ended, running or waiting.', async () => {
  const { run } = pool()
  const running = new AbortController()
  const waiting = new AbortController()
  const first = run({ hold: true }, { signal: running.signal })
  const second = run({ hold: true }, { signal: waiting.signal })
  waiting.abort(new Error('gone'))
  await assert.rejects(second, /gone/)
  running.abort(new Error('left'))
  await assert.rejects(first, /left/)
  assert.equal(await run({ echo: 'free' }), 'free')
})
