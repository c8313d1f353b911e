import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
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
