import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLimiter } from './limits.ts'

const budget = { points: 3, windowSeconds: 60 }

test('A budget lasts for as many as it has, for each key by itself, and says when it is there again.', async () => {
  const limiter = createLimiter(null)
  const spent = []
  for (let time = 1; time <= 5; time++) spent.push(await limiter('one', budget))
  assert.deepEqual(
    spent.map(({ allowed }) => allowed),
    [true, true, true, false, false],
  )
  assert.deepEqual(
    spent.map(({ remaining }) => remaining),
    [2, 1, 0, 0, 0],
  )
  assert.ok(spent.every(({ resetSeconds, limit }) => resetSeconds > 0 && resetSeconds <= 60 && limit === 3))
  assert.equal((await limiter('another', budget)).allowed, true)
})

test('What is given back can be spent again.', async () => {
  const limiter = createLimiter(null)
  for (let time = 0; time < 3; time++) await limiter('one', budget)
  await limiter('one', budget, -1)
  assert.equal((await limiter('one', budget)).allowed, true)
  assert.equal((await limiter('one', budget)).allowed, false)
})
