import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { AskingCaller } from '@azora/kit/caller.ts'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, overlapped, type TestKit } from '@azora/kit/testing.ts'
import { v7 as uuidv7 } from 'uuid'
import { selectMarksGivenBy, selectOneOfMarksGivenBy } from '../privacy/privacy.store.ts'
import { changeQuestions } from '../quizzes/change-questions.ts'
import { lockQuiz, selectQuestions } from '../quizzes/quizzes.store.ts'
import { previewRegrade, startRegrade } from '../regrading/regrade.ts'
import { runRegrade } from '../regrading/run-regrade.ts'
import { getReview } from '../results/review.ts'
import { assessment } from '../service.ts'
import { readAttempt } from '../submissions/attempt.ts'
import { lockOptionalAttempt } from '../submissions/submissions.store.ts'
import { createEssayFixture, rubric } from './essay-fixture.ts'
import { getAnswerToMark, listAnswersToMark, listQuizzesToMark, releaseMarks } from './mark-answers.ts'
import type { MarkingSettings } from './marking.store.ts'
import { setMarking } from './marking-settings.ts'
import { type MarkInput, saveMark } from './save-mark.ts'

/** Marking by two people and a moderator. An essay is worth 3, and the choice beside it, which is right, 1. */

let kit: TestKit
let fixture: ReturnType<typeof createEssayFixture>
before(async () => {
  kit = await createTestKit(assessment)
  fixture = createEssayFixture(kit)
})
after(() => kit.dispose())

const two = { markers: 'two', tolerance: 1, toleranceUnit: 'points' } as const
type Settings = Partial<MarkingSettings>

const set = (quizId: string, settings: Settings) =>
  setMarking(fixture.tools, fixture.teacher(), quizId, { release: 'at_once', anonymous: false, ...settings })

/** An answer of a quiz that is marked so. */
async function answered(settings: Settings = two, body: Parameters<typeof fixture.essayQuiz>[1] = {}) {
  const quiz = await fixture.essayQuiz({}, body)
  await set(quiz.id, settings)
  const { id, learner } = await fixture.written(quiz)
  const desk = (by: AskingCaller) => listAnswersToMark(fixture.tools, by, quiz.id)
  const answerId = (await desk(fixture.teacher())).items[0]?.id ?? assert.fail('nothing is to be marked')
  return { quiz, id, learner, desk, answerId, ...markingOf(answerId) }
}

function markingOf(answerId: string) {
  const read = (by: AskingCaller) => getAnswerToMark(fixture.tools, by, answerId)
  const save = (by: AskingCaller, input: Partial<MarkInput> & { revision: number }) =>
    saveMark(fixture.tools, by, answerId, { levels: {}, awarded: null, comment: '', done: true, ...input })
  /** By what is on the desk now. */
  const give = async (by: AskingCaller, awarded: number, part: Partial<MarkInput> = {}) =>
    save(by, { revision: (await read(by)).revision, awarded, ...part })
  return { read, save, give }
}
const people = () => [fixture.teacher(), fixture.teacher(), fixture.teacher()] as const

test('Two marks within the tolerance come to their mean, which is all that the learner sees of them.', async () => {
  const { quiz, id, learner, desk, give } = await answered()
  const [one, other] = people()
  const first = await give(one, 2, { comment: 'Say why.' })
  assert.deepEqual([first.state, first.decided, first.graded], ['marked', false, false])
  assert.deepEqual(await fixture.results(id), [], 'the attempt is still to be marked')
  const waiting = await desk(other)
  assert.deepEqual([waiting.waitingCount, waiting.readyCount, waiting.decideCount], [1, 0, 0])
  assert.equal((await give(other, 3, { comment: 'Good.' })).graded, true)
  const { result } = await readAttempt(fixture.tools, learner, id)
  const essay = result?.questions.find(question => question.id === quiz.essayId)
  assert.deepEqual([essay?.awarded, essay?.comment, result?.score], [2.5, 'Say why.\n\nGood.', 3.5])
  for (const { actor } of [one, other]) assert.ok(!JSON.stringify(result).includes(actor.userId))
  assert.equal((await fixture.results(id)).length, 1)
})

test('Neither marker learns points, comment or name of the other before both are in, and the desk says whose turn it is.', async () => {
  const { desk, read, save, give } = await answered({ ...two, release: 'together' })
  const [one, other, third] = people()
  const at = async (by: AskingCaller) => {
    const item = (await desk(by)).items[0]
    return [item?.place, item?.state, item?.decided]
  }
  assert.deepEqual(await at(one), ['first', 'waiting', false])
  await give(one, 3, { comment: 'Secret praise', done: false })
  assert.deepEqual(
    [await at(one), await at(other)],
    [
      ['first', 'draft', false],
      ['second', 'waiting', false],
    ],
  )
  await give(one, 3, { comment: 'Secret praise' })
  await save(other, { revision: 0, awarded: 2, comment: 'Hidden doubt', done: false })
  const [seen, seenByThird] = [await read(other), await read(third)]
  for (const sent of [seen, seenByThird, await desk(other), await desk(third)]) {
    const text = JSON.stringify(sent)
    for (const secret of ['Secret praise', one.actor.userId]) assert.ok(!text.includes(secret), secret)
  }
  assert.deepEqual([seen.comment, seen.awarded, seen.given], ['Hidden doubt', 2, []])
  assert.deepEqual([seenByThird.comment, seenByThird.awarded, seenByThird.revision], ['', null, 1])
  assert.ok(!JSON.stringify(await read(one)).includes('Hidden doubt'))
  await give(other, 2)
  assert.deepEqual(await at(one), ['decision', 'marked', true])
  assert.deepEqual(
    (await read(one)).given.map(({ place, awarded, byYou }) => [place, awarded, byYou]),
    [
      ['first', 3, true],
      ['second', 2, false],
    ],
  )
})

test('Nobody gives both marks of an answer, however the second is tried.', async () => {
  const { answerId, read, save, give } = await answered()
  const [one, other] = people()
  await give(one, 1)
  // Again: it is the first mark that changes.
  await give(one, 2)
  assert.equal((await read(one)).place, 'first')
  await assert.rejects(save(one, { revision: 0, awarded: 3 }), { code: 'mark_changed' })
  const second = (by: string) => sql`
    insert into given_marks (id, organization_id, answer_id, place, state, revision, points, marked_by)
    values (${uuidv7()}, ${fixture.organizationId}, ${answerId}, 'second', 'marked', 1, 1, ${by})`
  await assert.rejects(fixture.school.run(second(one.actor.userId)), /given_marks_person/)
  await fixture.school.run(second(other.actor.userId))
})

test('Marks that lie apart go to a moderator, who gave neither, sees both and says why.', async () => {
  const { id, learner, desk, read, save, give, quiz } = await answered()
  const [one, other, moderator] = people()
  await give(one, 0, { comment: 'Off topic.' })
  assert.equal((await give(other, 3, { comment: 'Brilliant.' })).graded, false)
  const { items, decideCount, courseId } = await desk(moderator)
  assert.deepEqual([items[0]?.place, items[0]?.state, decideCount], ['decision', 'waiting', 1])
  const [listed] = (await listQuizzesToMark(fixture.tools, moderator, courseId)).items
  assert.equal(listed?.decideCount, 1)
  for (const marker of [one, other]) {
    assert.equal((await read(marker)).mayMark, false)
    await assert.rejects(give(marker, 1, { reason: 'Mine.' }), { code: 'mark_not_yours' })
  }
  const seen = await read(moderator)
  assert.deepEqual(
    seen.given.map(({ place, awarded, comment }) => [place, awarded, comment]),
    [
      ['first', 0, 'Off topic.'],
      ['second', 3, 'Brilliant.'],
    ],
  )
  assert.deepEqual([seen.awarded, seen.comment, seen.mayMark], [null, '', true])
  const refused = await give(moderator, 2).catch((failure: object) => failure)
  assert.partialDeepStrictEqual(
    { ...refused },
    { code: 'invalid_input', data: { fields: [{ reason: 'reason_missing' }] } },
  )
  await give(moderator, 2, { done: false })
  assert.deepEqual(await fixture.results(id), [])
  const decided = await save(moderator, {
    revision: (await read(moderator)).revision,
    awarded: 2,
    comment: 'Mostly on topic.',
    reason: 'The first marker missed page two.',
  })
  assert.equal(decided.graded, true)
  const { result } = await readAttempt(fixture.tools, learner, id)
  const essay = result?.questions[1]
  assert.deepEqual([essay?.awarded, essay?.comment], [2, 'Mostly on topic.'])
  for (const secret of ['page two', 'Off topic.', 'Brilliant.', moderator.actor.userId])
    assert.ok(!JSON.stringify(result).includes(secret), secret)
  const review = await getReview(fixture.tools, one, id)
  assert.deepEqual(
    review.questions
      .find(question => question.id === quiz.essayId)
      ?.markings.map(({ place, points, reason, markedBy }) => [place, points, reason, markedBy]),
    [
      ['first', 0, '', one.actor.userId],
      ['second', 3, '', other.actor.userId],
      ['decision', 2, 'The first marker missed page two.', moderator.actor.userId],
    ],
  )
})

test('Where there is no third person a marker decides, once the quiz says so.', async () => {
  const { give, quiz } = await answered()
  const [one, other] = people()
  await give(one, 0)
  await give(other, 3)
  await assert.rejects(give(one, 1, { reason: 'Agreed by phone.' }), { code: 'mark_not_yours' })
  await set(quiz.id, { ...two, markersDecide: true })
  assert.equal((await give(one, 1, { reason: 'Agreed by phone.' })).graded, true)
})

test('Of three who save at once two give the marks, and the third is told, in any order.', async () => {
  for (const order of [
    [0, 1, 2],
    [2, 1, 0],
  ]) {
    const { id, read, save } = await answered()
    const all = people()
    const [opener] = all
    await save(opener, { revision: 0, awarded: 1 })
    // Two open the second mark before either saves it.
    const seconds = [all[1], fixture.teacher()]
    for (const by of seconds) assert.equal((await read(by)).place, 'second')
    const saves = await overlapped(
      kit.db,
      fixture.organizationId,
      tx => lockOptionalAttempt(tx, id),
      () =>
        Promise.allSettled(
          (order[0] === 0 ? seconds : seconds.toReversed()).map(by => save(by, { revision: 0, awarded: 2 })),
        ),
    )
    assert.deepEqual(saves.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected'])
    const refused = saves.find(one => one.status === 'rejected')
    assert.ok(['mark_changed', 'mark_not_yours', 'not_found'].includes(refused?.reason.code))
    assert.equal((await fixture.results(id)).length, 1)
  }
})

test('The first mark changed while the second arrives: what counts is one of both, never a mixture.', async () => {
  for (const firstChanges of [true, false]) {
    const { id, read, save, give } = await answered()
    const [one, other, moderator] = people()
    const { revision } = await give(one, 3)
    const change = () => save(one, { revision, awarded: 0 })
    const second = () => save(other, { revision: 0, awarded: 3 })
    const [changed] = await overlapped(
      kit.db,
      fixture.organizationId,
      tx => lockOptionalAttempt(tx, id),
      async () => {
        const both = firstChanges ? [change(), second()] : [second(), change()]
        const outcome = await Promise.allSettled(both)
        return firstChanges ? outcome : outcome.toReversed()
      },
    )
    const graded = (await fixture.results(id)).length === 1
    // Either it came first and the marks lie apart, or it came too late and the marks agree.
    assert.equal(changed?.status === 'fulfilled', !graded)
    if (graded) continue
    const { given } = await read(moderator)
    assert.deepEqual(
      given.map(({ awarded }) => awarded),
      [0, 3],
    )
  }
})

test('Two moderators, and a marker who would still change a mark: one decision stands.', async () => {
  const { id, read, save, give } = await answered()
  const [one, other, moderator] = people()
  await give(one, 0)
  await give(other, 3)
  const { revision } = await read(moderator)
  const decisions = [moderator, fixture.teacher()].map(
    (by, at) => () => save(by, { revision, awarded: at + 1, reason: 'Looked again.' }),
  )
  const late = () => save(one, { revision: 1, awarded: 3 })
  const outcomes = await overlapped(
    kit.db,
    fixture.organizationId,
    tx => lockOptionalAttempt(tx, id),
    () => Promise.allSettled([late, ...decisions].map(run => run())),
  )
  const codes = outcomes.map(one => (one.status === 'rejected' ? one.reason.code : 'saved'))
  assert.equal(codes.filter(code => code === 'saved').length, 1)
  assert.notEqual(codes[0], 'saved')
  assert.equal((await fixture.results(id)).length, 1)
})

test('A decision can be changed until it is released, and the earlier one stays in the record.', async () => {
  const { id, give, quiz } = await answered({ ...two, release: 'together' })
  const [one, other, moderator] = people()
  await give(one, 2)
  await give(other, 3)
  await assert.rejects(give(one, 0), { code: 'mark_not_yours' })
  await give(moderator, 1, { reason: 'Copied from a book.' })
  await give(fixture.teacher(), 3, { reason: 'It is quoted.' })
  await releaseMarks(fixture.tools, moderator, quiz.id)
  const { questions } = await getReview(fixture.tools, one, id)
  const decisions = questions[1]?.markings.filter(({ place }) => place === 'decision')
  assert.deepEqual(
    decisions?.map(({ points, superseded }) => [points, superseded]),
    [
      [1, true],
      [3, false],
    ],
  )
  assert.equal(questions[1]?.awarded, 3)
})

test('The draft of another decision releases nothing, and the decision does.', async () => {
  const { id, give, quiz } = await answered({ ...two, release: 'together' })
  const [one, other, moderator] = people()
  await give(one, 2)
  await give(other, 3)
  await set(quiz.id, { ...two, release: 'at_once' })
  assert.equal((await give(moderator, 1, { done: false })).graded, false)
  assert.deepEqual(await fixture.results(id), [])
  assert.equal((await give(moderator, 1, { reason: 'Copied from a book.' })).graded, true)
})

test('Two who choose other levels of a rubric agree on points, and the levels of neither are told.', async () => {
  for (const [reason, told] of [
    ['good', 2],
    ['some', 0],
  ] as const) {
    const { id, learner, save } = await answered(
      { ...two, tolerance: 50, toleranceUnit: 'percent' },
      { rubric },
    )
    const [one, other] = people()
    await save(one, { revision: 0, levels: { reason: 'good', style: 'clear' } })
    await save(other, { revision: 0, levels: { reason, style: 'clear' } })
    const essay = (await readAttempt(fixture.tools, learner, id)).result?.questions[1]
    assert.equal(essay?.marks.filter(({ given }) => given !== null).length, told)
    assert.equal(essay?.awarded, reason === 'good' ? 3 : 2.5)
  }
})

test('A draft that is left is taken over by a third person, who begins anew.', async () => {
  const { read, save, give } = await answered()
  const [one, other, third] = people()
  await give(one, 2)
  const { revision } = await save(other, { revision: 0, awarded: 0, comment: 'Unfinished', done: false })
  const { place, comment, markedByYou, revision: seen } = await read(third)
  assert.deepEqual([place, comment, markedByYou, seen], ['second', '', false, revision])
  await save(third, { revision: seen, awarded: 1, done: false })
  await assert.rejects(save(other, { revision, awarded: 3 }), { code: 'mark_changed' })
  assert.equal((await give(third, 2)).graded, true)
  await assert.rejects(save(other, { revision, awarded: 3 }), { code: 'not_found' })
  // What was begun is not lost: it stays in the record of its marker, and is nobody else's.
  const given = async (by: AskingCaller) =>
    JSON.stringify(await selectOneOfMarksGivenBy(fixture.school, by.actor.userId))
  assert.ok((await given(other)).includes('Unfinished'))
  assert.ok(!(await given(third)).includes('Unfinished'))
})

test('A marker’s download has the marks that they gave, once, and none of another.', async () => {
  const { give } = await answered()
  const [one, other] = people()
  await give(one, 0, { comment: 'Mine' })
  await give(other, 3, { comment: 'Theirs' })
  const told = JSON.stringify(await selectOneOfMarksGivenBy(fixture.school, one.actor.userId))
  assert.ok(told.includes('Mine') && !told.includes('Theirs'))
  assert.deepEqual(await selectMarksGivenBy(fixture.school, one.actor.userId), [])
})

test('A regrade while an answer is to be decided takes what is graded alone, and the decision is made all the same.', async () => {
  const { quiz, id, give } = await answered()
  const [one, other, moderator] = people()
  await give(one, 0)
  const graded = await fixture.written(quiz)
  const { items } = await listAnswersToMark(fixture.tools, one, quiz.id)
  const theirs = markingOf(items.find(item => item.place === 'first' && item.state === 'waiting')?.id ?? '')
  for (const by of [one, other]) await theirs.give(by, 3)
  await fixture.school.transaction(async tx => {
    await lockQuiz(tx, quiz.id, 'update')
    const before = await selectQuestions(tx, quiz.id)
    const after = before.map(question =>
      question.id === quiz.choiceId ? { ...question, correctAnswer: ['b'] } : question,
    )
    await changeQuestions(tx, quiz.id, before, after as typeof before)
  })
  const choices = { questions: [{ questionId: quiz.choiceId, rule: 'key' as const }], neverLower: false }
  const { version, attemptCount } = await previewRegrade(fixture.tools, one, quiz.id, choices)
  assert.equal(attemptCount, 1)
  await give(other, 3)
  const input = { ...choices, version, tellLearners: false }
  const { regradeId } = await startRegrade(fixture.tools, one, quiz.id, input)
  const { organizationId } = fixture
  await overlapped(
    kit.db,
    organizationId,
    tx => lockOptionalAttempt(tx, id),
    () => {
      const decided = give(moderator, 2, { reason: 'Looked again.' })
      return Promise.all([
        decided,
        runRegrade(fixture.tools, { organizationId, regradeId }, { lastAttempt: true }),
      ])
    },
  )
  const scores = async (submissionId: string) =>
    (await fixture.results(submissionId)).map(({ payload }) => payload.scorePercent)
  assert.deepEqual(await scores(id), [75], 'by the key that its learner was asked with')
  assert.deepEqual((await scores(graded.id)).toSorted(), [100, 75])
})
