import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PartMark } from './question-rules.ts'
import { allOrNothing, perPart, scoreOf } from './score.ts'

const part = (earned: number, worth = 1): PartMark => ({
  part: 'p',
  given: 'x',
  expected: 'y',
  worth,
  earned,
  reason: earned === worth ? 'right' : 'wrong',
})
const unanswered: PartMark = { ...part(0), given: null, reason: 'unanswered' }
const pointsOf = (parts: PartMark[], scheme: object, points = 6) =>
  scoreOf(parts, { ...perPart, ...scheme }, points).awarded

test('All or nothing gives all points for all parts right, and else none.', () => {
  assert.equal(pointsOf([part(1), part(1)], allOrNothing), 6)
  assert.equal(pointsOf([part(1), part(0)], allOrNothing), 0)
  assert.equal(pointsOf([], allOrNothing), 0)
})

test('Parts earn their share of the points, by what they are worth.', () => {
  assert.equal(pointsOf([part(1), part(0), part(1)], {}), 4)
  assert.equal(pointsOf([part(2, 2), part(0, 1)], {}), 4)
  assert.equal(pointsOf([part(0.5), part(1)], {}), 4.5)
  assert.equal(pointsOf([part(1), part(1), part(1)], {}, 1), 1)
})

test('A wrong part costs what the scheme says; one that was not answered costs nothing.', () => {
  assert.equal(pointsOf([part(1), part(0)], { wrongCosts: 50 }), 1.5)
  assert.equal(pointsOf([part(1), unanswered], { wrongCosts: 50 }), 3)
  assert.equal(pointsOf([part(0)], { wrongCosts: 100 }), 0)
  assert.equal(pointsOf([part(0)], { wrongCosts: 25, belowZero: true }), -1.5)
  assert.equal(pointsOf([part(0)], { partial: false, wrongCosts: 25, belowZero: true }), -1.5)
  assert.equal(pointsOf([unanswered], { wrongCosts: 100, belowZero: true }), 0)
})

test('The marks of the parts say what each earned.', () => {
  const { marks } = scoreOf([part(1), part(0)], { ...perPart, wrongCosts: 50 }, 6)
  assert.deepEqual(
    marks.map(({ awarded, points }) => [awarded, points]),
    [
      [3, 3],
      [-1.5, 3],
    ],
  )
})
