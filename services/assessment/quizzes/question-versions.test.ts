import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { isEmptyHtml } from '@azora/kit/rich-text/empty.ts'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import { v7 as uuidv7 } from 'uuid'
import { allOrNothing } from '../questions/score.ts'
import { assessment } from '../service.ts'
import { insertSubmission } from '../submissions/submissions.store.ts'
import { changeQuestions, versionsAfter, type WrittenQuestion } from './change-questions.ts'
import { countAttempts, selectQuestionVersions } from './question-versions.store.ts'
import { plainSettings } from './quiz-fixture.ts'
import { insertQuestions, insertQuiz, lockQuiz, selectQuestions } from './quizzes.store.ts'

let kit: TestKit
before(async () => {
  kit = await createTestKit(assessment)
})
after(() => kit.dispose())

const school = uuidv7()

const written = (content: string, id = uuidv7()): WrittenQuestion => ({
  id,
  type: 'single_choice',
  content,
  points: 1,
  options: [
    { id: 'a', content: 'Yes', feedback: null },
    { id: 'b', content: 'No', feedback: null },
  ],
  correctAnswer: ['a'],
  body: null,
  scoring: allOrNothing,
  feedback: { general: null, correct: null, incorrect: null },
})

async function quizOf(questions: WrittenQuestion[]) {
  const id = uuidv7()
  const db = kit.db.in(school)
  await insertQuiz(db, {
    id,
    organizationId: school,
    courseId: uuidv7(),
    ...plainSettings,
    bank: false,
    createdBy: uuidv7(),
  })
  await insertQuestions(
    db,
    school,
    id,
    questions.map(question => ({ ...question, version: 1 })),
  )
  return id
}

/** An attempt as it begins: the quiz is locked, its questions are read and named. `read` runs in between. */
const begin = (quizId: string, read: () => Promise<void> = async () => {}) =>
  kit.db.in(school).transaction(async tx => {
    await lockQuiz(tx, quizId, 'share')
    const questions = await selectQuestions(tx, quizId)
    await read()
    const attempt = await insertSubmission(tx, {
      id: uuidv7(),
      organizationId: school,
      quizId,
      userId: uuidv7(),
      attemptNumber: 1,
      questions,
      boundByClosing: true,
    })
    assert.ok(attempt)
    return attempt
  })

const change = (quizId: string, questions: WrittenQuestion[], locked: () => Promise<void> = async () => {}) =>
  kit.db.in(school).transaction(async tx => {
    await lockQuiz(tx, quizId, 'update')
    const before = await selectQuestions(tx, quizId)
    await locked()
    return changeQuestions(tx, quizId, before, questions)
  })

const asked = async (attempt: { questionIds: string[]; questionVersions: number[] }) =>
  (await selectQuestionVersions(kit.db.in(school), attempt.questionIds, attempt.questionVersions)).map(
    question => question.content,
  )

/** A promise and what settles it. */
function gate() {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { open: promise, pass: resolve }
}

test('Every attempt keeps the versions it was taken on, over several changes and after a question is taken out.', async () => {
  const [first, second] = [written('Frist'), written('Second')]
  const quizId = await quizOf([first, second])
  const one = await begin(quizId)
  await change(quizId, [{ ...first, content: 'First' }, second])
  const two = await begin(quizId)
  await change(quizId, [{ ...first, content: 'The first' }])
  const three = await begin(quizId)
  assert.deepEqual(
    [await asked(one), await asked(two), await asked(three)],
    [['Frist', 'Second'], ['First', 'Second'], ['The first']],
  )
  assert.deepEqual(await countAttempts(kit.db.in(school), quizId), {
    attemptCount: 3,
    earlierAttemptCount: 2,
  })
})

test('A quiz saved unchanged, or in another order, leaves its attempts current.', async () => {
  const [first, second] = [written('First'), written('Second')]
  const quizId = await quizOf([first, second])
  const attempt = await begin(quizId)
  assert.equal(await change(quizId, [first, second]), false)
  assert.equal(await change(quizId, [second, first]), true)
  assert.deepEqual(await asked(attempt), ['First', 'Second'])
  assert.equal((await countAttempts(kit.db.in(school), quizId)).earlierAttemptCount, 0)
})

test('An attempt that begins while a question is changed has the new version, whole.', async () => {
  const first = written('Old')
  const quizId = await quizOf([first])
  const locked = gate()
  const go = gate()
  const changing = change(quizId, [{ ...first, content: 'New' }], async () => {
    locked.pass()
    await go.open
  })
  await locked.open
  const beginning = begin(quizId)
  go.pass()
  await changing
  assert.deepEqual(await asked(await beginning), ['New'])
  assert.equal((await countAttempts(kit.db.in(school), quizId)).earlierAttemptCount, 0)
})

test('A change that comes while an attempt begins keeps the version that the attempt was given.', async () => {
  const first = written('Old')
  const quizId = await quizOf([first])
  const read = gate()
  const go = gate()
  const beginning = begin(quizId, async () => {
    read.pass()
    await go.open
  })
  await read.open
  const changing = change(quizId, [{ ...first, content: 'New' }])
  go.pass()
  const attempt = await beginning
  await changing
  assert.deepEqual(await asked(attempt), ['Old'])
  assert.equal((await countAttempts(kit.db.in(school), quizId)).earlierAttemptCount, 1)
})

test('A question has a new version exactly when its own wording, points, options or answers change.', () => {
  const question = { ...written('Which?'), version: 3 }
  const versionOf = (part: object) => versionsAfter([question], [{ ...question, ...part }]).after[0]?.version
  assert.equal(versionOf({}), 3)
  for (const part of [
    { content: 'What?' },
    { points: 2 },
    { correctAnswer: ['b'] },
    { scoring: { ...allOrNothing, wrongCosts: 50 } },
  ])
    assert.equal(versionOf(part), 4, JSON.stringify(part))
})

test('HTML is empty when it shows nothing: a picture or a formula is an answer.', () => {
  for (const empty of ['', ' ', '<p></p>', '<p>&nbsp;<br></p>', '\u00a0'])
    assert.ok(isEmptyHtml(empty), empty)
  for (const full of ['0', '<p>.</p>', '<img src="/x.png" alt="">', '<math><mi>x</mi></math>'])
    assert.ok(!isEmptyHtml(full), full)
})
