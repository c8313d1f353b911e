import assert from 'node:assert/strict'
import { test } from 'node:test'
import { essay, markByRubric } from './essay.ts'

const level = (id: string, points: number, title = id) => ({ id, title, description: '', points })
const criterion = (id: string, ...levels: ReturnType<typeof level>[]) => ({
  id,
  title: id,
  description: '',
  levels,
})
const rubric = [
  criterion('argument', level('good', 4), level('some', 2), level('none', 0)),
  criterion('style', level('clear', 2), level('hard', 0)),
]
const body = {
  minWords: null,
  maxWords: null,
  rubric,
  rubricShown: true,
  guidance: null,
}

test('Levels earn their share of the points of the question, criterion by criterion.', () => {
  const found = markByRubric(body, 3, { argument: 'some', style: 'clear' })
  assert.equal(found?.awarded, 2)
  assert.deepEqual(
    found?.marks.map(({ part, given, awarded, points }) => [part, given, awarded, points]),
    [
      ['argument', 'some', 1, 2],
      ['style', 'clear', 1, 1],
    ],
  )
  assert.equal(markByRubric(body, 0.1, { argument: 'good', style: 'clear' })?.awarded, 0.1)
})

test('A rubric with a level missing, or one of another criterion, gives no mark.', () => {
  assert.equal(markByRubric(body, 3, { argument: 'good' }), null)
  assert.equal(markByRubric(body, 3, { argument: 'good', style: 'good' }), null)
})

test('A rubric that cannot be marked by is refused; rows that nobody filled in are dropped.', () => {
  const faultOf = (part: Partial<typeof body>) =>
    essay.fault(essay.prepared({ ...body, ...part }), '<p>Why?</p>', false)
  assert.equal(faultOf({}), null)
  assert.equal(faultOf({ rubric: [...rubric, criterion('', level('x', 1, ''))] }), null)
  assert.equal(faultOf({ rubric: [criterion('argument')] }), 'level_missing')
  assert.equal(faultOf({ rubric: [criterion('argument', level('x', 1, ''))] }), 'level_missing')
  assert.equal(faultOf({ rubric: [criterion('argument', level('x', 0))] }), 'no_rubric_points')
  assert.equal(faultOf({ rubric: [...rubric, criterion('style', level('x', 1))] }), 'duplicate_part')
  const bounds = { minWords: 20, maxWords: 10 } as never
  assert.equal(faultOf(bounds), 'word_bounds')
})
