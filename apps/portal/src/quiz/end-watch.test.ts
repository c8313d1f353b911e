import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as settled } from 'node:timers/promises'
import { watchEnd } from './end-watch.ts'

const start = Date.parse('2026-01-01T10:00:00Z')
const at = (seconds: number) => new Date(start + seconds * 1000).toISOString()

/** An attempt on a device whose clock the test moves, and the server that answers when the test says so. */
function watched(endsAfter: number | null, { deviceAheadMs = 0, visible = true, heard = false } = {}) {
  const seen = { left: undefined as number | null | undefined, ends: 0, asked: 0, endedAt: 0 }
  let nowMs = start
  let reply: { take: (told: { expiresAt: string | null; now: string }) => void; fail: () => void } | null =
    null
  const watch = watchEnd({
    first: { expiresAt: endsAfter === null ? null : at(endsAfter), now: at(0), heard },
    ask: () => {
      seen.asked++
      return new Promise((take, refuse) => {
        reply = { take, fail: () => refuse(new Error('The line is down.')) }
      })
    },
    clock: () => nowMs + deviceAheadMs,
    isVisible: () => visible,
    onLeft: seconds => {
      seen.left = seconds
    },
    onEnd: endedMs => {
      seen.ends++
      seen.endedAt = endedMs
    },
  })
  return {
    seen,
    watch,
    pass(seconds: number) {
      nowMs = start + seconds * 1000
      watch.tick()
    },
    async answer(endsAfter: number | null) {
      reply?.take({
        expiresAt: endsAfter === null ? null : at(endsAfter),
        now: new Date(nowMs).toISOString(),
      })
      await settled()
    },
    async fail() {
      reply?.fail()
      await settled()
    },
  }
}

test('At zero the server is asked; an attempt that got more time goes on, and ends when that is over.', async () => {
  const { seen, pass, answer } = watched(60)
  await answer(60)
  pass(61)
  assert.deepEqual([seen.left, seen.ends, seen.asked], [0, 0, 2])
  await answer(660)
  assert.deepEqual([seen.left, seen.ends], [599, 0])
  pass(660)
  await answer(660)
  pass(661)
  assert.deepEqual([seen.ends, seen.asked], [1, 3])
})

test('An old page that shows no time left waits for the server before it ends anything.', async () => {
  const { seen, pass, answer } = watched(0)
  pass(1)
  assert.deepEqual([seen.left, seen.ends, seen.asked], [0, 0, 1])
  await answer(300)
  assert.deepEqual([seen.left, seen.ends], [299, 0])
})

test('Without a line, or with one that does not answer, an attempt ends by what is known.', async () => {
  const down = watched(60)
  await down.answer(60)
  down.pass(60)
  await down.fail()
  assert.equal(down.seen.ends, 1)
  const slow = watched(60)
  await slow.answer(60)
  for (const seconds of [60, 62, 64]) slow.pass(seconds)
  assert.equal(slow.seen.ends, 0)
  for (const seconds of [65, 66]) slow.pass(seconds)
  await slow.answer(600)
  assert.equal(slow.seen.ends, 1)
})

test('The clock of the device counts only where the server was never heard.', async () => {
  const never = watched(60, { deviceAheadMs: 20_000 })
  await never.fail()
  assert.equal(never.seen.left, 40)
  const heard = watched(600, { deviceAheadMs: 20_000 })
  await heard.answer(600)
  heard.pass(301)
  await heard.fail()
  assert.equal(heard.seen.left, 299)
})

test('What was told on this page is timed by the clock of the server without a line too, also when it ends.', async () => {
  const { seen, pass, fail } = watched(60, { deviceAheadMs: 40_000, heard: true })
  await fail()
  assert.equal(seen.left, 60)
  pass(60)
  await fail()
  assert.deepEqual([seen.ends, seen.endedAt], [1, start + 60_000])
})

test('A closing that is added or brought forward shows though nothing is saved, where the page is in sight.', async () => {
  const { seen, pass, answer } = watched(null)
  pass(299)
  assert.deepEqual([seen.left, seen.asked], [null, 0])
  pass(300)
  await answer(400)
  assert.deepEqual([seen.left, seen.asked], [100, 1])
  const hidden = watched(null, { visible: false })
  hidden.pass(3000)
  assert.equal(hidden.seen.asked, 0)
})

test('The end that comes with a saved answer shows at once, and nothing follows after the page has left.', async () => {
  const { seen, watch, pass, answer } = watched(60)
  await answer(60)
  watch.moveTo(at(90))
  assert.equal(seen.left, 90)
  watch.stop()
  pass(100)
  assert.deepEqual([seen.left, seen.ends, seen.asked], [90, 0, 1])
})
