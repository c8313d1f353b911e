import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { AskingCaller } from '@azora/kit/caller.ts'
import type { AppError } from '@azora/kit/errors.ts'
import { createTestKit, overlapped, type TestKit } from '@azora/kit/testing.ts'
import { v7 as uuidv7 } from 'uuid'
import { insertLearners } from '../courses/courses.store.ts'
import { assessmentPersonalData } from '../privacy/personal-data.ts'
import { lockQuiz, type QuizSettings, selectOptionalQuiz } from '../quizzes/quizzes.store.ts'
import { assessment } from '../service.ts'
import { readAttempt, saveAnswers, submitAttempt } from '../submissions/attempt.ts'
import { createAttemptFixture } from '../submissions/attempt-fixture.ts'
import { readQuiz, startAttempt } from '../submissions/start-attempt.ts'
import type { Conditions } from './accommodate.ts'
import { listAccommodations, saveAccommodation } from './accommodations.ts'

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

/** A quiz with a learner of its course and their teacher, who gives them something. */
async function course(settings: Partial<QuizSettings>) {
  const { id, questionId } = await fixture.quiz(settings)
  const { courseId } = (await selectOptionalQuiz(fixture.school, id)) ?? assert.fail()
  const [learner, teacher] = [fixture.person(), fixture.person({ author: true })]
  const { userId } = learner.actor
  await insertLearners(fixture.school, [{ courseId, userId }])
  const give = (given: Partial<typeof none>, quizId: string | null = null, by = teacher) =>
    saveAccommodation(fixture.tools, by, { courseId, userId, quizId, ...none, ...given })
  const given = async () => (await listAccommodations(fixture.tools, teacher, courseId)).items
  return { id, questionId, courseId, learner, teacher, give, given }
}

test('Extra time is added in percent and in minutes, for that learner alone, and shown before the start.', async () => {
  const { id, learner, give } = await course({ timeLimitMinutes: 20 })
  await give({ extraPercent: 50, extraMinutes: 5 })
  const overview = await readQuiz(fixture.tools, learner, id)
  assert.deepEqual([overview.timeLimitMinutes, overview.accommodated], [35, true])
  assert.equal(minutesOf(await begin(learner, id)), 35)
  const other = fixture.person()
  assert.equal((await readQuiz(fixture.tools, other, id)).accommodated, false)
  assert.equal(minutesOf(await begin(other, id)), 20)
})

test('An open attempt follows at once, both ways, and the next answer that is saved tells its new end.', async () => {
  const { id, questionId, learner, give } = await course({ timeLimitMinutes: 20 })
  const attempt = await begin(learner, id)
  await give({ extraMinutes: 10 })
  const { expiresAt } = await saveAnswers(fixture.tools, learner, attempt.id, { [questionId]: ['a'] })
  assert.equal(minutesOf({ ...attempt, expiresAt }), 30)
  await give({})
  assert.equal(minutesOf(await readAttempt(fixture.tools, learner, attempt.id)), 20)
})

test('What is given for a quiz stands in place of what is given for the course; nothing removes it.', async () => {
  const { id, learner, give, given } = await course({ timeLimitMinutes: 20 })
  await give({ extraMinutes: 10 })
  await give({ extraMinutes: 1 }, id)
  assert.equal(minutesOf(await begin(learner, id)), 21)
  assert.equal((await given()).length, 2)
  await give({}, id)
  assert.deepEqual(
    (await given()).map(({ quizId, extraMinutes }) => [quizId, extraMinutes]),
    [[null, 10]],
  )
})

test('A learner has more attempts, and a window of their own in place of that of the quiz.', async () => {
  const { id, questionId, learner, give } = await course({
    maxAttempts: 1,
    dueAt: fromNow(-90),
    closesAt: fromNow(-60),
    latePercentPerDay: 50,
  })
  await assert.rejects(begin(learner, id), { code: 'quiz_closed' })
  const own = { dueAt: fromNow(30), closesAt: fromNow(60), extraAttempts: 1 }
  await give(own)
  const overview = await readQuiz(fixture.tools, learner, id)
  assert.deepEqual([overview.closed, overview.closesAt, overview.attemptsLeft], [false, own.closesAt, 2])
  const first = await begin(learner, id)
  assert.equal(first.expiresAt, own.closesAt)
  const { result } = await submitAttempt(fixture.tools, learner, first.id, { [questionId]: ['a'] })
  assert.deepEqual([result?.scorePercent, result?.late], [100, null])
  await begin(learner, id)
  await give({ ...own, opensAt: fromNow(10) })
  assert.equal((await readQuiz(fixture.tools, learner, id)).locked, true)
})

test('An attempt that begins while something is given has it, whichever is first.', async () => {
  const { id, learner, give } = await course({ timeLimitMinutes: 20 })
  const attempt = await overlapped(
    kit.db,
    fixture.organizationId,
    tx => lockQuiz(tx, id, 'share'),
    async () => {
      await give({ extraMinutes: 5 })
      return begin(learner, id)
    },
  )
  assert.equal(minutesOf(attempt), 25)
})

test('Only who teaches the course gives and reads it, to its own learners and for its own quizzes.', async () => {
  const { courseId, learner, give } = await course({})
  const other = await course({})
  await assert.rejects(give({ extraMinutes: 5 }, null, learner), { code: 'forbidden' })
  await assert.rejects(listAccommodations(fixture.tools, learner, courseId), { code: 'forbidden' })
  await assert.rejects(give({ extraMinutes: 5 }, other.id), { code: 'not_found' })
  const stranger = { courseId, userId: uuidv7(), quizId: null, ...none, extraMinutes: 5 }
  await assert.rejects(saveAccommodation(fixture.tools, other.teacher, stranger), { code: 'not_found' })
  await assert.rejects(give({ opensAt: fromNow(60), closesAt: fromNow(30) }), { code: 'invalid_input' })
})

test('What is given leaves a window together with the dates of the quiz, or says which quiz would have none.', async () => {
  const opening = await course({ title: 'Tides', opensAt: fromNow(60), dueAt: fromNow(90) })
  const reasonOf = async (saving: Promise<unknown>) => {
    const refused = await saving.then(
      () => assert.fail('It was saved.'),
      (failure: AppError) => failure,
    )
    return refused.data.fields?.map(({ path, reason }) => [path, reason])
  }
  const { id, give } = opening
  assert.deepEqual(await reasonOf(give({ closesAt: fromNow(30) }, id)), [
    ['closesAt', 'closes_before_opening'],
  ])
  assert.deepEqual(await reasonOf(give({ closesAt: fromNow(70) }, id)), [['dueAt', 'due_after_closing']])
  await assert.rejects(give({ closesAt: fromNow(30) }), ({ data }: AppError) => {
    const [fault] = data.fields ?? []
    assert.deepEqual([fault?.path, fault?.reason], ['closesAt', 'quizzes_never_open'])
    return fault?.values?.quizzes === '“Tides”'
  })
  await give({ closesAt: fromNow(120) }, id)
  await give({ closesAt: fromNow(30) })
  assert.equal((await opening.given()).length, 2)
  const over = await course({ opensAt: fromNow(-60), closesAt: fromNow(-30) })
  await over.give({ opensAt: fromNow(10) })
  assert.equal((await over.given()).length, 1)
})

test('A learner finds what they were given in their download, and it goes with their account.', async () => {
  const { learner, give, given } = await course({})
  await give({ extraPercent: 25 })
  const { userId } = learner.actor
  const files = await assessmentPersonalData.gather(fixture.school, userId)
  const told = files.find(({ name }) => name === 'accommodations.json')?.content
  assert.equal((told as { extraPercent: number }[])[0]?.extraPercent, 25)
  await fixture.school.transaction(tx => assessmentPersonalData.erase(tx, userId))
  assert.deepEqual(await given(), [])
})
