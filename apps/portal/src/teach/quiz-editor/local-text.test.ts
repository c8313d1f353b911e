import assert from 'node:assert/strict'
import { test } from 'node:test'
import { localText, timeOf } from './local-text.ts'

test('A time goes into the field and comes back the same, in whatever zone the device is.', () => {
  const before = process.env.TZ
  try {
    for (const zone of ['Africa/Johannesburg', 'America/New_York', 'Asia/Kathmandu', 'UTC']) {
      process.env.TZ = zone
      for (const time of ['2030-01-01T06:00:00.000Z', '2026-07-14T22:45:00.000Z'])
        assert.equal(timeOf(localText(time)), time, zone)
    }
    process.env.TZ = 'Africa/Johannesburg'
    assert.equal(localText('2030-01-01T06:00:00.000Z'), '2030-01-01T08:00')
  } finally {
    if (before === undefined) delete process.env.TZ
    else process.env.TZ = before
  }
})

test('A field that is empty or half filled in is no time.', () => {
  for (const text of ['', '2030-01-01T', 'tomorrow']) assert.equal(timeOf(text), null)
})
