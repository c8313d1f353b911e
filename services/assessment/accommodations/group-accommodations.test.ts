import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { AskingCaller } from '@azora/kit/caller.ts'
import { createTestKit, overlapped, type TestKit } from '@azora/kit/testing.ts'
import { v7 as uuidv7 } from 'uuid'
import { insertLearners } from '../courses/courses.store.ts'
import { selectStillOpen } from '../gradebook/entries.store.ts'
import { takeGroups } from '../groups/take-groups.ts'
import { lockQuiz, type QuizSettings, selectOptionalQuiz } from '../quizzes/quizzes.store.ts'
import { selectRelease } from '../quizzes/release.store.ts'
import { assessment } from '../service.ts'
import { readAttempt } from '../submissions/attempt.ts'
import { createAttemptFixture } from '../submissions/attempt-fixture.ts'
import { readQuiz, startAttempt } from '../submissions/start-attempt.ts'
import type { Conditions } from './accommodate.ts'
import { listAccommodations, saveAccommodation, saveGroupAccommodation } from './accommodations.ts'

let kit: TestKit
let fixture: ReturnType<typeof createAttemptFixture>
before(async () => {
  kit = await createTestKit(assessment)
  fixture = createAttemptFixture(kit)
})
after(() => kit.dispose())

const none: Conditions = {
  extraPercent: 0,
  extraMinutes: 0,
  extraBreakMinutes: 0,
  extraAttempts: 0,
  opensAt: null,
  dueAt: null,
  closesAt: null,
}

const fromNow = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()
const begin = (learner: AskingCaller, quizId: string) =>
  startAttempt(fixture.tools, learner, quizId, undefined)
const minutesOf = ({ startedAt, expiresAt }: { startedAt: string; expiresAt: string | null }) =>
  (Date.parse(expiresAt ?? '') - Date.parse(startedAt)) / 60_000

/** A quiz of a course with two groups, and a learner in both. */
async function course(settings: Partial<QuizSettings>) {
  const { id, questionId } = await fixture.quiz(settings)
  const { courseId } = (await selectOptionalQuiz(fixture.school, id)) ?? assert.fail()
  const [learner, teacher] = [fixture.person(), fixture.person({ author: true })]
  const { userId, organizationId } = learner.actor
  await insertLearners(fixture.school, [{ courseId, userId }])
  const [reds, blues] = [uuidv7(), uuidv7()]
  let revision = 0
  const news = (inReds: string[], inBlues: string[]) => ({
    ...{ courseId, organizationId, revision: ++revision },
    groups: [
      { id: reds, memberIds: inReds },
      { id: blues, memberIds: inBlues },
    ],
  })
  const groups = (inReds: string[], inBlues: string[]) =>
    fixture.school.transaction(tx => takeGroups(tx, news(inReds, inBlues)))
  await groups([userId], [userId])
  const give = (groupId: string, given: Partial<Conditions>, quizId: string | null = null, by = teacher) =>
    saveGroupAccommodation(fixture.tools, by, { courseId, groupId, quizId, ...none, ...given })
  const giveOwn = (given: Partial<Conditions>, quizId: string | null = null) =>
    saveAccommodation(fixture.tools, teacher, { courseId, userId, quizId, ...none, ...given })
  const read = () => readQuiz(fixture.tools, learner, id)
  return { id, questionId, courseId, learner, teacher, reds, blues, news, groups, give, giveOwn, read }
}

test('What a group is given, each learner in it has, and is told as if it were given to them.', async () => {
  const { id, reds, give, read, learner } = await course({ timeLimitMinutes: 20, maxAttempts: 1 })
  await give(reds, { extraPercent: 50, extraMinutes: 5, extraAttempts: 1 })
  const { timeLimitMinutes, accommodated, attemptsLeft } = await read()
  assert.deepEqual([timeLimitMinutes, accommodated, attemptsLeft], [35, true, 2])
  assert.equal(minutesOf(await begin(learner, id)), 35)
  const other = fixture.person()
  assert.equal((await readQuiz(fixture.tools, other, id)).accommodated, false)
  assert.equal(minutesOf(await begin(other, id)), 20)
})

test('Of several groups the most generous of each counts; what a group has in a quiz replaces what it has in the course.', async () => {
  const { id, reds, blues, give, read } = await course({
    timeLimitMinutes: 10,
    opensAt: fromNow(100),
    dueAt: fromNow(200),
    closesAt: fromNow(300),
  })
  const [early, late] = [fromNow(50), fromNow(400)]
  await give(reds, { extraMinutes: 5, opensAt: early, dueAt: fromNow(60), closesAt: fromNow(150) })
  await give(blues, { extraMinutes: 90 })
  await give(blues, { extraMinutes: 7, opensAt: fromNow(120), closesAt: late }, id)
  const { timeLimitMinutes, opensAt, dueAt, closesAt } = await read()
  const { dueAt: own } = (await selectOptionalQuiz(fixture.school, id)) ?? assert.fail()
  assert.deepEqual([timeLimitMinutes, opensAt, dueAt, closesAt], [17, early, own, late])
})

test('A group that leaves a quiz without an end makes it endless, whatever another group has.', async () => {
  const { reds, blues, give, read } = await course({ timeLimitMinutes: 10 })
  await give(reds, { closesAt: fromNow(30) })
  assert.notEqual((await read()).closesAt, null)
  await give(blues, { extraMinutes: 1 })
  assert.equal((await read()).closesAt, null)
})

test('What a learner was given themselves goes before what their groups have, also for all quizzes of the course.', async () => {
  const { id, reds, give, giveOwn, read } = await course({ timeLimitMinutes: 20 })
  await give(reds, { extraMinutes: 30 }, id)
  await giveOwn({ extraMinutes: 1 })
  assert.equal((await read()).timeLimitMinutes, 21)
  await giveOwn({})
  assert.equal((await read()).timeLimitMinutes, 50)
})

test('Open attempts follow what a group is given, and who comes into it or leaves it.', async () => {
  const { id, learner, reds, give, groups } = await course({ timeLimitMinutes: 20 })
  const { userId } = learner.actor
  const attempt = await begin(learner, id)
  const minutes = async () => minutesOf(await readAttempt(fixture.tools, learner, attempt.id))
  await give(reds, { extraMinutes: 10 })
  assert.equal(await minutes(), 30)
  await groups([], [userId])
  assert.equal(await minutes(), 20)
  await groups([userId], [])
  assert.equal(await minutes(), 30)
  await give(reds, {})
  assert.equal(await minutes(), 20)
})

test('An attempt that begins while its learner comes into a group has what the group has, whichever is first.', async () => {
  const { id, learner, reds, give, groups, news } = await course({ timeLimitMinutes: 20 })
  const { userId } = learner.actor
  await give(reds, { extraMinutes: 5 })
  await groups([], [])
  const attempt = await overlapped(
    kit.db,
    fixture.organizationId,
    tx => lockQuiz(tx, id, 'share'),
    async () => {
      await fixture.school.transaction(tx => takeGroups(tx, news([userId], [])))
      return begin(learner, id)
    },
  )
  assert.equal(minutesOf(attempt), 25)
  const late = await course({ timeLimitMinutes: 20 })
  await late.give(late.reds, { extraMinutes: 5 })
  await late.groups([], [])
  const begun = await overlapped(
    kit.db,
    fixture.organizationId,
    tx => takeGroups(tx, late.news([late.learner.actor.userId], [])),
    () => begin(late.learner, late.id),
  )
  assert.equal(minutesOf(begun), 25)
})

test('Only who teaches the course gives it to a group of the course, and with a group goes what it has.', async () => {
  const { courseId, learner, teacher, reds, blues, give, groups } = await course({})
  const other = await course({})
  await assert.rejects(give(reds, { extraMinutes: 5 }, null, learner), { code: 'forbidden' })
  await assert.rejects(give(other.reds, { extraMinutes: 5 }), { code: 'not_found' })
  await assert.rejects(give(reds, { extraMinutes: 5 }, other.id), { code: 'not_found' })
  await assert.rejects(give(reds, { opensAt: fromNow(60), closesAt: fromNow(30) }), { code: 'invalid_input' })
  await give(reds, { extraMinutes: 5 })
  const given = async () => (await listAccommodations(fixture.tools, teacher, courseId)).groups
  assert.deepEqual(
    (await given()).map(({ groupId, quizId, extraMinutes }) => [groupId, quizId, extraMinutes]),
    [[reds, null, 5]],
  )
  const { organizationId } = learner.actor
  await fixture.school.transaction(tx =>
    takeGroups(tx, { courseId, organizationId, revision: 50, groups: [{ id: blues, memberIds: [] }] }),
  )
  assert.deepEqual(await given(), [])
  await groups([], [])
})

test('A quiz is not over for a learner whose group has longer, and its answers are shown after the last of them.', async () => {
  const { id, courseId, learner, reds, blues, give, giveOwn, groups } = await course({
    dueAt: fromNow(-90),
    closesAt: fromNow(-60),
    answerRelease: 'after_due',
  })
  const { userId } = learner.actor
  const other = uuidv7()
  const open = async () =>
    (await selectStillOpen(fixture.school, courseId, [userId, other])).map(one => one.userId)
  const released = async () => (await selectRelease(fixture.school, id)).answersReleased
  assert.deepEqual([await open(), await released()], [[], true])
  await give(reds, { dueAt: fromNow(30), closesAt: fromNow(60) })
  await give(blues, { closesAt: fromNow(-10) }, id)
  assert.deepEqual([await open(), await released()], [[userId], false])
  await giveOwn({ closesAt: fromNow(-20) })
  assert.deepEqual(await open(), [])
  await giveOwn({})
  await groups([], [])
  assert.deepEqual([await open(), await released()], [[], true])
})
