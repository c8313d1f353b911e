import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import { v7 as uuidv7 } from 'uuid'
import { allOrNothing } from '../questions/score.ts'
import { plainSettings } from '../quizzes/quiz-fixture.ts'
import { insertQuestions, insertQuiz } from '../quizzes/quizzes.store.ts'
import type { ResultsShown } from '../quizzes/release.ts'
import { assessment } from '../service.ts'
import { gradeSubmission, insertSubmission } from '../submissions/submissions.store.ts'
import { selectAttemptsOf } from './privacy.store.ts'

let kit: TestKit
before(async () => {
  kit = await createTestKit(assessment)
})
after(() => kit.dispose())

const school = uuidv7()

/** What a learner's download tells of a graded attempt at a quiz with this setting. */
async function toldWith(resultsShown: ResultsShown) {
  const [quizId, questionId, userId, id] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()]
  const db = kit.db.in(school)
  await insertQuiz(db, {
    ...plainSettings,
    resultsShown,
    id: quizId,
    organizationId: school,
    courseId: uuidv7(),
    bank: false,
    createdBy: uuidv7(),
  })
  const question = {
    id: questionId,
    version: 1,
    type: 'single_choice' as const,
    content: 'Which?',
    points: 1,
    options: ['a', 'b'].map(option => ({ id: option, content: option, feedback: null })),
    correctAnswer: ['a'],
    body: null,
    scoring: allOrNothing,
    feedback: { general: null, correct: null, incorrect: null },
  }
  await insertQuestions(db, school, quizId, [question])
  const attempt = {
    id,
    organizationId: school,
    quizId,
    userId,
    attemptNumber: 1,
    questions: [question],
    boundByClosing: true,
  }
  await insertSubmission(db, attempt)
  const awarded = { [questionId]: 1 }
  const grading = {
    score: 1,
    maxScore: 1,
    scorePercent: 100,
    passed: true,
    awarded,
    marks: {},
    hints: {},
    comments: {},
    annotations: {},
    awaiting: [],
  }
  const graded = { answers: { [questionId]: ['a'] }, grading, submittedAt: new Date().toISOString() }
  await db.transaction(async tx => gradeSubmission(tx, id, graded))
  const [told] = await selectAttemptsOf(db, userId)
  assert.deepEqual(told?.answers, { [questionId]: ['a'] }, 'one’s own answers are always told')
  return { score: told?.score, passed: told?.passed, grading: told?.grading, awarded }
}

test('A download of one’s data tells as much of a result as the pages do.', async () => {
  const { awarded, ...all } = await toldWith('all')
  assert.deepEqual(all, { score: 1, passed: true, grading: { scorePercent: 100, awarded, marks: {} } })
  const { awarded: _, ...score } = await toldWith('score')
  assert.deepEqual(score, { score: 1, passed: true, grading: { scorePercent: 100 } })
  const { awarded: __, ...none } = await toldWith('none')
  assert.deepEqual(none, { score: null, passed: null, grading: null })
})
