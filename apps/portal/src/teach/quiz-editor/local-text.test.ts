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

test('A time keeps its hour on the clock where summer time begins and ends.', () => {
  const zone = process.env.TZ
  process.env.TZ = 'America/New_York'
  try {
    for (const [text, time] of [
      ['2026-03-08T01:30', '2026-03-08T06:30:00.000Z'],
      ['2026-03-08T03:30', '2026-03-08T07:30:00.000Z'],
      ['2026-10-31T23:30', '2026-11-01T03:30:00.000Z'],
      ['2026-11-01T12:00', '2026-11-01T17:00:00.000Z'],
    ] as const) {
      assert.equal(timeOf(text), time)
      assert.equal(localText(time), text)
    }
  } finally {
    if (zone === undefined) delete process.env.TZ
    else process.env.TZ = zone
  }
})

test('A field that is empty or half filled in is no time.', () => {
  for (const text of ['', '2030-01-01T', 'tomorrow']) assert.equal(timeOf(text), null)
})
