import assert from 'node:assert/strict'
import { test } from 'node:test'
import { localText, timeOf } from './local-text.ts'

test('A time is shown by the clock of the device, and comes back the same.', () => {
  const eight = new Date(2030, 0, 1, 8, 5)
  assert.equal(localText(eight.toISOString()), '2030-01-01T08:05')
  assert.equal(timeOf('2030-01-01T08:05'), eight.toISOString())
  for (const time of ['2030-01-01T06:00:00.000Z', '2026-07-14T22:45:00.000Z'])
    assert.equal(timeOf(localText(time)), time)
})

test('A field that is empty or half filled in is no time.', () => {
  for (const text of ['', '2030-01-01T', 'tomorrow']) assert.equal(timeOf(text), null)
})
