import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { AskingCaller } from '@azora/kit/caller.ts'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import { assessmentPersonalData } from '../privacy/personal-data.ts'
import { selectAttemptsOf, selectMarksGivenBy } from '../privacy/privacy.store.ts'
import { getReview } from '../results/review.ts'
import { assessment } from '../service.ts'
import { readAttempt } from '../submissions/attempt.ts'
import { createEssayFixture } from './essay-fixture.ts'
import { getAnswerToMark, listAnswersToMark, releaseMarks } from './mark-answers.ts'
import type { MarkingSettings } from './marking.store.ts'
import { setMarking } from './marking-settings.ts'
import { type MarkInput, saveMark } from './save-mark.ts'

/** Comments on places in an answer, from the draft to the learner. The essay is `Water is lazy.\n\nIt bends.` */

let kit: TestKit
let fixture: ReturnType<typeof createEssayFixture>
before(async () => {
  kit = await createTestKit(assessment)
  fixture = createEssayFixture(kit)
})
after(() => kit.dispose())

const on = (start: number, end: number, comment: string) => ({
  on: 'text' as const,
  start,
  end,
  quote: 'Water is lazy.\n\nIt bends.'.slice(start, end),
  comment,
})

async function answered(settings: Partial<MarkingSettings> = {}) {
  const quiz = await fixture.essayQuiz()
  const set = (part: Partial<MarkingSettings>) =>
    setMarking(fixture.tools, fixture.teacher(), quiz.id, { release: 'at_once', anonymous: false, ...part })
  await set(settings)
  const { id, learner } = await fixture.written(quiz)
  const { items } = await listAnswersToMark(fixture.tools, fixture.teacher(), quiz.id)
  const answerId = items[0]?.id ?? assert.fail('nothing is to be marked')
  const read = (by: AskingCaller) => getAnswerToMark(fixture.tools, by, answerId)
  const save = async (by: AskingCaller, input: Partial<MarkInput>) => {
    const { revision } = await read(by)
    const blank = { revision, levels: {}, awarded: 3, comment: '', done: true }
    return saveMark(fixture.tools, by, answerId, { ...blank, ...input })
  }
  const shown = async () => (await readAttempt(fixture.tools, learner, id)).result?.questions[1]?.annotations
  return { quiz, id, learner, read, save, shown, set }
}

test('Comments are part of the draft, in the order of their places, and stay where a save does not name them.', async () => {
  const { read, save } = await answered()
  const teacher = fixture.teacher()
  await save(teacher, { annotations: [on(9, 13, 'Lazy?'), on(0, 5, 'Which?')], done: false })
  const kept = [on(0, 5, 'Which?'), on(9, 13, 'Lazy?')]
  assert.deepEqual((await read(teacher)).annotations, kept)
  await save(teacher, { comment: 'So far', done: false })
  assert.deepEqual((await read(teacher)).annotations, kept)
  await save(teacher, { annotations: [], done: false })
  assert.deepEqual((await read(teacher)).annotations, [])
})

test('The learner and a download show comments with the result, and not a byte before it is released.', async () => {
  const { quiz, id, learner, save, shown } = await answered({ release: 'together' })
  const teacher = fixture.teacher()
  await save(teacher, { annotations: [on(0, 5, 'Which water?')] })
  const told = async () =>
    JSON.stringify([
      await readAttempt(fixture.tools, learner, id),
      await selectAttemptsOf(fixture.school, learner.actor.userId),
    ])
  assert.ok(!(await told()).includes('Which water?'))
  await releaseMarks(fixture.tools, teacher, quiz.id)
  assert.deepEqual(await shown(), [on(0, 5, 'Which water?')])
  assert.ok(
    JSON.stringify(await selectAttemptsOf(fixture.school, learner.actor.userId)).includes('Which water?'),
  )
  const review = await getReview(fixture.tools, teacher, id)
  assert.deepEqual(review.questions[1]?.annotations, [on(0, 5, 'Which water?')])
})

test('A place that is not in the answer is refused, and what was there stays.', async () => {
  const { read, save } = await answered()
  const teacher = fixture.teacher()
  await save(teacher, { annotations: [on(0, 5, 'Which?')], done: false })
  const wrong = { ...on(0, 5, 'Which?'), quote: 'Wine' }
  const refused = await save(teacher, { annotations: [wrong] }).catch((failure: object) => failure)
  assert.partialDeepStrictEqual(
    { ...refused },
    { code: 'invalid_input', data: { fields: [{ reason: 'annotation_outside' }] } },
  )
  assert.deepEqual([(await read(teacher)).annotations.length, (await read(teacher)).state], [1, 'draft'])
})

test('Two markers have comments of their own, blind, and the learner sees those of both where they agree.', async () => {
  const { read, save, shown } = await answered({ markers: 'two', tolerance: 1, toleranceUnit: 'points' })
  const [one, other] = [fixture.teacher(), fixture.teacher()]
  await save(one, { annotations: [on(9, 13, 'Lazy?')] })
  assert.ok(!JSON.stringify(await read(other)).includes('Lazy?'))
  await save(other, { annotations: [on(0, 5, 'Which?')] })
  assert.deepEqual(await shown(), [on(0, 5, 'Which?'), on(9, 13, 'Lazy?')])
})

test('Of a decision the learner sees the comments of the moderator alone, who may begin with those of a marker.', async () => {
  const { read, save, shown } = await answered({ markers: 'two', tolerance: 0, toleranceUnit: 'points' })
  const [one, other, moderator] = [fixture.teacher(), fixture.teacher(), fixture.teacher()]
  await save(one, { annotations: [on(9, 13, 'Lazy?')] })
  await save(other, { awarded: 0, annotations: [on(0, 5, 'Wrong.')] })
  const { given, annotations } = await read(moderator)
  assert.deepEqual([given.map(mark => mark.annotations[0]?.comment), annotations], [['Lazy?', 'Wrong.'], []])
  await save(moderator, { awarded: 2, reason: 'The first is right.', annotations: given[0]?.annotations })
  assert.deepEqual(await shown(), [on(9, 13, 'Lazy?')])
})

test('Comments come along when the setting changes in mid-marking.', async () => {
  const { read, save, set, shown, quiz } = await answered({ release: 'together' })
  const teacher = fixture.teacher()
  await save(teacher, { annotations: [on(0, 5, 'Which?')] })
  await set({ markers: 'two', release: 'together' })
  assert.equal((await read(teacher)).annotations.length, 1)
  assert.equal((await read(fixture.teacher())).annotations.length, 0)
  await set({ markers: 'one', release: 'together' })
  await releaseMarks(fixture.tools, teacher, quiz.id)
  assert.deepEqual(await shown(), [on(0, 5, 'Which?')])
})

test('A marker’s download has their comments, and those in a learner’s answers go with the learner.', async () => {
  const { learner, save } = await answered()
  const teacher = fixture.teacher()
  await save(teacher, { annotations: [on(0, 5, 'Which?')] })
  const { userId } = teacher.actor
  const told = async () => JSON.stringify(await selectMarksGivenBy(fixture.school, userId))
  assert.ok((await told()).includes('Which?'))
  await fixture.school.transaction(tx => assessmentPersonalData.erase(tx, learner.actor.userId))
  assert.ok(!(await told()).includes('Which?'))
})
