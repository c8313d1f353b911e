import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emptyLog, mostKept, withEvent } from './event-log.ts'

const at = new Date('2026-03-01T09:00:00Z')
const message = (data: string) => ({ name: 'message', id: null, data })

test('of many events the latest are kept, and all are counted', () => {
  let log = emptyLog
  for (let number = 1; number <= mostKept * 3; number++) log = withEvent(log, message(String(number)), at)
  assert.equal(log.received, mostKept * 3)
  assert.equal(log.events.length, mostKept)
  assert.deepEqual([log.events[0]?.number, log.events[0]?.data], [mostKept * 3, String(mostKept * 3)])
  assert.equal(log.events.at(-1)?.number, mostKept * 2 + 1)
})

test('of a long event the beginning is kept', () => {
  const [event] = withEvent(emptyLog, message('x'.repeat(5_000_000)), at).events
  assert.equal(event?.isCut, true)
  assert.ok((event?.data.length ?? 0) <= 20_000)
  assert.equal(withEvent(emptyLog, message('{}'), at).events[0]?.isCut, false)
})
