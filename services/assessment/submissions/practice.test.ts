import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { questionInput } from '@azora/contracts/assessment/question.ts'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import { v7 as uuidv7 } from 'uuid'
import { selectBookQuizzes } from '../gradebook/gradebook.store.ts'
import { createQuiz, saveQuiz } from '../quizzes/author-quiz.ts'
import { plainSettings } from '../quizzes/quiz-fixture.ts'
import type { QuizSettings } from '../quizzes/quizzes.store.ts'
import { assessment } from '../service.ts'
import { readAttempt, submitAttempt } from './attempt.ts'
import { createAttemptFixture } from './attempt-fixture.ts'
import { checkAnswer } from './check-answer.ts'
import { startAttempt } from './start-attempt.ts'

/** A quiz for practice: answers are checked at once, and nothing of it counts. */

let kit: TestKit
let fixture: ReturnType<typeof createAttemptFixture>
before(async () => {
  kit = await createTestKit(assessment)
  fixture = createAttemptFixture(kit)
})
after(() => kit.dispose())

const choice = questionInput.parse({
  type: 'single_choice',
  content: '<p>Which river is longer?</p>',
  options: [
    { id: 'a', content: 'The Nile', correct: true, feedback: 'nile-praise' },
    { id: 'b', content: 'The Thames', correct: false, feedback: 'thames-hint' },
  ],
})
const essay = questionInput.parse({ type: 'essay', content: '<p>Why?</p>', body: {} })

async function begun(settings: Partial<QuizSettings>) {
  const teacher = fixture.person({ author: true })
  const learner = fixture.person()
  const courseId = uuidv7()
  const input = { ...plainSettings, ...settings, courseId, questions: [choice, choice] }
  const quiz = await createQuiz(fixture.tools, teacher, input)
  const attempt = await startAttempt(fixture.tools, learner, quiz.id, undefined)
  const [first = '', second = ''] = quiz.questions.map(({ id }) => id)
  const check = (questionId: string, option: string, by = learner) =>
    checkAnswer(fixture.tools, by, attempt.id, { questionId, answers: { [questionId]: [option] } })
  return { teacher, learner, courseId, quiz, attempt, first, second, check }
}

/** The names of the events that tell of an attempt. */
async function toldOf(submissionId: string): Promise<string[]> {
  const events = await kit.db.infrastructure.rows<{ name: string }>(
    sql`select name from outbox where payload ->> 'submissionId' = ${submissionId}`,
  )
  return events.map(({ name }) => name)
}

test('An answer is checked at once, as often as one likes, and nothing of that is stored.', async () => {
  const { check, first, attempt, learner } = await begun({ practice: true })
  const wrong = await check(first, 'b')
  assert.deepEqual([wrong.awarded, wrong.correct, wrong.feedback], [0, ['a'], ['thames-hint']])
  const right = await check(first, 'a')
  assert.deepEqual([right.awarded, right.chosen, right.feedback], [1, ['a'], ['nile-praise']])
  assert.deepEqual((await readAttempt(fixture.tools, learner, attempt.id)).answers, {})
})

test('A quiz that counts checks nothing, for its learner and for who teaches it.', async () => {
  const { check, first, teacher } = await begun({})
  await assert.rejects(check(first, 'a'), { code: 'not_practice' })
  await assert.rejects(check(first, 'a', teacher), { code: 'not_found' })
})

test('Only the learner of an open attempt checks, and only a question that is asked now.', async () => {
  const { check, first, second, attempt, learner } = await begun({ practice: true, layout: 'forward_only' })
  await assert.rejects(check(first, 'a', fixture.person()), { code: 'not_found' })
  await assert.rejects(check(second, 'a'), { code: 'not_found' })
  await submitAttempt(fixture.tools, learner, attempt.id, {})
  await assert.rejects(check(first, 'a'), { code: 'attempt_closed' })
})

test('It is submitted like a survey: its lesson is complete, and no score is told to anyone.', async () => {
  const { attempt, learner, first, courseId } = await begun({ practice: true })
  const over = await submitAttempt(fixture.tools, learner, attempt.id, { [first]: ['a'] })
  assert.deepEqual([over.practice, over.result?.score], [true, 1])
  assert.deepEqual(await toldOf(attempt.id), ['survey.completed'])
  assert.deepEqual(await selectBookQuizzes(fixture.school, courseId), [])
  const counted = await begun({})
  await submitAttempt(fixture.tools, counted.learner, counted.attempt.id, {})
  assert.deepEqual(await toldOf(counted.attempt.id), ['assessment.completed'])
  assert.equal((await selectBookQuizzes(fixture.school, counted.courseId)).length, 1)
})

test('It never runs out of attempts, and shows its whole result.', async () => {
  const { quiz } = await begun({
    practice: true,
    maxAttempts: 1,
    resultsShown: 'none',
    latePercentPerDay: 10,
  })
  assert.deepEqual([quiz.maxAttempts, quiz.resultsShown, quiz.latePercentPerDay], [null, 'all', 0])
})

test('Once attempted, a quiz stays for practice, or counted; one that a person marks, and a survey, never is.', async () => {
  for (const practice of [true, false]) {
    const { teacher, quiz } = await begun({ practice })
    const changed = { ...plainSettings, quizId: quiz.id, practice: !practice, questions: [choice] }
    await assert.rejects(saveQuiz(fixture.tools, teacher, changed), { code: 'invalid_input' })
  }
  const teacher = fixture.person({ author: true })
  const practice = { ...plainSettings, courseId: uuidv7(), practice: true }
  const make = (other: Partial<Parameters<typeof createQuiz>[2]>) =>
    createQuiz(fixture.tools, teacher, { ...practice, questions: [choice], ...other })
  await assert.rejects(make({ questions: [essay] }), { code: 'invalid_input' })
  await assert.rejects(make({ kind: 'survey' }), { code: 'invalid_input' })
  const { id } = await make({})
  const withEssay = { ...practice, quizId: id, questions: [choice, essay] }
  await assert.rejects(saveQuiz(fixture.tools, teacher, withEssay), { code: 'invalid_input' })
})
