import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sampleOf } from './sample.ts'

const attempts = (percents: number[]) => percents.map((percent, at) => ({ id: `a${at}`, percent }))
const draw = (percents: number[], samplePercent: number, seed = 'seed') =>
  sampleOf(attempts(percents), { samplePercent, passingScore: 60, seed })

test('The highest, the lowest and those just at the pass mark are always in the sample.', () => {
  for (const seed of ['one', 'two', 'three', 'four']) {
    const drawn = draw([70, 10, 59, 60, 61, 62, 95, 80, 75, 71, 72], 1, seed)
    assert.deepEqual(drawn.toSorted(), ['a1', 'a2', 'a3', 'a4', 'a6'])
  }
})

test('The rest of the share is drawn by the seed, and the same seed draws the same.', () => {
  const percents = Array.from({ length: 100 }, (_, at) => (at < 50 ? at : at + 20))
  const drawn = draw(percents, 25)
  assert.equal(drawn.length, 25)
  assert.deepEqual(draw(percents.toReversed(), 25).length, 25)
  assert.deepEqual(draw(percents, 25), drawn)
  assert.notDeepEqual(draw(percents, 25, 'other'), drawn)
  assert.equal(draw(percents, 100).length, 100)
})

test('A share is rounded up, and of nothing there is no sample.', () => {
  assert.equal(draw([10, 20, 30, 40, 50], 50).length, 3)
  assert.deepEqual(draw([], 50), [])
  assert.deepEqual(draw([80], 1), ['a0'])
})
