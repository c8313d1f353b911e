import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { AskingCaller } from '@azora/kit/caller.ts'
import { createTestKit, overlapped, type TestKit } from '@azora/kit/testing.ts'
import { v7 as uuidv7 } from 'uuid'
import { createEssayFixture } from '../marking/essay-fixture.ts'
import { listAnswersToMark } from '../marking/mark-answers.ts'
import { saveMark } from '../marking/save-mark.ts'
import { selectAttemptsOf } from '../privacy/privacy.store.ts'
import { getReview } from '../results/review.ts'
import { assessment } from '../service.ts'
import { readAttempt, submitAttempt } from '../submissions/attempt.ts'
import { startAttempt } from '../submissions/start-attempt.ts'
import { lockOptionalAttempt } from '../submissions/submissions.store.ts'
import { lockGraded, overrideMark, takeBackOverride } from './override.ts'

/** Points given by hand. A quiz of the fixture has a choice worth 1, of which `a` is right, and passes at 60 %. */

let kit: TestKit
let fixture: ReturnType<typeof createEssayFixture>
before(async () => {
  kit = await createTestKit(assessment)
  fixture = createEssayFixture(kit)
})
after(() => kit.dispose())

type Given = { awarded: number; revision?: number; reason?: string; comment?: string }

/** A learner's attempt at a quiz of one choice, with what a teacher does to it. */
async function answered(option = 'b', settings: Parameters<typeof fixture.quiz>[0] = {}) {
  const quiz = await fixture.quiz(settings)
  const learner = fixture.person()
  const take = async (chosen: string) => {
    const { id } = await startAttempt(fixture.tools, learner, quiz.id, undefined)
    await submitAttempt(fixture.tools, learner, id, { [quiz.questionId]: [chosen] })
    return id
  }
  const id = await take(option)
  const named = { submissionId: id, questionId: quiz.questionId }
  const given = { revision: 0, reason: 'Right as well.', comment: '' }
  const give = ({ awarded, ...part }: Given, by: AskingCaller = fixture.teacher()) =>
    overrideMark(fixture.tools, by, { ...named, ...given, ...part, awarded })
  const takeBack = (revision: number, by: AskingCaller = fixture.teacher()) =>
    takeBackOverride(fixture.tools, by, { ...named, revision })
  const read = () => readAttempt(fixture.tools, learner, id)
  const review = async () =>
    (await getReview(fixture.tools, fixture.teacher(), id)).questions[0] ?? assert.fail()
  return { quiz, learner, id, take, give, takeBack, read, review }
}

test('Points that a machine gave are changed with the score, the pass and what is told, and the learner sees why.', async () => {
  const { id, give, read } = await answered()
  const after = await give({ awarded: 1, comment: 'Well spotted.' })
  assert.deepEqual(after, { revision: 1, awarded: 1, score: 1, maxScore: 1, scorePercent: 100, passed: true })
  const { result } = await read()
  assert.deepEqual([result?.score, result?.scorePercent, result?.passed], [1, 100, true])
  assert.deepEqual(result?.questions[0]?.adjustment, {
    kind: 'override',
    reason: 'Right as well.',
    comment: 'Well spotted.',
  })
  assert.deepEqual(
    (await fixture.results(id)).map(({ payload }) => payload.counted),
    [
      { scorePercent: 0, passed: false },
      { scorePercent: 100, passed: true },
    ],
  )
})

test('Taken back, the mark is the one before, however often it was changed, and each change stays in the history.', async () => {
  const { give, takeBack, read, review } = await answered()
  const teacher = fixture.teacher()
  await give({ awarded: 1 }, teacher)
  await give({ awarded: 0.5, revision: 1, reason: 'Half of it.' })
  const after = await takeBack(2)
  assert.deepEqual([after.awarded, after.scorePercent, after.passed], [0, 0, false])
  assert.equal((await read()).result?.questions[0]?.adjustment, null)
  const { changes, revision } = await review()
  assert.equal(revision, 3)
  assert.deepEqual(
    changes.map(({ kind, fromPoints, toPoints, reason }) => [kind, fromPoints, toPoints, reason]),
    [
      ['taken_back', 0.5, 0, null],
      ['overridden', 1, 0.5, 'Half of it.'],
      ['overridden', 0, 1, 'Right as well.'],
    ],
  )
  assert.equal(changes[2]?.changedBy, teacher.actor.userId)
  await assert.rejects(takeBack(3), { code: 'mark_changed' })
})

test('A mark that a person gave is overridden too, and comes back when that is taken back.', async () => {
  const quiz = await fixture.essayQuiz()
  const { id } = await fixture.written(quiz)
  const [item] = (await listAnswersToMark(fixture.tools, fixture.teacher(), quiz.id)).items
  const mark = { revision: 0, levels: {}, awarded: 2, comment: 'Good.', done: true }
  await saveMark(fixture.tools, fixture.teacher(), item?.id ?? '', mark)
  const named = { submissionId: id, questionId: quiz.essayId }
  const given = { ...named, revision: 0, awarded: 3, reason: 'Read again.', comment: '' }
  assert.equal((await overrideMark(fixture.tools, fixture.teacher(), given)).score, 4)
  const back = await takeBackOverride(fixture.tools, fixture.teacher(), { ...named, revision: 1 })
  assert.deepEqual([back.awarded, back.score], [2, 3])
})

test('Of two who change a mark at once one is told that it was changed, in either order.', async () => {
  for (const order of [
    [1, 0.5],
    [0.5, 1],
  ]) {
    const { id, give, review } = await answered()
    const both = await overlapped(
      kit.db,
      fixture.organizationId,
      tx => lockOptionalAttempt(tx, id),
      () => Promise.allSettled(order.map(awarded => give({ awarded }))),
    )
    const kept = both.flatMap((one, at) => (one.status === 'fulfilled' ? [order[at]] : []))
    assert.equal(kept.length, 1)
    assert.equal(both.find(one => one.status === 'rejected')?.reason.code, 'mark_changed')
    const { awarded, changes } = await review()
    assert.deepEqual([awarded, changes.length], [kept[0], 1])
  }
})

test('What counts of several attempts follows a change in an earlier one, also where the result is lower.', async () => {
  const { id, take, give } = await answered('a', { countedAttempt: 'average' })
  await take('a')
  await give({ awarded: 0 })
  const last = (await fixture.results(id)).at(-1)?.payload
  assert.deepEqual([last?.counted, last?.countedThrough], [{ scorePercent: 50, passed: false }, 2])
})

test('A change waits for one in another attempt of the same learner, so that what is told last counts both.', async () => {
  const { id, quiz, take, give } = await answered('b', { countedAttempt: 'average' })
  const later = await take('b')
  const first = { submissionId: later, questionId: quiz.questionId, revision: 0, awarded: 1 }
  await overlapped(
    kit.db,
    fixture.organizationId,
    tx => lockGraded(tx, later),
    () => give({ awarded: 1 }),
  )
  await overrideMark(fixture.tools, fixture.teacher(), { ...first, reason: 'Right as well.', comment: '' })
  assert.deepEqual((await fixture.results(later)).at(-1)?.payload.counted, {
    scorePercent: 100,
    passed: true,
  })
  assert.equal((await fixture.results(id)).at(-1)?.payload.countedThrough, 2)
})

test('What being late costs stays as it was, and is taken from the changed points.', async () => {
  const dueAt = new Date(Date.now() - 90 * 60_000).toISOString()
  const { give, read } = await answered('b', { dueAt, latePercentPerDay: 10 })
  const { score, scorePercent } = await give({ awarded: 1 })
  assert.deepEqual([score, scorePercent], [0.9, 90])
  const { result } = await read()
  assert.deepEqual([result?.late?.percentOff, result?.late?.scoreBefore], [10, 1])
})

test('More points than the question has, an answer that was not asked, and an attempt without a result are refused.', async () => {
  const { give, id, quiz, learner } = await answered()
  await assert.rejects(give({ awarded: 1.5 }), { code: 'invalid_input' })
  const teacher = fixture.teacher()
  const given = { submissionId: id, revision: 0, awarded: 1, reason: 'Because.', comment: '' }
  await assert.rejects(overrideMark(fixture.tools, teacher, { ...given, questionId: uuidv7() }), {
    code: 'not_found',
  })
  const open = await startAttempt(fixture.tools, learner, quiz.id, undefined)
  const ofOpen = { ...given, submissionId: open.id, questionId: quiz.questionId }
  await assert.rejects(overrideMark(fixture.tools, teacher, ofOpen), { code: 'not_graded' })
})

test('Neither a learner, a teacher of another course nor one of another school changes a mark.', async () => {
  const { learner, give, takeBack, review } = await answered()
  for (const by of [learner, fixture.person()]) {
    await assert.rejects(give({ awarded: 1 }, by), { code: 'forbidden' })
    await assert.rejects(takeBack(0, by), { code: 'forbidden' })
  }
  const teacher = fixture.teacher()
  const elsewhere = { ...teacher, actor: { ...teacher.actor, organizationId: uuidv7() } }
  await assert.rejects(give({ awarded: 1 }, elsewhere), { code: 'not_found' })
  assert.equal((await review()).revision, 0)
})

test('Where results are not shown neither the page nor the download tells of a change.', async () => {
  const { learner, give, read } = await answered('b', { resultsShown: 'score' })
  await give({ awarded: 1 })
  const told = JSON.stringify([await read(), await selectAttemptsOf(fixture.school, learner.actor.userId)])
  assert.ok(!told.includes('Right as well.'))
})

test('Points of practice are changed, and nothing is told, as nothing of it counts.', async () => {
  const { id, give } = await answered('b', { practice: true })
  assert.equal((await give({ awarded: 1 })).scorePercent, 100)
  assert.deepEqual(await fixture.results(id), [])
})
