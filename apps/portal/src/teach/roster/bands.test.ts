import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bandsOf } from './bands.ts'

test('every learner stands in exactly one band and those who have finished in the last', () => {
  const counts = (percents: number[]) => bandsOf(percents).map(band => band.count)
  assert.deepEqual(counts([0, 19, 20, 39, 99, 100, 100]), [2, 2, 0, 0, 1, 2])
  assert.deepEqual(counts([]), [0, 0, 0, 0, 0, 0])
})
