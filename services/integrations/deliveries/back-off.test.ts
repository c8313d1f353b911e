import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mostAttempts, pauseAfter } from './back-off.ts'

const calm = () => 0
const minutes = (attempt: number) => (pauseAfter(attempt, null, calm) as number) / 60

test('Pauses grow from seconds to a day, and then it is over.', () => {
  assert.equal(mostAttempts, 10)
  const pauses = Array.from({ length: 9 }, (_, at) => minutes(at + 1))
  assert.deepEqual(pauses, [5 / 60, 5, 30, 120, 300, 600, 840, 1200, 1440])
  assert.equal(pauseAfter(10, null), null)
  assert.equal(pauseAfter(10, 60), null)
})

test('Chance adds up to a fifth and takes nothing away.', () => {
  assert.equal(pauseAfter(2, null, () => 0.999_999)?.toFixed(0), '360')
  for (let tries = 0; tries < 100; tries++) assert.ok((pauseAfter(2, null) as number) >= 300)
})

test('An endpoint may ask for a longer pause than ours, up to a day, and not for a shorter one.', () => {
  assert.equal(pauseAfter(1, 120, calm), 120)
  assert.equal(pauseAfter(3, 1, calm), 1800)
  assert.equal(pauseAfter(1, 10_000_000, calm), 86_400)
})
