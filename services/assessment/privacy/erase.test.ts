import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { withCorrelation } from '@azora/kit/context.ts'
import type { Actor } from '@azora/kit/identity.ts'
import { personalDataPart } from '@azora/kit/personal-data.ts'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, type TestKit, testRun } from '@azora/kit/testing.ts'
import { assessment } from '../service.ts'
import { createAttemptFixture } from '../submissions/attempt-fixture.ts'
import { startAttempt } from '../submissions/start-attempt.ts'
import { selectOptionalSubmission } from '../submissions/submissions.store.ts'
import { assessmentPersonalData } from './personal-data.ts'

let kit: TestKit
before(async () => {
  kit = await createTestKit(assessment)
})
after(() => kit.dispose())

test('With a learner go their attempts, and those of others stay.', async () => {
  const { quiz, person, school, tools } = createAttemptFixture(kit)
  const { id } = await quiz()
  const [gone, other] = [person(), person()]
  const [one, two] = [
    await startAttempt(tools, gone, id, undefined),
    await startAttempt(tools, other, id, undefined),
  ]
  await school.transaction(tx => assessmentPersonalData.erase(tx, gone.actor?.userId as string))
  assert.equal(await selectOptionalSubmission(school, one.id), null)
  assert.ok(await selectOptionalSubmission(school, two.id))
})

/** What the service does by itself for the sake of privacy. */
const privacy = () => personalDataPart(kit, assessmentPersonalData)

async function hear(userId: string, organizationId: string): Promise<void> {
  const id = randomUUID()
  await kit.db.infrastructure.run(sql`
    insert into inbox (id, name, organization_id, payload, correlation_id, occurred_at, processed_at)
    values (${id}, 'user.deleted', ${organizationId}, ${JSON.stringify({ userId, organizationId })}::jsonb, '-', now(), now())`)
  const school = kit.db.in(organizationId)
  await school.transaction(tx => privacy().reactions['user.deleted'](tx, { userId, organizationId }, { id }))
}
const eraseAgain = () =>
  privacy()
    .jobs.find(({ task }) => task.name === 'assessment.erase_again')
    ?.work({} as never, testRun)

test('What was under way while its person was erased, and what comes later, is gone after the next night.', async () => {
  const { quiz, person, school, tools } = createAttemptFixture(kit)
  const { id } = await quiz()
  const [gone, other] = [person(), person()]
  const { userId, organizationId } = gone.actor as Actor
  const theirs = () => school.run(sql`select from submissions where user_id = ${userId}`)
  const attempt = (number: number) => sql`
    insert into submissions (id, organization_id, quiz_id, user_id, attempt_number, question_ids, question_versions, answers)
    values (${randomUUID()}, ${organizationId}, ${id}, ${userId}, ${number}, '{}', '{}', '{"note": "of the person"}')`
  // Before the erasure: it goes with it.
  await school.run(attempt(1))
  await hear(userId, organizationId)
  assert.equal(await theirs(), 0)
  // Under way meanwhile: the erasure cannot see it.
  await school.transaction(async tx => {
    await tx.run(attempt(2))
    await withCorrelation(undefined, () => hear(userId, organizationId))
  })
  assert.equal(await theirs(), 1)
  await eraseAgain()
  assert.equal(await theirs(), 0)
  // Later.
  await school.run(attempt(3))
  const kept = await startAttempt(tools, other, id, undefined)
  await eraseAgain()
  assert.equal(await theirs(), 0)
  assert.ok(await selectOptionalSubmission(school, kept.id))
})
