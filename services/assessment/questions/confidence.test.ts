import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type Confidence,
  confidenceShare,
  confidences,
} from '@azora/contracts/assessment/confidence-shares.ts'
import { confidenceIn, isRightOrWrong, judgement, withConfidence } from './confidence.ts'
import { allOrNothing, type Mark, perPart } from './score.ts'

const graded = (reason: Mark['reason'], awarded = 0) => ({
  exact: awarded,
  awarded,
  marks: [{ part: 'q', given: 'a', expected: 'a', awarded, points: 3, reason }],
})

test('Of three points a right answer earns 1, 2 or 3, and a wrong one costs 0, 2 or 6.', () => {
  const earned = (reason: Mark['reason']) =>
    confidences.map(confidence => withConfidence(graded(reason, 3), 3, confidence).exact)
  assert.deepEqual(earned('right'), [1, 2, 3])
  assert.deepEqual(earned('wrong'), [0, -2, -6])
})

test('The mark says what was earned, and an answer that was not given earns nothing however sure its learner was.', () => {
  const certain = withConfidence(graded('right', 1), 1, 2)
  assert.deepEqual([certain.exact, certain.awarded, certain.marks[0]?.awarded], [2 / 3, 0.6667, 0.6667])
  assert.deepEqual(withConfidence(graded('unanswered'), 3, 3), graded('unanswered'))
})

test('It pays to say how sure one is: no other level earns more on the average.', () => {
  const mean = (confidence: Confidence, chance: number) =>
    chance * confidenceShare(confidence, true) + (1 - chance) * confidenceShare(confidence, false)
  const best = (chance: number) => confidences.reduce((a, b) => (mean(b, chance) > mean(a, chance) ? b : a))
  assert.deepEqual([0.1, 0.6, 0.7, 0.79, 0.81, 1].map(best), [1, 1, 2, 2, 3, 3])
})

test('A learner who says nothing is not sure.', () => {
  assert.deepEqual([confidenceIn({}, 'q'), confidenceIn({ q: 3 }, 'q')], [1, 3])
})

test('A choice is right or wrong, unless its options earn one by one; what has a body is not.', () => {
  const choice = { body: null, type: 'single_choice', scoring: allOrNothing } as const
  assert.ok(isRightOrWrong(choice))
  assert.ok(isRightOrWrong({ ...choice, type: 'multiple_choice' }))
  assert.ok(!isRightOrWrong({ ...choice, type: 'multiple_choice', scoring: perPart }))
  assert.ok(!isRightOrWrong({ ...choice, type: 'short_text', body: {} as never }))
})

test('A judgement counts each level that was chosen, the surest first.', () => {
  const answered = [
    { level: 3, right: true },
    { level: 1, right: false },
    { level: 3, right: false },
  ] as const
  assert.deepEqual(judgement([...answered]), [
    { level: 3, count: 2, rightCount: 1 },
    { level: 1, count: 1, rightCount: 0 },
  ])
})
