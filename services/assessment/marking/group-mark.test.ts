import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { AskingCaller } from '@azora/kit/caller.ts'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, inTurn, type TestKit } from '@azora/kit/testing.ts'
import { v7 as uuidv7 } from 'uuid'
import { takeGroups } from '../groups/take-groups.ts'
import { assessment } from '../service.ts'
import { readAttempt } from '../submissions/attempt.ts'
import { createEssayFixture, rubric } from './essay-fixture.ts'
import { type GroupMark, markGroup } from './group-mark.ts'
import { getAnswerToMark, listAnswersToMark } from './mark-answers.ts'
import type { MarkingSettings } from './marking.store.ts'
import { setMarking } from './marking-settings.ts'
import { saveMark } from './save-mark.ts'

/** One mark for a whole group. An essay is worth 3, and the choice beside it, which is right, 1. */

let kit: TestKit
let fixture: ReturnType<typeof createEssayFixture>
before(async () => {
  kit = await createTestKit(assessment)
  fixture = createEssayFixture(kit)
})
after(() => kit.dispose())

const together = { release: 'together', anonymous: false } as const

/** A quiz with a group: so many wrote an essay, one of the group did not, and someone beside the group did. */
async function handedIn(
  count: number,
  settings: Partial<MarkingSettings> = {},
  body: Parameters<typeof fixture.essayQuiz>[1] = {},
) {
  const quiz = await fixture.essayQuiz({}, body)
  const teacher = fixture.teacher()
  await setMarking(fixture.tools, teacher, quiz.id, { ...together, ...settings })
  const attempts = []
  for (let at = 0; at < count; at++) attempts.push(await fixture.written(quiz))
  const beside = await fixture.written(quiz)
  const absent = fixture.person().actor.userId
  const { courseId, items } = await listAnswersToMark(fixture.tools, teacher, quiz.id)
  const answerOf = (userId: string) => items.find(item => item.userId === userId)?.id ?? assert.fail()
  const userIds = attempts.map(({ learner }) => learner.actor.userId)
  const answerIds = userIds.map(answerOf)
  const groupId = uuidv7()
  const { organizationId } = fixture
  let revision = 0
  const join = (memberIds: string[]) =>
    fixture.school.transaction(tx =>
      takeGroups(tx, {
        courseId,
        organizationId,
        revision: ++revision,
        groups: [{ id: groupId, memberIds }],
      }),
    )
  await join([...userIds, absent])
  const from = answerIds[0] as string
  const give = (mark: Partial<GroupMark>, by: AskingCaller = teacher) =>
    markGroup(fixture.tools, by, from, {
      ...{ groupId, apply: true, answers: [], levels: {}, awarded: 2, comment: 'Well built.' },
      ...mark,
    })
  const preview = async (by?: AskingCaller) => (await give({ apply: false }, by)).items
  /** The answers that the preview offers. */
  const offered = async (by?: AskingCaller) =>
    (await preview(by)).flatMap(({ answerId, revision: before, outcome }) =>
      answerId && before !== null && (outcome === 'marks' || outcome === 'replaces')
        ? [{ answerId, revision: before }]
        : [],
    )
  const read = (answerId: string, by = teacher) => getAnswerToMark(fixture.tools, by, answerId)
  const points = () => Promise.all(answerIds.map(async id => (await read(id)).awarded))
  return {
    quiz,
    teacher,
    attempts,
    beside,
    absent,
    userIds,
    answerIds,
    groupId,
    join,
    give,
    preview,
    offered,
    read,
    points,
  }
}

test('A preview says who gets the mark, and marks nothing; then all of them have it, and no one beside them.', async () => {
  const { teacher, quiz, beside, absent, userIds, answerIds, give, preview, offered, read, points } =
    await handedIn(3)
  const outcomes = (await preview()).map(({ userId, outcome }) => [userId, outcome])
  const expected = [...userIds.map(userId => [userId, 'marks']), [absent, 'no_answer']]
  assert.deepEqual(outcomes.toSorted(), expected.toSorted())
  assert.deepEqual(await points(), [null, null, null])
  await give({ answers: await offered() })
  assert.deepEqual(await points(), [2, 2, 2])
  for (const id of answerIds) {
    const { comment, revision } = await read(id)
    assert.deepEqual([comment, revision], ['Well built.', 1])
  }
  const { items } = await listAnswersToMark(fixture.tools, teacher, quiz.id)
  const theirs = items.find(({ userId }) => userId === beside.learner.actor.userId)
  assert.equal(theirs?.state, 'waiting')
})

test('Each answer keeps a mark of its own: one is changed later, and a mark that was given is replaced only as it was seen.', async () => {
  const { teacher, answerIds, give, preview, offered, points } = await handedIn(2)
  await give({ answers: await offered() })
  const [first, second] = answerIds as [string, string]
  await saveMark(fixture.tools, teacher, second, {
    ...{ revision: 1, levels: {}, awarded: 3, comment: '', done: true },
  })
  assert.deepEqual(await points(), [2, 3])
  assert.deepEqual(
    new Set((await preview()).map(({ outcome }) => outcome)),
    new Set(['replaces', 'no_answer']),
  )
  const stale = [
    { answerId: first, revision: 1 },
    { answerId: second, revision: 1 },
  ]
  await assert.rejects(give({ answers: stale, awarded: 1 }), { code: 'mark_changed' })
  assert.deepEqual(await points(), [2, 3], 'all of it or nothing')
  await give({ answers: [{ answerId: first, revision: 1 }], awarded: 1 })
  assert.deepEqual(await points(), [1, 3], 'only who is named')
})

test('With the mark of a group their attempts are graded, where marks are released at once.', async () => {
  const { attempts, give, offered } = await handedIn(2, { release: 'at_once' })
  await give({ answers: await offered() })
  for (const { id, learner } of attempts) {
    const { result } = await readAttempt(fixture.tools, learner, id)
    assert.equal(result?.scorePercent, 75)
  }
})

test('What is released stays: it is said, and refused where it is named.', async () => {
  const { teacher, userIds, answerIds, give, preview, points } = await handedIn(2, { release: 'at_once' })
  const [first, second] = answerIds as [string, string]
  const done = { revision: 0, levels: {}, awarded: 3, comment: '', done: true }
  await saveMark(fixture.tools, teacher, second, done)
  const released = (await preview()).find(({ userId }) => userId === userIds[1])
  assert.deepEqual([released?.outcome, released?.revision], ['released', null])
  const both = [first, second].map(answerId => ({ answerId, revision: 0 }))
  await assert.rejects(give({ answers: both }), { code: 'mark_changed' })
  await assert.rejects(points(), { code: 'not_found' })
})

test('Of two markers each gives the group their own mark; what a moderator decides is left out.', async () => {
  const { answerIds, give, preview, offered, read } = await handedIn(2, {
    markers: 'two',
    tolerance: 1,
    toleranceUnit: 'points',
  })
  const [one, two] = [fixture.teacher(), fixture.teacher()]
  await give({ answers: await offered(one), awarded: 3 }, one)
  const [first = ''] = answerIds
  assert.equal((await read(first, two)).given.length, 0, 'the second does not see it')
  await give({ answers: await offered(two), awarded: 1 }, two)
  const third = fixture.teacher()
  assert.deepEqual(
    new Set((await preview(third)).map(({ outcome }) => outcome)),
    new Set(['to_decide', 'no_answer']),
  )
  const { revision } = await read(first, third)
  await assert.rejects(give({ answers: [{ answerId: first, revision }] }, third), { code: 'mark_changed' })
})

test('Levels of a rubric are given to all, and an incomplete mark to none.', async () => {
  const { answerIds, give, offered, read } = await handedIn(2, {}, { rubric })
  const answers = await offered()
  await assert.rejects(give({ answers, levels: { reason: 'some' }, awarded: null }), {
    code: 'invalid_input',
  })
  await give({ answers, levels: { reason: 'some', style: 'clear' }, awarded: null })
  for (const id of answerIds) {
    const { levels, awarded } = await read(id)
    assert.deepEqual([levels, awarded], [{ reason: 'some', style: 'clear' }, 2])
  }
})

test('No group is marked where names are hidden, by someone else, or without its learner.', async () => {
  const { quiz, teacher, groupId, userIds, give, offered, join } = await handedIn(2)
  const answers = await offered()
  await assert.rejects(give({ answers }, fixture.person()), { code: 'forbidden' })
  await assert.rejects(give({ groupId: uuidv7(), answers }), { code: 'not_found' })
  await join([userIds[0] ?? ''])
  await assert.rejects(give({ answers }), { code: 'mark_changed' })
  await setMarking(fixture.tools, teacher, quiz.id, { release: 'together', anonymous: true })
  await assert.rejects(give({ apply: false, groupId }), { code: 'marked_without_names' })
})

test('Of a mark for one learner and one for their group at the same moment, the first stays, whichever it is.', async () => {
  const outcomes = async (groupFirst: boolean) => {
    const { teacher, attempts, answerIds, give, offered, points } = await handedIn(2)
    const answers = await offered()
    const [, second = ''] = answerIds
    const alone = { revision: 0, levels: {}, awarded: 3, comment: '', done: true }
    const single = () => saveMark(fixture.tools, teacher, second, alone)
    const whole = () => give({ answers })
    const works = groupFirst ? [whole, single] : [single, whole]
    const [first, other] = works as [() => Promise<unknown>, () => Promise<unknown>]
    const held = sql`select from submissions where id = ${attempts[1]?.id ?? ''} for update`
    const both = await inTurn(kit.db, held, first, other)
    return [both.map(({ status }) => status), await points()]
  }
  assert.deepEqual(await outcomes(false), [
    ['fulfilled', 'rejected'],
    [null, 3],
  ])
  assert.deepEqual(await outcomes(true), [
    ['fulfilled', 'rejected'],
    [2, 2],
  ])
})

test('A draft that someone else began is said to be replaced, as it goes with what they wrote.', async () => {
  const { answerIds, userIds, preview } = await handedIn(2)
  const [, second] = answerIds as [string, string]
  const colleague = fixture.teacher()
  const draft = { revision: 0, levels: {}, awarded: 1, comment: 'An hour of thought.', done: false }
  await saveMark(fixture.tools, colleague, second, draft)
  const outcome = (await preview()).find(({ userId }) => userId === userIds[1])?.outcome
  assert.equal(outcome, 'replaces')
})
