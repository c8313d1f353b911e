import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createTestKit, overlapped, type TestKit } from '@azora/kit/testing.ts'
import { selectAttemptsOf } from '../privacy/privacy.store.ts'
import { duplicateQuiz, saveQuiz } from '../quizzes/author-quiz.ts'
import { plainSettings } from '../quizzes/quiz-fixture.ts'
import { assessment } from '../service.ts'
import { submitAttempt } from './attempt.ts'
import { createAttemptFixture } from './attempt-fixture.ts'
import { finishLocked } from './finish-attempt.ts'
import { nextQuestion } from './next-question.ts'
import { previewAttempt } from './preview-attempt.ts'
import {
  beginSections,
  firstTwo,
  lastTwo,
  sectionQuestions,
  sectionTexts,
  told,
  twoSections,
} from './section-fixture.ts'
import { storeWentOn } from './sections.store.ts'
import { startAttempt } from './start-attempt.ts'
import { lockOptionalAttempt, mergeAnswers } from './submissions.store.ts'
import { takeHint } from './take-hint.ts'

/** Sections of an attempt, one after another. */

let kit: TestKit
let fixture: ReturnType<typeof createAttemptFixture>
before(async () => {
  kit = await createTestKit(assessment)
  fixture = createAttemptFixture(kit)
})
after(() => kit.dispose())

type More<T> = T extends [unknown, ...infer Rest] ? Rest : never
const begun = (...given: More<Parameters<typeof beginSections>>) => beginSections(fixture, ...given)

test('No byte of a later section goes to its learner before they are there, and none of an earlier one after.', async () => {
  const { attempt, read, save, goOn, quiz, learner, ids } = await begun()
  for (const reply of [
    attempt,
    await read(),
    await startAttempt(fixture.tools, learner, quiz.id, undefined),
  ]) {
    assert.deepEqual(told(reply), firstTwo)
    assert.ok(!JSON.stringify(reply).includes('grammar-advice'))
    assert.ok(!JSON.stringify(reply).includes(ids[2] as string))
  }
  assert.deepEqual(told(await save(0, 'a')), [])
  const second = await goOn(2)
  assert.deepEqual(told(second), lastTwo)
  assert.deepEqual([second.currentSection?.number, second.position, second.questionCount], [2, 2, 4])
  assert.ok(JSON.stringify(second).includes('grammar-advice'))
  assert.deepEqual(told(await read()), lastTwo, 'another device is where this one is')
})

test('What was left stays as it was left, and what is to come is not answered.', async () => {
  const { save, goOn, read, submit, ids, quiz } = await begun()
  await save(0, 'a')
  await save(3, 'a')
  assert.deepEqual((await read()).answers, { [ids[0] as string]: ['a'] })
  await goOn(2, { [ids[1] as string]: ['a'] })
  await assert.rejects(save(0, 'b'), { code: 'question_left' })
  await save(1, 'a')
  await save(3, 'b')
  const { result } = await submit({ [ids[3] as string]: ['a'] })
  assert.equal(result?.score, 3)
  assert.equal(result?.questions.length, quiz.questions.length)
})

test('A section is left once, by whatever number of calls, and no section is passed over.', async () => {
  const three = await begun({}, { isThree: true })
  await assert.rejects(three.goOn(3), { code: 'conflict' })
  await three.goOn(2)
  assert.deepEqual(told(await three.goOn(3)), ['fourth-text'])
  const { goOn, row, later, read } = await begun({}, { minutes: [10, null] })
  await later(10)
  const second = await goOn(2)
  assert.equal(second.currentSection?.number, 2)
  assert.deepEqual((await row()).wentOn, [], 'the clock had ended it')
  await goOn(2)
  assert.equal((await read()).currentSection?.endsAt, null)
  const other = await begun()
  await other.goOn(2)
  const { wentOn } = await other.row()
  await other.goOn(2)
  assert.deepEqual((await other.row()).wentOn, wentOn)
  await assert.rejects(other.goOn(3), { code: 'conflict' })
})

test('Two tabs that go on at once leave one section, with the answers of the first.', async () => {
  const { goOn, ids, row } = await begun()
  const [first = ''] = ids
  const results = await Promise.allSettled([goOn(2, { [first]: ['a'] }), goOn(2, { [first]: ['b'] })])
  assert.deepEqual(results.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  const attempt = await row()
  assert.equal(attempt.wentOn.length, 1)
  const both = await begun()
  await Promise.all([both.goOn(2), both.goOn(2)])
  assert.equal((await both.row()).wentOn.length, 1)
})

test('An answer and the leaving of its section meet: it counts, or is told that it came too late.', async () => {
  const early = await begun()
  const [first = ''] = early.ids
  const after = await overlapped(
    kit.db,
    fixture.organizationId,
    tx => mergeAnswers(tx, { id: early.id, reached: 0 }, { [first]: ['a'] }),
    () => early.goOn(2),
  )
  assert.deepEqual(after.answers, { [first]: ['a'] })
  const late = await begun()
  const refused = overlapped(
    kit.db,
    fixture.organizationId,
    async tx => {
      const { attempt } = (await lockOptionalAttempt(tx, late.id)) ?? assert.fail()
      await storeWentOn(tx, { ...attempt, wentOn: [attempt.now] }, null)
    },
    () => late.save(0, 'a'),
  )
  await assert.rejects(refused, { code: 'question_left' })
  assert.deepEqual((await late.read()).answers, {})
})

test('Going on and submitting meet: the attempt is over once, with what was answered.', async () => {
  const first = await begun()
  const [asked = ''] = first.ids
  const submitted = await overlapped(
    kit.db,
    fixture.organizationId,
    async tx => {
      const { attempt } = (await lockOptionalAttempt(tx, first.id)) ?? assert.fail()
      await storeWentOn(tx, { ...attempt, answers: { [asked]: ['a'] }, wentOn: [attempt.now] }, null)
    },
    () => first.submit(),
  )
  assert.equal(submitted.result?.score, 1)
  const second = await begun()
  await fixture.endedAgo(second.id, 60)
  const refused = overlapped(
    kit.db,
    fixture.organizationId,
    tx => finishLocked(tx, fixture.tools, second.id),
    () => second.goOn(2),
  )
  await assert.rejects(refused, { code: 'attempt_closed' })
  assert.deepEqual((await second.row()).wentOn, [])
})

test('One question at a time without a way back stays within its section, and the clock leads on from any.', async () => {
  const { attempt, id, learner, goOn, read, save } = await begun({ layout: 'forward_only' })
  const next = (position: number) => nextQuestion(fixture.tools, learner, id, { position })
  assert.deepEqual(told(attempt), ['first-text'])
  await next(0)
  await assert.rejects(next(1), { code: 'conflict' })
  await save(1, 'a')
  await assert.rejects(save(0, 'a'), { code: 'question_left' })
  assert.deepEqual(told(await goOn(2)), ['third-text'])
  assert.deepEqual([told(await next(2)), (await read()).position], [['fourth-text'], 3])
  const timed = await begun({ layout: 'forward_only' })
  await timed.later(10)
  assert.deepEqual([told(await timed.read()), (await timed.read()).position], [['third-text'], 2])
  await timed.save(0, 'a')
  await assert.rejects(timed.save(1, 'a'), { code: 'question_left' }, 'it was never shown')
})

test('Questions are shuffled within their section alone.', async () => {
  for (let tries = 0; tries < 8; tries++) {
    const { row, ids } = await begun({ shuffle: true })
    const { questionIds } = await row()
    assert.deepEqual(questionIds.slice(0, 2).sort(), ids.slice(0, 2).sort())
  }
})

test('An attempt keeps its sections when its quiz has others, and points come out the same with and without.', async () => {
  const { quiz, ids, teacher, learner, read, save, goOn, submit, attempt } = await begun()
  await save(0, 'a')
  const kept = sectionQuestions.map((question, at) => ({
    ...question,
    id: ids[at] as string,
    sectionId: null,
  }))
  const input = { ...plainSettings, quizId: quiz.id, questions: kept, sections: [] }
  const saved = await saveQuiz(fixture.tools, teacher, input)
  assert.deepEqual(saved.sections, [])
  assert.deepEqual(
    (await read()).sections.map(({ title }) => title),
    ['Reading', 'Grammar'],
  )
  await goOn(2)
  await save(2, 'a')
  const { result } = await submit()
  const plain = await startAttempt(fixture.tools, learner, quiz.id, undefined)
  assert.deepEqual([plain.attemptNumber, plain.sections, told(plain)], [2, [], sectionTexts])
  const [one, , three] = ids as [string, string, string]
  const other = await submitAttempt(fixture.tools, learner, plain.id, { [one]: ['a'], [three]: ['a'] })
  assert.deepEqual(other.result?.score, result?.score)
  assert.deepEqual(other.result?.scorePercent, result?.scorePercent)
  assert.equal(attempt.attemptNumber, 1)
})

test('Who submits early is not shown what they never reached where only the score is told.', async () => {
  const { submit, read } = await begun({ resultsShown: 'score' })
  assert.deepEqual(told(await submit()), firstTwo)
  assert.deepEqual(told(await read()), firstTwo)
})

test('A copy of a quiz has its sections, with limits and instructions.', async () => {
  const { quiz, teacher } = await begun()
  const copy = await duplicateQuiz(fixture.tools, teacher, quiz.id, undefined)
  assert.deepEqual(
    copy.sections.map(({ id: _, ...section }) => section),
    twoSections().map(({ id: _, ...section }) => section),
  )
  assert.deepEqual(
    copy.questions.map(({ sectionId }) => sectionId === copy.sections[0]?.id),
    [true, true, false, false],
  )
})

test('A hint of a section that was left, or is to come, is not there to be taken.', async () => {
  const { id, ids, learner, goOn } = await begun()
  const hint = (at: number) =>
    takeHint(fixture.tools, learner, id, { questionId: ids[at] as string, number: 1 })
  await assert.rejects(hint(2), { code: 'not_found' })
  assert.equal((await hint(0))?.taken.length, 1)
  await goOn(2)
  await assert.rejects(hint(1), { code: 'question_left' })
})

test('A preview shows all sections, with their titles.', async () => {
  const { quiz, teacher } = await begun()
  const preview = await previewAttempt(fixture.tools, teacher, quiz.id, {})
  assert.deepEqual(
    [told(preview), preview.sections.map(({ title }) => title)],
    [sectionTexts, ['Reading', 'Grammar']],
  )
})

test('A download of one’s data tells no instructions of a section that is to come.', async () => {
  const { learner, submit } = await begun()
  const download = async () => JSON.stringify(await selectAttemptsOf(fixture.school, learner.actor.userId))
  const open = await download()
  assert.ok(open.includes('Grammar') && !open.includes('grammar-advice'))
  await submit()
  assert.ok((await download()).includes('grammar-advice'))
})
