import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createTestKit, overlapped, type TestKit, untilBlocked } from '@azora/kit/testing.ts'
import pg from 'pg'
import { selectOptionalQuiz } from '../quizzes/quizzes.store.ts'
import { assessment } from '../service.ts'
import { saveAnswers, submitAttempt } from './attempt.ts'
import { createAttemptFixture } from './attempt-fixture.ts'
import { finish, finishLocked, sweepExpired } from './finish-attempt.ts'
import { startAttempt } from './start-attempt.ts'
import { lockOptionalAttempt, mergeAnswers } from './submissions.store.ts'

/** An attempt whose time is over, which several things end at the same moment. */

let kit: TestKit
let fixture: ReturnType<typeof createAttemptFixture>
before(async () => {
  kit = await createTestKit(assessment)
  fixture = createAttemptFixture(kit)
})
after(() => kit.dispose())

/** An attempt that was begun an hour ago and may take ten minutes. */
async function expired() {
  const { id: quizId } = await fixture.quiz({ timeLimitMinutes: 10 })
  const context = fixture.person()
  const { id } = await startAttempt(fixture.tools, context, quizId, undefined)
  await fixture.endedAgo(id, 3000)
  const quiz = await selectOptionalQuiz(fixture.school, quizId)
  assert.ok(quiz)
  return { quiz, context, id }
}

test('A new attempt begins while the old one is being graded, which is told of once.', async () => {
  const { quiz, context, id } = await expired()
  const graded = Promise.withResolvers<void>()
  const commit = Promise.withResolvers<void>()
  const other = fixture.school.transaction(async tx => {
    await finishLocked(tx, fixture.tools, id)
    graded.resolve()
    await commit.promise
  })
  await graded.promise
  const begun = startAttempt(fixture.tools, context, quiz.id, undefined)
  begun.catch(() => {})
  await untilBlocked(kit.db)
  commit.resolve()
  await other
  assert.deepEqual([(await begun).attemptNumber, (await begun).state], [2, 'in_progress'])
  assert.equal((await fixture.results(id)).length, 1)
})

test('Two tabs that begin anew at once get one attempt, and the old one is told of once.', async () => {
  const { quiz, context, id } = await expired()
  const [one, two] = await Promise.all([
    startAttempt(fixture.tools, context, quiz.id, undefined),
    startAttempt(fixture.tools, context, quiz.id, undefined),
    sweepExpired(fixture.tools),
  ])
  assert.equal(one.id, two.id)
  assert.equal(one.attemptNumber, 2)
  assert.equal((await fixture.results(id)).length, 1)
})

test('The sweep grades all but the attempt that cannot be graded, and says that there is one.', async () => {
  const [bad, good] = [await expired(), await expired()]
  const admin = new pg.Client({ connectionString: kit.adminUrl })
  await admin.connect()
  await admin.query(`
    create function assessment.refuse() returns trigger language plpgsql as $$ begin raise 'not this one'; end $$;
    create trigger refuse before update on assessment.submissions for each row when (old.id = '${bad.id}')
      execute function assessment.refuse()`)
  await admin.end()
  await assert.rejects(sweepExpired(fixture.tools), { name: 'AggregateError' })
  assert.equal((await fixture.results(good.id)).length, 1)
  assert.equal((await fixture.results(bad.id)).length, 0)
})

test('An answer that is being kept while its attempt is submitted counts, or is told that it came too late.', async () => {
  const { id, questionId } = await fixture.quiz()
  const right = { [questionId]: ['a'] }
  const [early, late] = [fixture.person(), fixture.person()]
  const [one, two] = [
    await startAttempt(fixture.tools, early, id, undefined),
    await startAttempt(fixture.tools, late, id, undefined),
  ]
  const submitted = await overlapped(
    kit.db,
    fixture.organizationId,
    tx => mergeAnswers(tx, { id: one.id, reached: 0 }, right),
    () => submitAttempt(fixture.tools, early, one.id, undefined),
  )
  assert.equal(submitted.result?.scorePercent, 100)
  const tooLate = overlapped(
    kit.db,
    fixture.organizationId,
    async tx => {
      const found = (await lockOptionalAttempt(tx, two.id)) ?? assert.fail()
      await finish(tx, fixture.tools, found, found.attempt.answers)
    },
    () => saveAnswers(fixture.tools, late, two.id, right),
  )
  await assert.rejects(tooLate, { code: 'attempt_closed' })
  const [result] = await fixture.results(two.id)
  assert.equal(result?.payload.scorePercent, 0)
})
