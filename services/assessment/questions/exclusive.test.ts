import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withoutContradiction } from '@azora/contracts/assessment/exclusive-options.ts'
import { openQuestion, questionInput } from '@azora/contracts/assessment/question.ts'
import { withUsedOptions } from '../quizzes/used-options.ts'
import { firstVersion, questionOf } from '../quizzes/written-question.ts'
import { admissibleAnswers, gradeQuestion, openedQuestion } from './asked-question.ts'
import { allOrNothing, perPart, type Scoring } from './score.ts'

const id = '0190a000-0000-7000-8000-000000000001'
const written = (right: string[], scoring: Scoring = allOrNothing, type = 'multiple_choice') =>
  questionInput.parse({
    id,
    type,
    content: '<p>Which of these are rivers?</p>',
    points: 2,
    scoring,
    options: ['a', 'b', 'none'].map(option => ({
      id: option,
      content: option,
      correct: right.includes(option),
      ...(option === 'none' ? { exclusive: true, last: true } : {}),
    })),
  })
const stored = (...given: Parameters<typeof written>) => firstVersion(questionOf(written(...given)))
const kept = (given: string[]) => admissibleAnswers([stored(['a', 'b'])], { [id]: given })[id]

test('What was chosen last holds: an exclusive option clears the others, and another clears it.', () => {
  assert.deepEqual(kept(['a', 'b', 'none']), ['none'])
  assert.deepEqual(kept(['none', 'b']), ['b'])
  assert.deepEqual(kept(['a', 'none', 'b']), ['a', 'b'])
  assert.deepEqual(kept(['b', 'a']), ['b', 'a'])
  assert.deepEqual(kept([]), [])
  assert.deepEqual(withoutContradiction([{ id: 'a' }, { id: 'b' }], ['a', 'b']), ['a', 'b'])
})

test('An exclusive option earns by itself, and costs where others are right.', () => {
  const earned = (right: string[], scoring: Scoring, given: string[]) =>
    gradeQuestion(stored(right, scoring), { [id]: given }).awarded
  assert.equal(earned(['none'], allOrNothing, ['none']), 2)
  assert.equal(earned(['none'], perPart, ['a']), 0)
  assert.equal(earned(['a', 'b'], perPart, ['a']), 1)
  assert.equal(earned(['a', 'b'], perPart, ['none']), 0)
  assert.equal(earned(['a', 'b'], { ...perPart, belowZero: true }, ['none']), -1)
})

test('An exclusive option cannot be right beside another, and is of a multiple choice alone.', () => {
  const used = (right: string[]) => withUsedOptions({ questions: [written(right)] }, 'quiz')
  assert.throws(() => used(['a', 'none']), { code: 'invalid_input' })
  assert.equal(used(['none']).questions.length, 1)
  assert.ok(!JSON.stringify(stored(['a'], allOrNothing, 'single_choice')).includes('exclusive'))
})

test('A learner is told which option is chosen alone, and not which is right.', () => {
  const question = stored(['none'])
  const shown = openQuestion.parse(openedQuestion(question, question.options, parts => parts))
  assert.deepEqual(shown.options, [
    { id: 'a', content: 'a' },
    { id: 'b', content: 'b' },
    { id: 'none', content: 'none', exclusive: true },
  ])
})
