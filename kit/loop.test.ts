import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Logger } from './log.ts'
import { startLoop } from './loop.ts'

const minute = 60_000

type Found = 'more' | 'idle'

function recorder(): { log: Logger; errors: string[] } {
  const errors: string[] = []
  const log = { debug() {}, info() {}, warn() {}, error: (message: string) => void errors.push(message) }
  return { log, errors }
}
const { log } = recorder()

/** A promise for the nth call of a step. */
function counted(answer: (count: number) => Found | Promise<Found>) {
  let count = 0
  const waiting: { at: number; resolve: () => void }[] = []
  return {
    count: () => count,
    reached: (at: number) =>
      new Promise<void>((resolve, reject) => {
        if (count >= at) return resolve()
        const timer = setTimeout(() => reject(new Error(`Step ${at} did not come in time.`)), 5000)
        waiting.push({
          at,
          resolve() {
            clearTimeout(timer)
            resolve()
          },
        })
      }),
    async step() {
      count += 1
      for (const one of waiting) if (one.at <= count) one.resolve()
      return answer(count)
    },
  }
}

test('A loop goes on at once while there is more, and then waits until it is woken.', async () => {
  const work = counted(count => (count < 5 ? 'more' : 'idle'))
  const loop = startLoop({ name: 'Loop', log, idleMs: minute, step: work.step })
  await work.reached(5)
  await new Promise(resolve => setImmediate(resolve))
  assert.equal(work.count(), 5)
  loop.wake()
  await work.reached(6)
  await loop.stop()
  assert.equal(work.count(), 6)
})

test('A wake that comes in the middle of a step is not lost.', async () => {
  let release = () => {}
  const held = new Promise<void>(resolve => {
    release = resolve
  })
  const work = counted(async (count): Promise<Found> => {
    if (count === 1) await held
    return 'idle'
  })
  const loop = startLoop({ name: 'Loop', log, idleMs: minute, step: work.step })
  await work.reached(1)
  loop.wake()
  release()
  await work.reached(2)
  await loop.stop()
})

test('Unwoken it looks by itself after its pause.', async () => {
  const work = counted(() => 'idle')
  const loop = startLoop({ name: 'Loop', log, idleMs: 5, step: work.step })
  await work.reached(3)
  await loop.stop()
})

test('A step that fails is told of and tried again, at once when woken.', async () => {
  const { log: recording, errors } = recorder()
  const work = counted(count => {
    if (count === 1) throw new Error('away')
    return 'idle'
  })
  const loop = startLoop({ name: 'Relay of auth', log: recording, idleMs: minute, step: work.step })
  await work.reached(2)
  await loop.stop()
  assert.deepEqual(errors, ['Relay of auth failed; it will try again'])
})

test('Stopping waits for the step that runs, and none begins after it.', async () => {
  let finish = () => {}
  let finished = false
  const held = new Promise<void>(resolve => {
    finish = resolve
  })
  const work = counted(async (): Promise<Found> => {
    await held
    finished = true
    return 'more'
  })
  const loop = startLoop({ name: 'Loop', log, idleMs: minute, step: work.step })
  await work.reached(1)
  const stopped = loop.stop().then(() => assert.equal(finished, true))
  finish()
  await stopped
  loop.wake()
  await new Promise(resolve => setImmediate(resolve))
  assert.equal(work.count(), 1)
})

test('It wakes when something comes due, once for what comes due in the same second.', async () => {
  const work = counted(() => 'idle')
  const loop = startLoop({ name: 'Loop', log, idleMs: minute, step: work.step })
  await work.reached(1)
  for (let n = 0; n < 50; n++) loop.wakeIn(5)
  await work.reached(2)
  assert.equal(work.count(), 2)
  loop.wakeIn(5)
  await loop.stop()
  assert.equal(work.count(), 2)
})
