import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { questionInput } from '@azora/contracts/assessment/question.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { createTestKit, overlapped, type TestKit } from '@azora/kit/testing.ts'
import { v7 as uuidv7 } from 'uuid'
import { createEssayFixture } from '../marking/essay-fixture.ts'
import { getAnswerToMark, listAnswersToMark } from '../marking/mark-answers.ts'
import { saveMark } from '../marking/save-mark.ts'
import { selectAttemptsOf } from '../privacy/privacy.store.ts'
import { createQuiz, duplicateQuiz, editQuiz, saveQuiz } from '../quizzes/author-quiz.ts'
import { plainSettings } from '../quizzes/quiz-fixture.ts'
import type { QuizSettings } from '../quizzes/quizzes.store.ts'
import { overrideMark, takeBackOverride } from '../regrading/override.ts'
import { previewRegrade, startRegrade } from '../regrading/regrade.ts'
import { runRegrade } from '../regrading/run-regrade.ts'
import { quizResults } from '../results/quiz-results.ts'
import { getReview } from '../results/review.ts'
import { assessment } from '../service.ts'
import { createAskedQuestions } from './asked-questions.ts'
import { readAttempt, saveAnswers, submitAttempt } from './attempt.ts'
import { checkAnswer } from './check-answer.ts'
import { sweepExpired } from './finish-attempt.ts'
import { nextQuestion } from './next-question.ts'
import { previewAttempt } from './preview-attempt.ts'
import { startAttempt } from './start-attempt.ts'
import { lockOptionalAttempt } from './submissions.store.ts'
import { takeHint } from './take-hint.ts'

/** Hints that cost points. Each question is worth 2, `a` is right, and its hints cost 10, 20 and 90 percent. */

let kit: TestKit
let fixture: ReturnType<typeof createEssayFixture>
before(async () => {
  kit = await createTestKit(assessment)
  fixture = createEssayFixture(kit)
})
after(() => kit.dispose())

const hints = [
  { content: '<p>vague-hint</p>', costPercent: 10 },
  { content: '<p>near-hint</p>', costPercent: 20 },
  { content: '<p>telling-hint</p>', costPercent: 90 },
]
const choice = (part: object = {}) =>
  questionInput.parse({
    type: 'single_choice',
    content: '<p>Which river is longer?</p>',
    points: 2,
    hints,
    options: [
      { id: 'a', content: 'The Nile', correct: true },
      { id: 'b', content: 'The Thames', correct: false },
    ],
    ...part,
  })
const essay = questionInput.parse({ type: 'essay', content: '<p>Why?</p>', points: 2, hints, body: {} })

async function begun(settings: Partial<QuizSettings> = {}, questions = [choice(), choice({ hints: [] })]) {
  const { tools } = fixture
  const teacher = fixture.person({ author: true })
  const learner = fixture.person()
  const quiz = await createQuiz(tools, teacher, {
    ...plainSettings,
    ...settings,
    courseId: uuidv7(),
    questions,
  })
  const { id } = await startAttempt(tools, learner, quiz.id, undefined)
  const [first = '', second = ''] = quiz.questions.map(question => question.id)
  const take = (number: number, questionId = first, by = learner) =>
    takeHint(tools, by, id, { questionId, number })
  const submit = (option = 'a') => submitAttempt(tools, learner, id, { [first]: [option] })
  // Another process may have read the questions before.
  const read = () => readAttempt({ ...tools, questionsOf: createAskedQuestions() }, learner, id)
  return { tools, teacher, learner, quiz, id, first, second, take, submit, read }
}

const costs = (percentOff: number, pointsOff: number, taken: number) => ({
  taken,
  count: 3,
  percentOff,
  pointsOff,
})

test('Hints come one after another, stay shown, and none that was not taken is told.', async () => {
  const { take, read } = await begun()
  const before = await read()
  assert.deepEqual(before.questions[0]?.hints, { count: 3, taken: [], nextCostPercent: 10 })
  assert.equal(before.questions[1]?.hints, undefined)
  assert.ok(!JSON.stringify(before).includes('-hint<'))
  const told = await take(1)
  assert.deepEqual(told, { count: 3, taken: [hints[0]], nextCostPercent: 20 })
  assert.deepEqual((await read()).questions[0]?.hints, told)
  assert.ok(!JSON.stringify(await read()).includes('near-hint'))
})

test('A hint that is named again costs nothing more; only the next one is new.', async () => {
  const { take, submit } = await begun()
  await assert.rejects(take(2), { code: 'hint_not_next' })
  const once = await take(1)
  assert.deepEqual(await take(1), once)
  await take(2)
  assert.equal((await take(1)).taken.length, 2)
  await assert.rejects(take(4), { code: 'not_found' })
  const { result } = await submit()
  assert.deepEqual([result?.score, result?.questions[0]?.awarded], [1.4, 1.4])
  assert.deepEqual(result?.questions[0]?.hintCost, costs(30, 0.6, 2))
  assert.equal(result?.questions[1]?.hintCost, null)
})

test('Two tabs that take hints at once, in either order, are charged for each once.', async () => {
  for (const order of [
    [1, 1],
    [1, 2],
    [2, 1],
  ]) {
    const { id, take, read } = await begun()
    const both = await overlapped(
      kit.db,
      fixture.organizationId,
      tx => lockOptionalAttempt(tx, id),
      () => Promise.allSettled(order.map(number => take(number))),
    )
    const taken = (await read()).questions[0]?.hints?.taken ?? []
    const refused = both.filter(({ status }) => status === 'rejected').length
    assert.equal(taken.length + refused, order[0] === order[1] ? 1 : 2)
    assert.deepEqual(taken, hints.slice(0, taken.length))
  }
})

/** The tools, in a transaction that is held open. */
const within = (tx: Transaction) => {
  const db = { in: () => ({ transaction: (work: (tx: Transaction) => unknown) => work(tx) }) }
  return { ...fixture.tools, db: db as never }
}

test('A hint and the end of the attempt at once: what was shown is charged, in either order.', async () => {
  const first = await begun()
  await overlapped(
    kit.db,
    fixture.organizationId,
    tx => takeHint(within(tx), first.learner, first.id, { questionId: first.first, number: 1 }),
    () => first.submit(),
  )
  assert.equal((await first.read()).result?.score, 1.8)
  const second = await begun()
  const late = await overlapped(
    kit.db,
    fixture.organizationId,
    tx => submitAttempt(within(tx), second.learner, second.id, { [second.first]: ['a'] }),
    () =>
      second.take(1).then(
        () => 'shown',
        ({ code }) => code,
      ),
  )
  assert.equal(late, 'attempt_closed')
  assert.equal((await second.read()).result?.score, 2)
})

test('Hints are for the learner of an open attempt alone, and for a question that is asked now.', async () => {
  const { take, first, teacher, tools, learner, id } = await begun({ layout: 'forward_only' }, [
    choice(),
    choice(),
  ])
  const second = (await editQuiz(tools, teacher, (await readAttempt(tools, learner, id)).quizId)).questions[1]
  await assert.rejects(take(1, first, fixture.person()), { code: 'not_found' })
  await assert.rejects(take(1, first, teacher), { code: 'not_found' })
  await assert.rejects(take(1, second?.id), { code: 'not_found' })
  await nextQuestion(tools, learner, id, { position: 0 })
  await assert.rejects(take(1), { code: 'question_left' })
  await take(1, second?.id)
  await submitAttempt(tools, learner, id, {})
  await assert.rejects(take(2, second?.id), { code: 'attempt_closed' })
})

test('What is over by the clock takes no hint, and the sweep counts those that were taken.', async () => {
  const { take, id, read, tools, learner, first } = await begun({ timeLimitMinutes: 10 })
  await take(1)
  await saveAnswers(tools, learner, id, { [first]: ['a'] })
  await fixture.endedAgo(id, 3000)
  await assert.rejects(take(2), { code: 'attempt_closed' })
  await sweepExpired(tools)
  const { result } = await read()
  assert.deepEqual([result?.score, result?.questions[0]?.hintCost], [1.8, costs(10, 0.2, 1)])
})

test('A wrong answer has nothing to lose, and one that costs points costs no more.', async () => {
  const scoring = { partial: false, wrongCosts: 50, belowZero: true }
  const { take, submit } = await begun({}, [choice({ scoring })])
  await take(1)
  const { result } = await submit('b')
  assert.deepEqual([result?.questions[0]?.awarded, result?.questions[0]?.hintCost], [-1, costs(10, 0, 1)])
})

test('In practice hints are free.', async () => {
  const { take, submit, tools, learner, id, first } = await begun({ practice: true })
  assert.equal((await take(1)).nextCostPercent, 0)
  const checked = await checkAnswer(tools, learner, id, { questionId: first, answers: { [first]: ['a'] } })
  assert.deepEqual([checked.awarded, checked.hints?.taken.length], [2, 1])
  const { result } = await submit()
  assert.deepEqual([result?.score, result?.questions[0]?.hintCost], [2, costs(0, 0, 1)])
})

test('The author tries hints in the preview, which keeps nothing.', async () => {
  const { tools, teacher, quiz, first } = await begun()
  const tried = await previewAttempt(tools, teacher, quiz.id, {
    answers: { [first]: ['a'] },
    hints: { [first]: 2 },
  })
  assert.deepEqual([tried.result?.score, tried.questions[0]?.hints?.taken.length], [1.4, 2])
  assert.equal((await previewAttempt(tools, teacher, quiz.id, {})).questions[0]?.hints?.taken.length, 0)
})

test('Points given by hand stay as they are given, and taken back they are those with the cost.', async () => {
  const { take, submit, tools, teacher, id, first, read } = await begun()
  await take(1)
  await submit()
  const named = { submissionId: id, questionId: first }
  await overrideMark(tools, teacher, { ...named, revision: 0, awarded: 2, reason: 'Fair.', comment: '' })
  const given = (await read()).result
  assert.deepEqual([given?.score, given?.questions[0]?.hintCost], [2, null])
  await takeBackOverride(tools, teacher, { ...named, revision: 1 })
  const back = (await read()).result
  assert.deepEqual([back?.score, back?.questions[0]?.hintCost], [1.8, costs(10, 0.2, 1)])
})

test('Marked by another key an answer still has the cost off; full points for everybody have not.', async () => {
  for (const [rule, score] of [
    ['key', 1.8],
    ['full', 2],
  ] as const) {
    const { take, submit, tools, teacher, quiz, first, read } = await begun()
    await take(1)
    assert.equal((await submit('b')).result?.score, 0)
    const edited = await editQuiz(tools, teacher, quiz.id)
    const questions = edited.questions.map(({ body: _, ...question }) =>
      questionInput.parse({
        ...question,
        // What a hint costs now is not what its learner agreed to.
        hints: [{ content: '<p>dear-hint</p>', costPercent: 100 }],
        options: question.options.map(option => ({ ...option, correct: option.id === 'b' })),
      }),
    )
    await saveQuiz(tools, teacher, { ...edited, quizId: quiz.id, questions })
    const choices = { questions: [{ questionId: first, rule }], neverLower: false }
    const { version } = await previewRegrade(tools, teacher, quiz.id, choices)
    const { regradeId } = await startRegrade(tools, teacher, quiz.id, {
      ...choices,
      version,
      tellLearners: false,
    })
    await runRegrade(
      { ...tools, log: kit.log },
      { organizationId: fixture.organizationId, regradeId },
      { lastAttempt: true },
    )
    const { result } = await read()
    assert.deepEqual([rule, result?.score], [rule, score])
    assert.deepEqual(result?.questions[0]?.hintCost, rule === 'key' ? costs(10, 0.2, 1) : null)
    assert.deepEqual(result?.questions[0]?.hints?.taken, [hints[0]], 'in the version that was asked')
  }
})

test('Who marks by hand is told of the hints, and the rules take their cost.', async () => {
  const { take, tools, teacher, learner, id, first, quiz, read } = await begun({}, [essay])
  await take(1)
  await take(2)
  await submitAttempt(tools, learner, id, { [first]: ['Water is lazy.'] })
  const { items } = await listAnswersToMark(tools, teacher, quiz.id)
  const answerId = items[0]?.id ?? ''
  assert.deepEqual((await getAnswerToMark(tools, teacher, answerId)).hintCost, costs(30, 0.6, 2))
  const mark = { revision: 0, levels: {}, awarded: 1.5, comment: '', done: true }
  assert.equal((await saveMark(tools, teacher, answerId, mark)).graded, true)
  const { result } = await read()
  assert.deepEqual([result?.score, result?.questions[0]?.hintCost], [0.9, costs(30, 0.6, 2)])
})

test('Teachers see who took hints and how many, and a right answer with hints is still right.', async () => {
  const text = questionInput.parse({
    type: 'short_text',
    content: '<p>Which dam?</p>',
    points: 2,
    hints,
    body: { answers: [{ text: 'a' }] },
  })
  const { take, submit, tools, teacher, quiz, id, learner } = await begun({}, [text])
  await take(1)
  await take(2)
  await submit()
  const version = (await quizResults(tools, teacher, { quizId: quiz.id })).questions[0]?.versions[0]
  assert.deepEqual([version?.hintCounts, version?.rightCount], [[1, 1, 0], 1])
  assert.deepEqual((await getReview(tools, teacher, id)).questions[0]?.hintCost, costs(30, 0.6, 2))
  const [kept] = await selectAttemptsOf(fixture.school, learner.actor.userId)
  const told = kept as { hintsTaken: Record<string, number[]>; grading: { hints: object } }
  assert.deepEqual(Object.values(told.hintsTaken), [[10, 20]])
  assert.equal(Object.keys(told.grading.hints).length, 1)
})

test('Hints stay where a save does not name them, are part of the version, and are copied; a survey has none.', async () => {
  const { tools, teacher, quiz } = await begun({}, [choice()])
  const edited = await editQuiz(tools, teacher, quiz.id)
  assert.deepEqual(edited.questions[0]?.hints, hints)
  const save = (part: object, settings: object = {}) =>
    saveQuiz(tools, teacher, {
      ...edited,
      ...settings,
      quizId: quiz.id,
      questions: edited.questions.map(({ body: _, ...question }) =>
        questionInput.parse({ ...question, ...part }),
      ),
    })
  assert.equal((await save({ hints: undefined })).questions[0]?.version, 1)
  const fewer = await save({ hints: [hints[0], { content: ' <p></p>', costPercent: 5 }] })
  assert.deepEqual([fewer.questions[0]?.hints, fewer.questions[0]?.version], [[hints[0]], 2])
  const copy = await duplicateQuiz(tools, teacher, quiz.id, undefined)
  assert.deepEqual(copy.questions[0]?.hints, [hints[0]])
  const survey = await createQuiz(tools, teacher, {
    ...plainSettings,
    kind: 'survey',
    courseId: uuidv7(),
    questions: [choice()],
  })
  assert.deepEqual(survey.questions[0]?.hints, [])
})
