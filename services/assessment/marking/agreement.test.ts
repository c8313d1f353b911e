import assert from 'node:assert/strict'
import { test } from 'node:test'
import { agreedPoints } from './agreement.ts'

const points = (tolerance: number) => ({ tolerance, toleranceUnit: 'points' as const })
const percent = (tolerance: number) => ({ tolerance, toleranceUnit: 'percent' as const })

test('Marks within the tolerance come to their mean, those at its edge too, and others to nothing.', () => {
  assert.equal(agreedPoints(6, 8, points(2), 10), 7)
  assert.equal(agreedPoints(8, 6, points(2), 10), 7)
  assert.equal(agreedPoints(6, 8.0001, points(2), 10), null)
  assert.equal(agreedPoints(5, 5, points(0), 10), 5)
  assert.equal(agreedPoints(5, 5.5, points(0), 10), null)
})

test('A tolerance in percent is one of the points of the question, and decimals in binary do no harm.', () => {
  assert.equal(agreedPoints(1, 1.5, percent(10), 5), 1.25)
  assert.equal(agreedPoints(1, 1.6, percent(10), 5), null)
  assert.equal(agreedPoints(0.1, 0.4, percent(30), 1), 0.25)
})

test('A mean is rounded to four decimals, and up where it is halfway.', () => {
  assert.equal(agreedPoints(0, 0.0001, points(1), 1), 0.0001)
  assert.equal(agreedPoints(0.3333, 0.3336, points(1), 1), 0.3335)
})
