import assert from 'node:assert/strict'
import { test } from 'node:test'
import { attemptsOf } from './jobs.ts'

test('What comes due every few minutes is tried once, since the next one is there soon; all else several times.', () => {
  assert.equal(attemptsOf({ cron: '* * * * *' }), 1)
  assert.equal(attemptsOf({ cron: '*/15 * * * *' }), 1)
  assert.equal(attemptsOf({ cron: '17 3 * * *' }), 8)
  assert.equal(attemptsOf({}), 8)
  assert.equal(attemptsOf({ cron: '* * * * *', maxAttempts: 3 }), 3)
})
