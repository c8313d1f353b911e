import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { questionInput } from '@azora/contracts/assessment/question.ts'
import { createTestKit, overlapped, type TestKit } from '@azora/kit/testing.ts'
import { v7 as uuidv7 } from 'uuid'
import { selectAttemptsOf } from '../privacy/privacy.store.ts'
import { allOrNothing, perPart } from '../questions/score.ts'
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
import { createAttemptFixture } from './attempt-fixture.ts'
import { sweepExpired } from './finish-attempt.ts'
import { nextQuestion } from './next-question.ts'
import { previewAttempt } from './preview-attempt.ts'
import { startAttempt } from './start-attempt.ts'
import { type RegradeRule, updateAnswers } from './submissions.store.ts'
import { takeHint } from './take-hint.ts'

/** How sure learners are of their answers. Each choice is worth 3, and `a` is right. */

let kit: TestKit
let fixture: ReturnType<typeof createAttemptFixture>
before(async () => {
  kit = await createTestKit(assessment)
  fixture = createAttemptFixture(kit)
})
after(() => kit.dispose())

const choice = (part: object = {}) =>
  questionInput.parse({
    type: 'single_choice',
    content: '<p>Which river is longer?</p>',
    points: 3,
    options: [
      { id: 'a', content: 'The Nile', correct: true },
      { id: 'b', content: 'The Thames', correct: false },
    ],
    ...part,
  })
const several = choice({
  type: 'multiple_choice',
  scoring: { partial: true, wrongCosts: 0, belowZero: false },
})
const text = questionInput.parse({
  type: 'short_text',
  content: '<p>Which?</p>',
  points: 3,
  body: { answers: [{ text: 'a' }] },
})

async function begun(settings: Partial<QuizSettings> = {}, questions = [choice(), choice(), choice()]) {
  const { tools } = fixture
  const teacher = fixture.person({ author: true })
  const learner = fixture.person()
  const given = { ...plainSettings, confidence: 'counted' as const, ...settings }
  const quiz = await createQuiz(tools, teacher, { ...given, courseId: uuidv7(), questions })
  const attempt = await startAttempt(tools, learner, quiz.id, undefined)
  const { id } = attempt
  const ids = quiz.questions.map(question => question.id)
  /** By place in the quiz. */
  const byId = <T>(values: (T | null)[]) =>
    Object.fromEntries(values.flatMap((value, at) => (value === null ? [] : [[ids[at] as string, value]])))
  const chosen = (options: (string | null)[]) =>
    byId(options.map(option => (option === null ? null : [option])))
  const submit = (options: (string | null)[], levels: (number | null)[] = []) =>
    submitAttempt(tools, learner, id, chosen(options), { confidence: byId(levels) })
  const save = (options: (string | null)[], levels: (number | null)[] = []) =>
    saveAnswers(tools, learner, id, chosen(options), { confidence: byId(levels) })
  const read = () => readAttempt({ ...tools, questionsOf: createAskedQuestions() }, learner, id)
  return { tools, teacher, learner, quiz, attempt, id, ids, byId, chosen, submit, save, read }
}

/** Marks attempts anew by their one question with `b` right, and as its author else changes it. */
async function regrade(
  {
    tools,
    teacher,
    quiz,
    ids,
  }: Pick<Awaited<ReturnType<typeof begun>>, 'tools' | 'teacher' | 'quiz' | 'ids'>,
  rule: RegradeRule,
  part: object = {},
) {
  const { questions, ...edited } = await editQuiz(tools, teacher, quiz.id)
  const written = questions.map(({ body: _, ...question }) =>
    questionInput.parse({
      ...question,
      options: question.options.map(option => ({ ...option, correct: option.id === 'b' })),
      ...part,
    }),
  )
  await saveQuiz(tools, teacher, { ...edited, quizId: quiz.id, questions: written })
  const choices = { questions: [{ questionId: ids[0] as string, rule }], neverLower: false }
  const { version } = await previewRegrade(tools, teacher, quiz.id, choices)
  const started = { ...choices, tellLearners: false, version }
  const { regradeId } = await startRegrade(tools, teacher, quiz.id, started)
  const { organizationId } = fixture
  await runRegrade(tools, { organizationId, regradeId }, { lastAttempt: true })
}

test('Where it counts, each answer earns by how sure its learner was; the whole is never below zero.', async () => {
  const { submit } = await begun()
  const { result } = await submit(['a', 'a', 'b'], [3, 2, 2])
  assert.deepEqual(
    result?.questions.map(({ awarded, confidence }) => [awarded, confidence?.level, confidence?.right]),
    [
      [3, 3, true],
      [2, 2, true],
      [-2, 2, false],
    ],
  )
  assert.deepEqual([result?.score, result?.maxScore], [3, 9])
  assert.deepEqual(result?.judgement, [
    { level: 3, count: 1, rightCount: 1 },
    { level: 2, count: 2, rightCount: 1 },
  ])
  const worst = await (await begun()).submit(['b', 'b', 'a'], [3, 3, 3])
  assert.deepEqual([worst.result?.score, worst.result?.questions[0]?.awarded], [0, -6])
})

test('Who says nothing is not sure, and who answers nothing neither earns nor is judged.', async () => {
  const { submit } = await begun()
  const { result } = await submit(['a', 'b', null], [null, null, 3])
  assert.deepEqual(
    result?.questions.map(({ awarded }) => awarded),
    [1, 0, 0],
  )
  assert.deepEqual(result?.judgement, [{ level: 1, count: 2, rightCount: 1 }])
})

test('Where it is only shown it changes no points, and where it is not asked nothing of it is kept.', async () => {
  const shown = (await (await begun({ confidence: 'shown' })).submit(['a', 'b', 'a'], [3, 3, 1])).result
  assert.deepEqual([shown?.score, shown?.judgement?.[0]], [6, { level: 3, count: 2, rightCount: 1 }])
  assert.equal(shown?.questions[0]?.confidence?.counted, false)
  const without = await begun({ confidence: 'not_asked' })
  const over = await without.submit(['a', 'a', 'a'], [3, 3, 3])
  assert.deepEqual([over.result?.score, over.result?.judgement, over.confidence], [9, [], {}])
  assert.equal(over.questions[0]?.asksConfidence, undefined)
})

test('It is asked of what is right or wrong alone.', async () => {
  const { attempt, submit } = await begun({}, [choice(), several, text])
  assert.deepEqual(
    attempt.questions.map(({ asksConfidence }) => asksConfidence ?? false),
    [true, false, false],
  )
  const over = await submit(['a', 'a', 'a'], [3, 1, 1])
  assert.deepEqual([over.result?.score, Object.keys(over.confidence).length], [9, 1])
})

test('It is saved as answers are, also after the line was down, and counts when the time runs out.', async () => {
  const { save, read, id, tools } = await begun({ timeLimitMinutes: 10 })
  await save(['a', 'b'], [2, 3])
  await save([], [3, null])
  assert.deepEqual(Object.values((await read()).confidence), [3, 3])
  await fixture.endedAgo(id, 3000)
  await assert.rejects(save([], [1]), { code: 'attempt_closed' })
  await sweepExpired(tools)
  assert.deepEqual(
    (await read()).result?.questions.map(({ awarded }) => awarded),
    [3, -6, 0],
  )
})

test('Of a question that was left it stays, whichever comes first.', async () => {
  const { save, read, id, tools, learner, ids, byId } = await begun({ layout: 'forward_only' })
  const one = await nextQuestion(tools, learner, id, { position: 0, confidence: byId([2]) })
  assert.equal(one.confidence[ids[0] as string], 2)
  await save([], [2])
  await assert.rejects(save([], [3]), { code: 'question_left' })
  await save([], [null, null, 3])
  assert.deepEqual((await read()).confidence, byId([2]), 'what is not asked yet is not said')
  const late = await begun({ layout: 'forward_only' })
  const refused = overlapped(
    kit.db,
    fixture.organizationId,
    tx => updateAnswers(tx, { id: late.id, reached: 1, answers: {}, confidence: {} }),
    () => late.save([], [3]),
  )
  await assert.rejects(refused, { code: 'question_left' })
  assert.deepEqual((await late.read()).confidence, {})
})

test('An attempt is marked as its quiz was when it began; a survey and practice count nothing.', async () => {
  const { tools, teacher, quiz, submit } = await begun()
  const { questions, ...edited } = await editQuiz(tools, teacher, quiz.id)
  const written = questions.map(({ body: _, ...question }) => questionInput.parse(question))
  await saveQuiz(tools, teacher, { ...edited, quizId: quiz.id, confidence: 'not_asked', questions: written })
  assert.equal((await submit(['a', 'a', 'a'], [3, 3, 2])).result?.score, 8)
  const make = (settings: object) =>
    createQuiz(tools, teacher, {
      ...plainSettings,
      confidence: 'counted',
      ...settings,
      courseId: uuidv7(),
      questions: [choice()],
    })
  assert.equal((await make({ practice: true })).confidence, 'shown')
  assert.equal((await make({ kind: 'survey' })).confidence, 'not_asked')
  assert.equal((await duplicateQuiz(tools, teacher, (await make({})).id, undefined)).confidence, 'counted')
})

test('Hints come off what it earned, and points given by hand are what they are.', async () => {
  const hints = [{ content: '<p>North.</p>', costPercent: 20 }]
  const { tools, teacher, learner, id, ids, submit, read } = await begun({}, [choice({ hints }), choice()])
  const questionId = ids[0] as string
  await takeHint(tools, learner, id, { questionId, number: 1 })
  const { result } = await submit(['a', null], [2])
  assert.deepEqual([result?.score, result?.questions[0]?.hintCost?.pointsOff], [1.4, 0.6])
  const named = { submissionId: id, questionId }
  await overrideMark(tools, teacher, { ...named, revision: 0, awarded: 3, reason: 'Fair.', comment: '' })
  const byHand = (await read()).result
  assert.deepEqual([byHand?.score, byHand?.questions[0]?.confidence?.counted], [3, false])
  await takeBackOverride(tools, teacher, { ...named, revision: 1 })
  const again = (await read()).result
  assert.deepEqual([again?.score, again?.questions[0]?.confidence?.counted], [1.4, true])
})

test('A regrade does not count how sure learners were who were not asked.', async () => {
  const attempt = await begun({}, [several])
  await attempt.submit(['b'])
  await regrade(attempt, 'key', { scoring: allOrNothing })
  const { result } = await attempt.read()
  assert.deepEqual([result?.score, result?.questions[0]?.confidence], [3, null])
})

test('A regrade counts how sure learners were who were asked, also by a key that gives points for each option.', async () => {
  const attempt = await begun({}, [choice({ type: 'multiple_choice', scoring: allOrNothing })])
  await attempt.submit(['b'], [1])
  await regrade(attempt, 'key', { scoring: perPart })
  const { result } = await attempt.read()
  assert.deepEqual(
    [result?.score, result?.questions[0]?.confidence],
    [1, { level: 1, right: true, counted: true }],
  )
})

test('Of full points for everybody, and of none at all, it is not said that they come of how sure one was.', async () => {
  for (const [rule, score] of [
    ['full', 3],
    ['left_out', 0],
  ] as const) {
    const attempt = await begun({}, [choice(), choice()])
    await attempt.submit(['a', null], [2])
    await regrade(attempt, rule)
    const { result } = await attempt.read()
    assert.deepEqual([result?.score, result?.questions[0]?.confidence?.counted], [score, false], rule)
    const review = await getReview(attempt.tools, attempt.teacher, attempt.id)
    assert.equal(review.questions[0]?.confidence?.counted, false, rule)
  }
})

test('A regrade by the key says what came of how sure one was.', async () => {
  const attempt = await begun({}, [choice()])
  await attempt.submit(['b'], [2])
  await regrade(attempt, 'key')
  const { result } = await attempt.read()
  assert.deepEqual(
    [result?.score, result?.questions[0]?.confidence],
    [2, { level: 2, right: true, counted: true }],
  )
})

test('Where it is not counted, a regrade scores as the key does.', async () => {
  const attempt = await begun({ confidence: 'shown' }, [several])
  await attempt.submit(['a'])
  const options = several.options.map(option => ({ ...option, correct: true }))
  await regrade(attempt, 'key', { scoring: allOrNothing, options })
  assert.equal((await attempt.read()).result?.score, 0)
})

test('Nothing of it tells what is right before that is shown.', async () => {
  const { result, confidence } = await (await begun({ resultsShown: 'score' })).submit(['a', 'b'], [3, 3])
  assert.deepEqual([result?.judgement, result?.questions], [[], []])
  assert.deepEqual(Object.values(confidence), [3, 3])
})

test('Who teaches sees how sure each was, and how often the class was certain and wrong.', async () => {
  const { tools, teacher, learner, quiz, id, ids, chosen, byId, submit } = await begun()
  const tried = await previewAttempt(tools, teacher, quiz.id, {
    answers: chosen(['a']),
    confidence: byId([2]),
  })
  assert.equal(tried.result?.score, 2)
  await submit(['b', 'a', null], [3, null, 3])
  const [first, second, third] = (await quizResults(tools, teacher, { quizId: quiz.id })).questions
  assert.deepEqual(first?.versions[0]?.confidenceCounts, [{ level: 3, count: 1, rightCount: 0 }])
  assert.deepEqual(second?.versions[0]?.confidenceCounts, [{ level: 1, count: 1, rightCount: 1 }])
  assert.equal(third?.versions[0]?.confidenceCounts, undefined)
  const review = await getReview(tools, teacher, id)
  assert.deepEqual(review.questions[0]?.confidence, { level: 3, right: false, counted: true })
  const [kept] = await selectAttemptsOf(fixture.school, learner.actor.userId)
  assert.deepEqual((kept as { confidence: object }).confidence, {
    [ids[0] as string]: 3,
    [ids[2] as string]: 3,
  })
})
