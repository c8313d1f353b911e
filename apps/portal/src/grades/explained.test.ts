import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ExplainedItem, type Explanation, withImagined } from './explained.ts'

const item = (id: string, more: Partial<ExplainedItem>): ExplainedItem => ({
  id,
  quizId: null,
  title: id,
  categoryId: 'all',
  points: 30,
  extraCredit: false,
  countedAttempt: 'best',
  due: true,
  score: null,
  enteredScore: null,
  attempts: [],
  excused: false,
  comment: null,
  outcome: 'none',
  adds: 0,
  ...more,
})

const grades = (items: ExplainedItem[], dropLowest = 0): Explanation => ({
  courseId: 'course',
  courseTitle: 'Rivers',
  calculation: 'weights',
  missing: 'skip',
  decimals: 1,
  courseGradeShown: true,
  scale: [{ letter: 'A', from: 80 }],
  percent: 50,
  letter: null,
  calculatedPercent: 50,
  overridden: false,
  categories: [
    {
      id: 'all',
      name: 'All',
      weight: 100,
      dropLowest,
      dropHighest: 0,
      extraCredit: false,
      percent: 50,
      share: 100,
      items,
    },
  ],
})

test('without imagined scores the grade is that of the server, attempts counted exactly', () => {
  // A third of the points, three times: told rounded, it would not be a third.
  const thirds = ['x', 'y', 'z'].map(id => item(id, { score: 10, attempts: [{ score: 1, maxScore: 3 }] }))
  assert.equal(withImagined(grades(thirds), new Map()).percent, 33.3)
})

test('an imagined score counts in place of what there is, also of what was excused', () => {
  const items = [item('x', { enteredScore: 15, score: 15 }), item('y', { excused: true })]
  const imagined = withImagined(grades(items), new Map([['y', 30]]))
  assert.deepEqual([imagined.percent, imagined.letter], [75, null])
  assert.equal(withImagined(grades(items), new Map([['x', 30]])).letter, 'A')
  assert.equal(imagined.categories[0]?.items[1]?.score, 30)
})

test('what is dropped changes with what is imagined', () => {
  const items = [item('x', { enteredScore: 15, score: 15 }), item('y', { enteredScore: 20, score: 20 })]
  const outcomes = (imagined: [string, number][]) =>
    withImagined(grades(items, 1), new Map(imagined)).categories[0]?.items.map(({ outcome }) => outcome)
  assert.deepEqual(outcomes([]), ['dropped_lowest', 'counted'])
  assert.deepEqual(outcomes([['x', 30]]), ['counted', 'dropped_lowest'])
})
