import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { AskingCaller } from '@azora/kit/caller.ts'
import { createTestKit, overlapped, type TestKit } from '@azora/kit/testing.ts'
import { selectMarksGivenBy } from '../privacy/privacy.store.ts'
import { assessment } from '../service.ts'
import { lockOptionalAttempt } from '../submissions/submissions.store.ts'
import { createEssayFixture } from './essay-fixture.ts'
import { selectMarkings } from './given-marks.store.ts'
import { getAnswerToMark, listAnswersToMark, releaseMarks } from './mark-answers.ts'
import type { MarkingSettings } from './marking.store.ts'
import { setMarking } from './marking-settings.ts'
import { type MarkInput, saveMark } from './save-mark.ts'

/** A setting that is changed while a quiz is being marked. An essay is worth 3. */

let kit: TestKit
let fixture: ReturnType<typeof createEssayFixture>
before(async () => {
  kit = await createTestKit(assessment)
  fixture = createEssayFixture(kit)
})
after(() => kit.dispose())

const set = (quizId: string, settings: Partial<MarkingSettings>) =>
  setMarking(fixture.tools, fixture.teacher(), quizId, { release: 'together', anonymous: false, ...settings })
const two = { markers: 'two', tolerance: 0, toleranceUnit: 'points' } as const
const read = (by: AskingCaller, answerId: string) => getAnswerToMark(fixture.tools, by, answerId)
const give = async (by: AskingCaller, answerId: string, awarded: number, part: Partial<MarkInput> = {}) => {
  const { revision } = await read(by, answerId)
  const input = { revision, levels: {}, awarded, comment: '', done: true, ...part }
  return saveMark(fixture.tools, by, answerId, input)
}
async function quizWith(settings: Partial<MarkingSettings>, answers = 1) {
  const quiz = await fixture.essayQuiz()
  await set(quiz.id, settings)
  const attempts: Awaited<ReturnType<typeof fixture.written>>[] = []
  for (let at = 0; at < answers; at++) attempts.push(await fixture.written(quiz))
  const desk = (by = fixture.teacher()) => listAnswersToMark(fixture.tools, by, quiz.id)
  const answerIds = (await desk()).items.map(({ id }) => id)
  return { id: quiz.id, attempts, desk, answerIds }
}

test('Marks and drafts that one person gave become the first of two, and await the second.', async () => {
  const { id, desk, answerIds } = await quizWith({}, 2)
  const [one, other] = [fixture.teacher(), fixture.teacher()]
  const [given, drafted] = answerIds as [string, string]
  await give(one, given, 2)
  await give(one, drafted, 1, { done: false, comment: 'So far' })
  await set(id, two)
  const { items, readyCount } = await desk(one)
  assert.deepEqual(
    new Map(items.map(({ id: answer, place, state }) => [answer, [place, state]])),
    new Map([
      [given, ['first', 'marked']],
      [drafted, ['first', 'draft']],
    ]),
  )
  assert.equal(readyCount, 0)
  assert.equal((await read(one, drafted)).comment, 'So far')
  assert.deepEqual([(await read(other, drafted)).place, (await read(other, drafted)).comment], ['second', ''])
  assert.equal((await give(other, given, 2)).decided, true)
})

test('Back to one person a first mark is the mark, and nothing is released by it.', async () => {
  const { id, desk, answerIds, attempts } = await quizWith(two)
  const [one, other] = [fixture.teacher(), fixture.teacher()]
  const [answerId] = answerIds as [string]
  await give(one, answerId, 2, { comment: 'Good.' })
  const { revision } = await give(other, answerId, 0, { done: false })
  await set(id, { markers: 'one', release: 'at_once' })
  // A page of before shows a mark of which this is the revision.
  await assert.rejects(give(other, answerId, 0, { revision }), { code: 'mark_changed' })
  const [item] = (await desk(other)).items
  assert.deepEqual([item?.place, item?.state, item?.decided], [null, 'marked', true])
  assert.equal((await read(other, answerId)).comment, 'Good.')
  assert.deepEqual(await fixture.results(attempts[0]?.id ?? ''), [])
  await releaseMarks(fixture.tools, one, id)
  assert.equal((await fixture.results(attempts[0]?.id ?? ''))[0]?.payload.scorePercent, 75)
})

test('From two to moderated the mark that is done is the first, no page of before saves over it, and both go on.', async () => {
  for (const firstDone of [true, false]) {
    const { id, desk, answerIds } = await quizWith(two)
    const [one, other] = [fixture.teacher(), fixture.teacher()]
    const [answerId] = answerIds as [string]
    const first = await give(one, answerId, 1, { done: firstDone, comment: 'From one' })
    const second = await give(other, answerId, 2, { done: !firstDone, comment: 'From the other' })
    await set(id, { markers: 'moderated' })
    for (const by of [one, other]) {
      const [item] = (await desk(by)).items
      assert.deepEqual([item?.place, item?.state, item?.decided], ['first', 'marked', false])
      const { comment, given } = await read(by, answerId)
      assert.deepEqual([comment, given], [firstDone ? 'From one' : 'From the other', []])
    }
    for (const { revision } of [first, second])
      await assert.rejects(give(other, answerId, 3, { revision }), { code: 'mark_changed' })
    assert.equal((await give(other, answerId, 3)).state, 'marked')
    assert.equal((await give(one, answerId, 2)).state, 'marked')
  }
})

test('What waits for a moderator goes on waiting, and what two agreed on stays.', async () => {
  const { id, desk, answerIds } = await quizWith(two, 2)
  const [one, other] = [fixture.teacher(), fixture.teacher()]
  const [apart, agreed] = answerIds as [string, string]
  for (const [by, points] of [
    [one, 0],
    [other, 3],
  ] as const) {
    await give(by, apart, points)
    await give(by, agreed, 2)
  }
  for (const markers of ['one', 'moderated', 'two'] as const) {
    await set(id, { markers })
    const { items } = await desk()
    const found = new Map(items.map(item => [item.id, [item.place, item.state, item.decided]]))
    assert.deepEqual(found.get(apart), ['decision', 'waiting', false], markers)
    assert.deepEqual(found.get(agreed), ['decision', 'marked', true], markers)
  }
})

test('To and fro, the marks of before stay in the record and the newer mark counts.', async () => {
  const { id, answerIds } = await quizWith(two)
  const [one, other] = [fixture.teacher(), fixture.teacher()]
  const [answerId] = answerIds as [string]
  await give(one, answerId, 1)
  await set(id, { markers: 'one' })
  await give(other, answerId, 3)
  await set(id, two)
  assert.equal((await read(other, answerId)).place, 'first')
  assert.equal((await read(other, answerId)).awarded, 3)
  assert.equal((await read(one, answerId)).place, 'second')
})

test('Back to one person a new mark stands alone, in the record and in the download of who gave it.', async () => {
  const { id, answerIds, attempts } = await quizWith(two)
  const [one, other] = [fixture.teacher(), fixture.teacher()]
  const [answerId] = answerIds as [string]
  await give(one, answerId, 1)
  await set(id, { markers: 'one' })
  await give(other, answerId, 3, { comment: 'Newer' })
  const markings = await selectMarkings(fixture.school, attempts[0]?.id ?? '')
  assert.deepEqual(
    markings.map(({ points, superseded }) => [points, superseded]),
    [[1, true]],
  )
  const told = (by: AskingCaller) => selectMarksGivenBy(fixture.school, by.actor.userId)
  assert.deepEqual([(await told(one)).length, (await told(other)).length], [0, 1])
  assert.ok(JSON.stringify(await told(other)).includes('Newer'))
})

test('What a change leaves out stays as it is.', async () => {
  const { id } = await quizWith({ ...two, samplePercent: 30, markersDecide: true })
  const settings = await set(id, { anonymous: true })
  assert.partialDeepStrictEqual(settings, { ...two, samplePercent: 30, markersDecide: true, anonymous: true })
})

test('A mark that is saved while the setting changes is made by the old or by the new one, and is not lost.', async () => {
  for (const saveFirst of [true, false]) {
    const { id, answerIds, attempts, desk } = await quizWith({})
    const [one] = [fixture.teacher()]
    const [answerId] = answerIds as [string]
    const save = () => give(one, answerId, 2)
    const change = () => set(id, two)
    await overlapped(
      kit.db,
      fixture.organizationId,
      tx => lockOptionalAttempt(tx, attempts[0]?.id ?? ''),
      () => Promise.all(saveFirst ? [save(), change()] : [change(), save()]),
    )
    const [item] = (await desk(one)).items
    assert.deepEqual([item?.place, item?.state, item?.decided], ['first', 'marked', false])
    assert.equal((await read(one, answerId)).awarded, 2)
  }
})
