import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { AskingCaller } from '@azora/kit/caller.ts'
import { createTestKit, overlapped, type TestKit } from '@azora/kit/testing.ts'
import { getReview } from '../results/review.ts'
import { assessment } from '../service.ts'
import { lockOptionalAttempt } from '../submissions/submissions.store.ts'
import { createEssayFixture } from './essay-fixture.ts'
import { getAnswerToMark, listAnswersToMark } from './mark-answers.ts'
import { setMarking } from './marking-settings.ts'
import { drawSample } from './moderation.ts'
import { type MarkInput, saveMark } from './save-mark.ts'

/** Marks of one person that are moderated in a sample. An essay is worth 3, and the choice beside it, which is right, 1. */

let kit: TestKit
let fixture: ReturnType<typeof createEssayFixture>
before(async () => {
  kit = await createTestKit(assessment)
  fixture = createEssayFixture(kit)
})
after(() => kit.dispose())

const give = async (by: AskingCaller, answerId: string, awarded: number, part: Partial<MarkInput> = {}) => {
  const { revision } = await getAnswerToMark(fixture.tools, by, answerId)
  const input = { revision, levels: {}, awarded, comment: '', done: true, ...part }
  return saveMark(fixture.tools, by, answerId, input)
}

/** Attempts of a quiz that one person marked, in no order. */
async function marked(points: number[], by = fixture.teacher(), release: 'at_once' | 'together' = 'at_once') {
  const quiz = await fixture.essayQuiz({ passingScore: 100 })
  await setMarking(fixture.tools, by, quiz.id, {
    release,
    anonymous: false,
    markers: 'moderated',
    samplePercent: 1,
  })
  const attempts: Awaited<ReturnType<typeof fixture.written>>[] = []
  for (const _ of points) attempts.push(await fixture.written(quiz))
  const desk = (reader = by) => listAnswersToMark(fixture.tools, reader, quiz.id)
  const { items } = await desk()
  for (const [at, awarded] of points.entries()) await give(by, items[at]?.id ?? '', awarded)
  const draw = (drawer = by) => drawSample(fixture.tools, drawer, quiz.id)
  const results = async () => {
    const all = await Promise.all(attempts.map(({ id }) => fixture.results(id)))
    return all.flat().map(({ payload }) => payload.scorePercent)
  }
  return { quiz, attempts, by, desk, draw, results, answerIds: items.map(({ id }) => id) }
}

test('A mark waits for the sample. Those not in it then count, and those in it go to a moderator.', async () => {
  const { by, desk, draw, results } = await marked([0, 1, 1.5, 2])
  const before = await desk()
  assert.deepEqual([before.readyCount, before.waitingCount, await results()], [0, 4, []])
  assert.deepEqual(await draw(), { attemptCount: 4, sampledCount: 2 })
  assert.deepEqual((await results()).toSorted(), [50, 62.5], 'the lowest and the highest are not among them')
  const { items, decideCount } = await desk(fixture.teacher())
  assert.deepEqual(
    [items.map(({ place, state }) => [place, state]), decideCount],
    [
      [
        ['decision', 'waiting'],
        ['decision', 'waiting'],
      ],
      2,
    ],
  )
  for (const { id } of items)
    await assert.rejects(give(by, id, 3, { reason: 'Mine.' }), { code: 'mark_not_yours' })
  await assert.rejects(draw(), { code: 'nothing_to_sample' })
})

test('All that the sample decides is released by it, however few go at once.', async () => {
  const { quiz, by, desk, results } = await marked([0, 1, 1, 1.5, 2])
  await drawSample(fixture.tools, by, quiz.id, 1)
  assert.deepEqual([(await results()).length, (await desk()).readyCount], [3, 0])
})

test('A moderator confirms a mark as it is without a reason, and changes it with one.', async () => {
  const { attempts, desk, draw, results } = await marked([0, 3])
  await draw()
  const moderator = fixture.teacher()
  const [one, other] = (await desk(moderator)).items
  const read = await getAnswerToMark(fixture.tools, moderator, one?.id ?? '')
  assert.ok(read.awarded === 0 || read.awarded === 3, 'the desk begins with the mark that was given')
  assert.equal((await give(moderator, one?.id ?? '', read.awarded ?? -1)).graded, true)
  await assert.rejects(give(moderator, other?.id ?? '', 1), { code: 'invalid_input' })
  await give(moderator, other?.id ?? '', 1, { reason: 'Between the two.' })
  assert.equal((await results()).length, 2)
  const reviews = await Promise.all(attempts.map(({ id }) => getReview(fixture.tools, moderator, id)))
  const markings = reviews.map(({ questions }) => questions[1]?.markings.map(({ place }) => place))
  assert.deepEqual(markings, [
    ['first', 'decision'],
    ['first', 'decision'],
  ])
})

test('A mark that is not in the sample stays as it was given until it is released, but for a moderator.', async () => {
  const { by, desk, draw } = await marked([0, 1, 3], fixture.teacher(), 'together')
  await draw()
  const unsampled = (await desk()).items.find(({ decided }) => decided)?.id ?? assert.fail()
  await assert.rejects(give(by, unsampled, 3), { code: 'mark_not_yours' })
  const saved = await give(fixture.teacher(), unsampled, 2, { reason: 'One point more.' })
  assert.equal(saved.decided, true)
})

test('An attempt that is marked after the sample was drawn waits for the next.', async () => {
  const { quiz, by, desk, draw } = await marked([1, 1], fixture.teacher(), 'together')
  await draw()
  await fixture.written(quiz)
  const late = (await desk()).items.find(({ place }) => place === 'first')
  await assert.rejects(draw(), { code: 'nothing_to_sample' })
  await give(by, late?.id ?? '', 2)
  assert.deepEqual(await draw(), { attemptCount: 1, sampledCount: 1 })
})

test('A sample is drawn once by two at once, and a mark that changes meanwhile is drawn or refused.', async () => {
  for (const drawFirst of [true, false]) {
    const { attempts, answerIds, by, desk, draw } = await marked([1], fixture.teacher(), 'together')
    const change = () => give(by, answerIds[0] ?? '', 2)
    const tasks = drawFirst ? [draw, draw, change] : [change, draw, draw]
    const outcomes = await overlapped(
      kit.db,
      fixture.organizationId,
      tx => lockOptionalAttempt(tx, attempts[0]?.id ?? ''),
      () => Promise.allSettled(tasks.map((task): Promise<unknown> => task())),
    )
    const draws = outcomes.filter((_, at) => tasks[at] === draw)
    assert.deepEqual(draws.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected'])
    const changed = outcomes[tasks.indexOf(change)]?.status === 'fulfilled'
    const moderator = fixture.teacher()
    const [item] = (await desk(moderator)).items
    const { given } = await getAnswerToMark(fixture.tools, moderator, item?.id ?? '')
    assert.deepEqual([item?.place, given.map(({ awarded }) => awarded)], ['decision', [changed ? 2 : 1]])
  }
})

test('Who does not teach the course draws no sample.', async () => {
  const { draw } = await marked([1])
  await assert.rejects(draw(fixture.person()), { code: 'forbidden' })
})
