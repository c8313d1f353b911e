import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import { v7 as uuidv7 } from 'uuid'
import { assessmentPersonalData } from '../privacy/personal-data.ts'
import { assessment } from '../service.ts'
import { createEssayFixture } from './essay-fixture.ts'
import { holdAnswer } from './hold-answer.ts'
import { listAnswersToMark } from './mark-answers.ts'
import { setMarking } from './marking-settings.ts'
import { saveMark } from './save-mark.ts'
import { changeComment, deleteComment, keepComment, listSavedComments } from './saved-comments.ts'
import { leaveOpenFor } from './testing.store.ts'

/** What a marker keeps, and which answer a marker has open. */

let kit: TestKit
let fixture: ReturnType<typeof createEssayFixture>
before(async () => {
  kit = await createTestKit(assessment)
  fixture = createEssayFixture(kit)
})
after(() => kit.dispose())

const textsOf = async (by: ReturnType<typeof fixture.teacher>) =>
  (await listSavedComments(kit, by)).items.map(({ text }) => text)

test('Saved comments are changed and deleted by whose they are, and seen by no one else.', async () => {
  const [mine, other] = [fixture.teacher(), fixture.teacher()]
  const { id } = await keepComment(kit, mine, 'Say why.')
  assert.deepEqual(await textsOf(other), [])
  await assert.rejects(changeComment(kit, other, { id, text: 'Mine now.' }), { code: 'not_found' })
  await deleteComment(kit, other, id)
  const elsewhere = { ...mine, actor: { ...mine.actor, organizationId: uuidv7() } }
  assert.deepEqual(await textsOf(elsewhere), [])
  await changeComment(kit, mine, { id, text: 'Say more.' })
  assert.deepEqual(await textsOf(mine), ['Say more.'])
  await deleteComment(kit, mine, id)
  assert.deepEqual(await textsOf(mine), [])
})

test('The same text is kept once, and of those that are saved at once no more than 200.', async () => {
  const by = fixture.teacher()
  await Promise.all([1, 2, 3].map(() => keepComment(kit, by, 'Say why.')))
  assert.deepEqual(await textsOf(by), ['Say why.'])
  for (let n = 2; n < 200; n++) await keepComment(kit, by, `Comment ${n}`)
  const last = await Promise.allSettled(['One', 'Two'].map(text => keepComment(kit, by, text)))
  assert.deepEqual(last.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  assert.equal(last.find(one => one.status === 'rejected')?.reason.code, 'too_many_comments')
  assert.equal((await textsOf(by)).length, 200)
})

test('Saved comments are in their owner’s download, and gone with the account.', async () => {
  const by = fixture.teacher()
  const { userId } = by.actor
  await keepComment(kit, by, 'Say why.')
  const files = await assessmentPersonalData.gather(fixture.school, userId)
  assert.match(JSON.stringify(files.find(({ name }) => name === 'saved-comments.json')), /Say why\./)
  await fixture.school.transaction(tx => assessmentPersonalData.erase(tx, userId))
  assert.deepEqual(await textsOf(by), [])
})

test('A marker sees which answers others have open, until they open another or are gone for a minute.', async () => {
  const quiz = await fixture.essayQuiz()
  await fixture.written(quiz)
  await fixture.written(quiz)
  const [one, two] = [fixture.teacher(), fixture.teacher()]
  const [first, second] = (await listAnswersToMark(fixture.tools, one, quiz.id)).items.map(({ id }) => id)
  const hold = async (by: typeof one, id = first) =>
    (await holdAnswer(fixture.tools, by, id ?? '')).openElsewhere
  assert.deepEqual(await hold(one), [])
  assert.deepEqual(await hold(two), [first])
  assert.deepEqual(await hold(one), [first])
  assert.deepEqual(await hold(two, second), [first])
  assert.deepEqual(await hold(one), [second])
  await leaveOpenFor(fixture.school, two.actor.userId, 30)
  assert.deepEqual(await hold(one), [second])
  await leaveOpenFor(fixture.school, two.actor.userId, 61)
  assert.deepEqual(await hold(one), [])
})

test('Of two markers neither hears that the other has an answer open, before it is to be decided.', async () => {
  const quiz = await fixture.essayQuiz()
  await setMarking(fixture.tools, fixture.teacher(), quiz.id, {
    release: 'together',
    anonymous: false,
    markers: 'two',
    tolerance: 0,
    toleranceUnit: 'points',
  })
  await fixture.written(quiz)
  const [one, other] = [fixture.teacher(), fixture.teacher()]
  const answerId = (await listAnswersToMark(fixture.tools, one, quiz.id)).items[0]?.id ?? ''
  const hold = async (by: typeof one) => (await holdAnswer(fixture.tools, by, answerId)).openElsewhere
  await hold(one)
  assert.deepEqual(await hold(other), [])
  for (const [by, awarded] of [
    [one, 0],
    [other, 3],
  ] as const)
    await saveMark(fixture.tools, by, answerId, { revision: 0, levels: {}, awarded, comment: '', done: true })
  assert.deepEqual(await hold(fixture.teacher()), [answerId])
})

test('Who does not teach the course neither opens an answer nor hears who has.', async () => {
  const quiz = await fixture.essayQuiz()
  const { learner } = await fixture.written(quiz)
  const [item] = (await listAnswersToMark(fixture.tools, fixture.teacher(), quiz.id)).items
  for (const by of [learner, fixture.person()])
    await assert.rejects(holdAnswer(fixture.tools, by, item?.id ?? ''), { code: 'forbidden' })
  const teacher = fixture.teacher()
  const elsewhere = { ...teacher, actor: { ...teacher.actor, organizationId: uuidv7() } }
  await assert.rejects(holdAnswer(fixture.tools, elsewhere, item?.id ?? ''), { code: 'not_found' })
})
