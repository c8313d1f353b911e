import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { questionInput } from '@azora/contracts/assessment/question.ts'
import type { AppError } from '@azora/kit/errors.ts'
import { createTestKit, overlapped, type TestKit } from '@azora/kit/testing.ts'
import { createEssayFixture } from '../marking/essay-fixture.ts'
import { withValues } from '../privacy/attempt-values.ts'
import { selectAttemptsOf } from '../privacy/privacy.store.ts'
import type { Parameters } from '../questions/parameters/read-parameters.ts'
import { perPart } from '../questions/score.ts'
import { saveQuiz } from '../quizzes/author-quiz.ts'
import { changeQuestions, type WrittenQuestion } from '../quizzes/change-questions.ts'
import { lockQuiz, type QuizSettings, selectQuestions } from '../quizzes/quizzes.store.ts'
import { getRegrade, previewRegrade, startRegrade } from '../regrading/regrade.ts'
import { runRegrade } from '../regrading/run-regrade.ts'
import { quizResults } from '../results/quiz-results.ts'
import { getReview } from '../results/review.ts'
import { assessment } from '../service.ts'
import { createAskedQuestions } from './asked-questions.ts'
import { readAttempt, submitAttempt } from './attempt.ts'
import { previewAttempt } from './preview-attempt.ts'
import { startAttempt } from './start-attempt.ts'
import { drawQuestion, getVariant } from './variants.ts'

/** Attempts at a question whose numbers are drawn: "a + b?", of numbers that hardly come twice. */

let kit: TestKit
let fixture: ReturnType<typeof createEssayFixture>
before(async () => {
  kit = await createTestKit(assessment)
  fixture = createEssayFixture(kit)
})
after(() => kit.dispose())

const drawn = (conditions: string[] = []): Parameters => ({
  algorithm: 1,
  items: ['a', 'b'].map(name => ({ name, kind: 'number', from: 2, to: 99_999, step: 1, except: [] })),
  conditions,
})
const body = (value: string) => ({
  answers: [
    { value, tolerance: '0', toleranceKind: 'absolute' as const, share: 100, feedback: '<p>{{a}} it is</p>' },
  ],
  unit: null,
})

async function quizOf(settings: Partial<QuizSettings> = {}) {
  const quiz = await fixture.quiz(settings)
  const change = (part: object) =>
    fixture.school.transaction(async tx => {
      await lockQuiz(tx, quiz.id, 'update')
      const before = await selectQuestions(tx, quiz.id)
      const [question] = before
      assert.ok(question)
      const after = { ...question, ...part } as WrittenQuestion
      await changeQuestions(tx, quiz.id, before, [after])
    })
  await change({
    type: 'numeric',
    content: '<p>{{a}} + {{b}}?</p>',
    options: [],
    correctAnswer: [],
    body: body('{{=a+b}}'),
    scoring: perPart,
    parameters: drawn(),
  })
  return { ...quiz, change }
}

/** The numbers that a text asks to add. */
const numbersIn = (content = '') => {
  const [, a, b] = /(\d+) \+ (\d+)/.exec(content) ?? []
  return [Number(a), Number(b)] as const
}

async function take(quiz: { id: string; questionId: string }, answerOf: (a: number, b: number) => number) {
  const learner = fixture.person()
  const attempt = await startAttempt(fixture.tools, learner, quiz.id, undefined)
  const [a, b] = numbersIn(attempt.questions[0]?.content)
  const answers = { [quiz.questionId]: [String(answerOf(a, b))] }
  await submitAttempt(fixture.tools, learner, attempt.id, answers)
  // As another process would read it, or this one years later.
  const read = () =>
    readAttempt({ ...fixture.tools, questionsOf: createAskedQuestions() }, learner, attempt.id)
  return { id: attempt.id, learner, a, b, read }
}

test('Each attempt has numbers of its own, is marked by them, and has the same ones later.', async () => {
  const quiz = await quizOf()
  const attempts = [await take(quiz, (a, b) => a + b), await take(quiz, (a, b) => a + b)]
  const [one, other] = attempts
  assert.notDeepEqual([one?.a, one?.b], [other?.a, other?.b])
  for (const { a, b, read } of attempts) {
    const { result, questions } = await read()
    assert.deepEqual(numbersIn(questions[0]?.content), [a, b])
    assert.equal(result?.scorePercent, 100)
    assert.deepEqual(result?.questions[0]?.values, [
      { name: 'a', value: String(a) },
      { name: 'b', value: String(b) },
    ])
    assert.equal(result?.questions[0]?.marks[0]?.expected, String(a + b))
    assert.deepEqual(result?.questions[0]?.feedback, [`<p>${a} it is</p>`])
  }
  // The answer of one is no answer of the other.
  const wrong = await take(quiz, (a, b) => a + b + 1)
  assert.equal((await wrong.read()).result?.scorePercent, 0)
})

test('Who teaches the course sees the values of an attempt, and a version in its own words.', async () => {
  const quiz = await quizOf()
  const { id, a, b } = await take(quiz, (a, b) => a + b)
  const review = await getReview(fixture.tools, fixture.teacher(), id)
  assert.deepEqual(
    review.questions[0]?.values?.map(({ value }) => value),
    [String(a), String(b)],
  )
  const [question] = (await quizResults(fixture.tools, fixture.teacher(), { quizId: quiz.id })).questions
  const version = question?.versions.find(({ askedCount }) => askedCount > 0)
  assert.equal(version?.content, '<p>{{a}} + {{b}}?</p>')
  assert.deepEqual(version?.given, [{ part: null, answer: String(a + b), right: null, givenCount: 1 }])
})

test('A download of one’s data tells the values once the answers are shown.', async () => {
  const told = async (settings: Partial<QuizSettings>) => {
    const quiz = await quizOf(settings)
    const { learner, a, b } = await take(quiz, (a, b) => a + b)
    // The version that was asked is the one before.
    await quiz.change({ content: '<p>{{a}} and {{b}}?</p>' })
    const [attempt] = await withValues(
      fixture.school,
      await selectAttemptsOf(fixture.school, learner.actor.userId),
    )
    assert.ok(attempt && !('answersShown' in attempt))
    return [attempt.values[quiz.questionId]?.map(({ value }) => value), [String(a), String(b)]]
  }
  const [shown, expected] = await told({})
  assert.deepEqual(shown, expected)
  for (const settings of [{ resultsShown: 'score' }, { answerRelease: 'never' }] as const)
    assert.equal((await told(settings))[0], undefined)
})

async function regrade(quiz: { id: string; questionId: string }) {
  const by = fixture.teacher()
  const choices = {
    questions: [{ questionId: quiz.questionId, rule: 'key' as const }],
    neverLower: false,
  }
  const { version } = await previewRegrade(fixture.tools, by, quiz.id, choices)
  const started = await startRegrade(fixture.tools, by, quiz.id, {
    ...choices,
    tellLearners: false,
    version,
  })
  const run = { organizationId: fixture.organizationId, regradeId: started.regradeId }
  await runRegrade(fixture.tools, run, { lastAttempt: true })
}

test('A changed key is that of the same numbers.', async () => {
  const quiz = await quizOf()
  const [sum, product] = [await take(quiz, (a, b) => a + b), await take(quiz, (a, b) => a * b)]
  await quiz.change({ body: body('{{=a*b}}') })
  await regrade(quiz)
  assert.equal((await sum.read()).result?.scorePercent, 0)
  const { result } = await product.read()
  assert.equal(result?.scorePercent, 100)
  assert.equal(result?.questions[0]?.marks[0]?.expected, String(product.a * product.b))
  assert.deepEqual(numbersIn(result?.questions[0]?.content), [product.a, product.b])
})

test('A key to other numbers marks nothing that was asked before.', async () => {
  const quiz = await quizOf()
  await take(quiz, (a, b) => a + b)
  await quiz.change({ parameters: drawn(['a != b']) })
  const { questions } = await getRegrade(fixture.tools, fixture.teacher(), quiz.id)
  assert.deepEqual([questions[0]?.keyFits, questions[0]?.valuesChanged], [false, true])
  await assert.rejects(regrade(quiz), (failure: AppError) => {
    assert.equal(failure.data.fields?.[0]?.reason, 'key_other_values')
    return true
  })
})

/** Saves the question once more, by its author. */
const saverOf = (quiz: { id: string; questionId: string }) => (part: object) =>
  saveQuiz({ ...fixture.tools, ...kit }, fixture.teacher(), {
    quizId: quiz.id,
    title: 'Sums',
    description: '',
    passingScore: 60,
    timeLimitMinutes: null,
    maxAttempts: null,
    shuffle: false,
    questions: [{ ...asked, id: quiz.questionId, ...part }],
  })
const asked = {
  type: 'numeric' as const,
  content: '<p>{{a}} plus {{b}}?</p>',
  points: 1,
  options: [],
  body: body('{{=a+b}}'),
  feedback: { general: null, correct: null, incorrect: null },
}

test('A save that does not name the values is refused where another one has just changed them.', async () => {
  const quiz = await quizOf()
  const save = saverOf(quiz)
  const read = async () => (await selectQuestions(fixture.school, quiz.id))[0]
  await save({})
  assert.deepEqual((await read())?.parameters, drawn(), 'what is not named stays')
  const refused = overlapped(
    kit.db,
    fixture.organizationId,
    async tx => {
      await lockQuiz(tx, quiz.id, 'update')
      const before = await selectQuestions(tx, quiz.id)
      const changed = before.map(question => ({ ...question, parameters: drawn(['a < b']) }))
      await changeQuestions(tx, quiz.id, before, changed)
    },
    () => save({}),
  )
  await assert.rejects(refused, { code: 'conflict' })
  assert.deepEqual((await read())?.parameters, drawn(['a < b']))
  // The other way round, and one that names them, each find what they were checked with.
  await save({})
  await save({ parameters: null, content: '<p>?</p>', body: body('2') })
  assert.equal((await read())?.parameters, null)
})

test('A variant is the same by its number, in the preview and with its key.', async () => {
  const quiz = await quizOf()
  const by = fixture.teacher()
  const preview = async (variant?: number) =>
    numbersIn(
      (await previewAttempt(fixture.tools, by, quiz.id, variant === undefined ? {} : { variant }))
        .questions[0]?.content,
    )
  const [a, b] = await preview(3)
  assert.deepEqual(await preview(3), [a, b])
  assert.notDeepEqual(await preview(4), [a, b])
  assert.notDeepEqual(await preview(), [a, b])
  const { questions, values } = await getVariant(fixture.tools, by, quiz.id, 3)
  const [question] = questions
  assert.deepEqual(numbersIn(question?.content), [a, b])
  assert.equal(question?.type === 'numeric' ? question.body.answers[0]?.value : null, String(a + b))
  assert.deepEqual([question?.parameters, values[quiz.questionId]?.length], [null, 2])
  const { result } = await previewAttempt(fixture.tools, by, quiz.id, {
    answers: { [quiz.questionId]: [String(a + b)] },
    variant: 3,
  })
  assert.equal(result?.scorePercent, 100)
})

test('A save that leaves hints and solution is checked with those that are stored.', async () => {
  const quiz = await quizOf()
  const save = saverOf(quiz)
  const { general, correct, incorrect } = asked.feedback
  const hints = [{ content: '<p>More than {{a}}</p>', costPercent: 0 }]
  const renamed = {
    content: '<p>{{x}}?</p>',
    body: { ...body('{{x}}'), answers: body('{{x}}').answers.map(one => ({ ...one, feedback: null })) },
    parameters: {
      ...drawn(),
      items: drawn()
        .items.slice(1)
        .map(item => ({ ...item, name: 'x' })),
    },
  }
  const isRefused = (part: object) =>
    assert.rejects(save(part), (failure: AppError) => failure.data.fields?.[0]?.reason === 'value_unknown')
  await save({ hints })
  await isRefused(renamed)
  await save({ hints: [], feedback: { general, correct, incorrect, solution: '<p>{{=a+b}}</p>' } })
  await isRefused(renamed)
  await save({ ...renamed, feedback: { general, correct, incorrect, solution: null } })
  // One that comes in between is seen.
  const refused = overlapped(
    kit.db,
    fixture.organizationId,
    async tx => {
      await lockQuiz(tx, quiz.id, 'update')
      const before = await selectQuestions(tx, quiz.id)
      await changeQuestions(
        tx,
        quiz.id,
        before,
        before.map(question => ({ ...question, hints: [{ content: '<p>{{x}}</p>', costPercent: 0 }] })),
      )
    },
    () => save({ parameters: drawn() }),
  )
  await assert.rejects(refused, { code: 'conflict' })
})

test('A question that is being written has the same variants each time, and the stored ones once saved.', async () => {
  const quiz = await quizOf()
  const by = fixture.teacher()
  const { courseId } = await getVariant(fixture.tools, by, quiz.id, 3)
  const drawnAs = async (id: string | undefined) => {
    const question = questionInput.parse({ ...asked, id, parameters: drawn() })
    const raw = { courseId, quizId: quiz.id, kind: 'quiz' as const, question, first: 3 }
    return (await drawQuestion(fixture.tools, by, raw)).draws.map(({ values }) => values)
  }
  assert.deepEqual(await drawnAs(undefined), await drawnAs(undefined))
  const { values } = await getVariant(fixture.tools, by, quiz.id, 3)
  assert.deepEqual((await drawnAs(quiz.questionId))[0], values[quiz.questionId])
})
