import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { questionInput } from '@azora/contracts/assessment/question.ts'
import { createTestKit, overlapped, type TestKit } from '@azora/kit/testing.ts'
import { v7 as uuidv7 } from 'uuid'
import { createQuiz, saveQuiz } from '../quizzes/author-quiz.ts'
import { plainSettings } from '../quizzes/quiz-fixture.ts'
import type { QuizSettings } from '../quizzes/quizzes.store.ts'
import { assessment } from '../service.ts'
import { readAttempt, saveAnswers, submitAttempt } from './attempt.ts'
import { createAttemptFixture } from './attempt-fixture.ts'
import { nextQuestion } from './next-question.ts'
import { previewAttempt } from './preview-attempt.ts'
import { startAttempt } from './start-attempt.ts'
import { mergeAnswers, updateAnswers } from './submissions.store.ts'

/** One question at a time, without a way back. */

let kit: TestKit
let fixture: ReturnType<typeof createAttemptFixture>
before(async () => {
  kit = await createTestKit(assessment)
  fixture = createAttemptFixture(kit)
})
after(() => kit.dispose())

const texts = ['first-text', 'second-text', 'third-text']
const questions = texts.map(text =>
  questionInput.parse({
    type: 'single_choice',
    content: `<p>${text}</p>`,
    options: [
      { id: 'a', content: `${text}-right`, correct: true },
      { id: 'b', content: `${text}-wrong`, correct: false },
    ],
  }),
)

/** A learner in an open attempt at three questions, with their ids in order. */
async function begun(settings: Partial<QuizSettings> = {}) {
  const teacher = fixture.person({ author: true })
  const input = { ...plainSettings, layout: 'forward_only' as const, ...settings, questions }
  const quiz = await createQuiz(fixture.tools, teacher, { ...input, courseId: uuidv7() })
  const learner = fixture.person()
  const attempt = await startAttempt(fixture.tools, learner, quiz.id, undefined)
  const ids = quiz.questions.map(({ id }) => id)
  return {
    teacher,
    learner,
    quiz,
    attempt,
    ids,
    save: (at: number, option: string) =>
      saveAnswers(fixture.tools, learner, attempt.id, { [ids[at] as string]: [option] }),
    next: (position: number, answers?: Record<string, string[]>) =>
      nextQuestion(fixture.tools, learner, attempt.id, { position, answers }),
    read: () => readAttempt(fixture.tools, learner, attempt.id),
    submit: () => submitAttempt(fixture.tools, learner, attempt.id, {}),
  }
}

/** Which of the questions a reply tells anything of. */
const toldIn = (reply: unknown) => texts.filter(text => JSON.stringify(reply).includes(text))

test('No byte of a question goes to a learner who has not reached it, by whatever way the attempt is read.', async () => {
  const { quiz, learner, attempt, ids, next, read, save } = await begun()
  assert.deepEqual(toldIn(attempt), ['first-text'])
  assert.deepEqual([attempt.position, attempt.questionCount], [0, 3])
  assert.deepEqual(toldIn(await read()), ['first-text'])
  assert.deepEqual(toldIn(await save(0, 'a')), [])
  const second = await next(0)
  assert.deepEqual(toldIn(second), ['second-text'])
  assert.ok(!JSON.stringify(second).includes(ids[2] as string))
  assert.deepEqual(toldIn(await startAttempt(fixture.tools, learner, quiz.id, undefined)), ['second-text'])
  assert.deepEqual((await read()).position, 1, 'another device is where this one is')
})

test('An answer to a question that was left is refused; the one it was left with may come again, and counts.', async () => {
  const { save, next, read, submit, ids, learner, attempt } = await begun()
  await next(0, { [ids[0] as string]: ['a'] })
  await assert.rejects(save(0, 'b'), { code: 'question_left' })
  await save(0, 'a')
  await assert.rejects(next(1, { [ids[0] as string]: ['b'] }), { code: 'question_left' })
  const changed = { [ids[0] as string]: ['b'] }
  await assert.rejects(submitAttempt(fixture.tools, learner, attempt.id, changed), { code: 'question_left' })
  await save(2, 'a')
  assert.deepEqual(
    (await read()).answers,
    { [ids[0] as string]: ['a'] },
    'what was not asked is not answered',
  )
  assert.equal((await submit()).result?.score, 1)
})

test('Leaving a question twice leaves it once; there is no step past the last, nor to what was not reached.', async () => {
  const { next, ids } = await begun()
  await next(0, { [ids[0] as string]: ['a'] })
  const again = await next(0, { [ids[0] as string]: ['a'] })
  assert.equal(again.position, 1)
  await assert.rejects(next(2), { code: 'conflict' })
  await next(1)
  await assert.rejects(next(2), { code: 'conflict' })
  const free = await begun({ layout: 'one_by_one' })
  assert.deepEqual(toldIn(free.attempt), texts)
  await assert.rejects(free.next(0), { code: 'conflict' })
})

test('An answer and the leaving of its question meet: it counts, or is told that it came too late.', async () => {
  const early = await begun()
  const [first = ''] = early.ids
  const after = await overlapped(
    kit.db,
    fixture.organizationId,
    tx => mergeAnswers(tx, { id: early.attempt.id, reached: 0 }, { [first]: ['a'] }),
    () => early.next(0),
  )
  assert.deepEqual(after.answers, { [first]: ['a'] })
  const late = await begun()
  const refused = overlapped(
    kit.db,
    fixture.organizationId,
    tx => updateAnswers(tx, { id: late.attempt.id, reached: 1, answers: {}, confidence: {} }),
    () => late.save(0, 'a'),
  )
  await assert.rejects(refused, { code: 'question_left' })
  assert.deepEqual((await late.read()).answers, {})
  const same = await begun()
  const [left = ''] = same.ids
  await overlapped(
    kit.db,
    fixture.organizationId,
    tx => updateAnswers(tx, { id: same.attempt.id, reached: 1, answers: { [left]: ['a'] }, confidence: {} }),
    () => same.save(0, 'a'),
  )
  assert.deepEqual((await same.read()).answers, { [left]: ['a'] }, 'what it was left with is no other answer')
})

test('Two tabs that leave a question at once leave it once, with the answer of the first.', async () => {
  const { next, ids, read } = await begun()
  const [first = ''] = ids
  const both = await Promise.allSettled([next(0, { [first]: ['a'] }), next(0, { [first]: ['b'] })])
  assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  const { position, answers } = await read()
  assert.equal(position, 1)
  assert.deepEqual(answers, { [first]: [both[0].status === 'fulfilled' ? 'a' : 'b'] })
})

test('Who submits early sees questions that were never reached with the whole result alone.', async () => {
  const scored = await begun({ resultsShown: 'score' })
  assert.deepEqual(toldIn(await scored.submit()), ['first-text'])
  assert.deepEqual(toldIn(await scored.read()), ['first-text'])
  const whole = await begun()
  assert.deepEqual(toldIn(await whole.submit()), texts)
})

test('Who teaches the course sees all questions, of an open attempt too and in the preview.', async () => {
  const { teacher, attempt, quiz } = await begun()
  assert.deepEqual(toldIn(await readAttempt(fixture.tools, teacher, attempt.id)), texts)
  assert.deepEqual(toldIn(await previewAttempt(fixture.tools, teacher, quiz.id, {})), texts)
})

test('An open attempt keeps the layout it began with when the author chooses another.', async () => {
  const { teacher, quiz, ids, read, next } = await begun()
  const asked = questions.map((question, at) => ({ ...question, id: ids[at] }))
  const changed = { ...plainSettings, layout: 'all_at_once' as const, quizId: quiz.id, questions: asked }
  await saveQuiz(fixture.tools, teacher, changed)
  assert.deepEqual(toldIn(await read()), ['first-text'])
  assert.equal((await next(0)).position, 1)
})

test('No one else leaves a question of an attempt, and none is left once it is submitted.', async () => {
  const { attempt, teacher, submit, next } = await begun()
  const other = fixture.person()
  for (const person of [teacher, other])
    await assert.rejects(nextQuestion(fixture.tools, person, attempt.id, { position: 0 }), {
      code: 'not_found',
    })
  await submit()
  await assert.rejects(next(0), { code: 'attempt_closed' })
})
