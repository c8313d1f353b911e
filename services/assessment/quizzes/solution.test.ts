import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gradedQuestion, openQuestion, questionInput } from '@azora/contracts/assessment/question.ts'
import type { Question } from '../questions/question.ts'
import { view } from '../submissions/attempt-view.ts'
import type { Submission } from '../submissions/submissions.store.ts'
import { firstVersion, questionOf } from './written-question.ts'

const input = (feedback: object) =>
  questionInput.parse({
    id: '0190a000-0000-7000-8000-000000000001',
    type: 'short_text',
    content: '<p>2x = 6. What is x?</p>',
    feedback,
    body: { answers: [{ text: '3' }] },
  })
const stored = firstVersion(questionOf(input({ solution: '<p>Divide by two.</p>' }))) as Question

test('A worked solution stays where a save does not name it, and goes where it is null.', () => {
  const after = (feedback: object) => questionOf(input(feedback), stored).feedback.solution
  assert.equal(after({}), '<p>Divide by two.</p>')
  assert.equal(after({ solution: '<p>Count.</p>' }), '<p>Count.</p>')
  assert.equal(after({ solution: null }), undefined)
})

test('A worked solution is shown with the right answers alone.', () => {
  const quiz = { id: stored.id, courseId: stored.id, kind: 'quiz', title: 'T', passingScore: 60 }
  const attempt = {
    id: stored.id,
    state: 'graded',
    answers: {},
    flags: {},
    breaks: [],
    sections: [],
    questionIds: [stored.id],
    shuffleAnswers: false,
    grading: { scorePercent: 0, awarded: {}, marks: {} },
  } as unknown as Submission
  const shownAs = (resultsShown: 'all' | 'score' | 'none', state: Submission['state'] = 'graded') =>
    JSON.stringify(
      view(
        { ...quiz, resultsShown, answersReleased: true } as Parameters<typeof view>[0],
        { ...attempt, state, grading: state === 'graded' ? attempt.grading : null },
        [stored],
      ),
    )
  assert.ok(shownAs('all').includes('Divide by two'))
  for (const told of [shownAs('score'), shownAs('none'), shownAs('all', 'in_progress')])
    assert.ok(!told.includes('Divide by two'))
  assert.ok(!JSON.stringify(openQuestion.options).includes('solution'))
  assert.ok(gradedQuestion.options.every(option => 'solution' in option.shape))
})
