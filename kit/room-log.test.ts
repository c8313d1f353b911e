import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keptMs, memoryRoomLog } from './room-log.ts'

const item = (count: number) => ({ room: 'school/own', keys: {}, event: 'thing.changed', payload: { count } })
const counts = (found: { payload: unknown }[] | null) =>
  found?.map(({ payload }) => (payload as { count: number }).count) ?? null

/** A log on a clock that the test moves. */
function startLog() {
  const clock = { now: 1_000_000_000 }
  return { clock, log: memoryRoomLog(() => clock.now) }
}

test('What was told after an id is known, in order, also within one millisecond.', async () => {
  const { log } = startLog()
  const first = await log.append('a', item(1))
  await log.append('a', item(2))
  await log.append('a', item(3))
  await log.append('b', item(4))
  assert.deepEqual(counts(await log.since('a', first)), [2, 3])
})

test('A clock that is set back does not bring ids out of order.', async () => {
  const { clock, log } = startLog()
  const first = await log.append('a', item(1))
  clock.now -= 60_000
  await log.append('a', item(2))
  assert.deepEqual(counts(await log.since('a', first)), [2])
})

test('A time before the process began, or longer ago than things are kept, is not known.', async () => {
  const { clock, log } = startLog()
  assert.equal(await log.since('a', `${clock.now - 1}-0`), null)
  const began = `${clock.now}-0`
  clock.now += 1000
  assert.deepEqual(await log.since('a', began), [])
  clock.now += keptMs
  assert.equal(await log.since('a', began), null)
})

test('Of a room in which much is told, what was dropped is missed, and not passed over.', async () => {
  const { clock, log } = startLog()
  const began = `${clock.now}-0`
  const ids: string[] = []
  for (let count = 0; count <= 101; count++) {
    clock.now += 1
    ids.push(await log.append('a', item(count)))
  }
  assert.equal(await log.since('a', began), null)
  assert.equal((await log.since('a', ids[1] ?? ''))?.length, 100)
})

test('Of too much in all, the rooms longest silent are forgotten, and what they held is missed.', async () => {
  const { clock, log } = startLog()
  const began = `${clock.now}-0`
  for (let room = 0; room < 20_001; room++) {
    clock.now += 1
    await log.append(`room ${room}`, item(room))
  }
  assert.equal(await log.since('room 0', began), null)
  assert.deepEqual(counts(await log.since('room 20000', `${clock.now - 1}-0`)), [20_000])
})
