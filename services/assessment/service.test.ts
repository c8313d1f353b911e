import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, type TestKit, testRun } from '@azora/kit/testing.ts'
import pg from 'pg'
import { plainSettings } from './quizzes/quiz-fixture.ts'
import { insertQuiz } from './quizzes/quizzes.store.ts'
import { assessment } from './service.ts'

let kit: TestKit
before(async () => {
  kit = await createTestKit(assessment)
})
after(() => kit.dispose())

test('Old guesses at access codes are forgotten also while attempts cannot be graded.', async () => {
  const sweep = assessment.wire(kit).jobs?.find(({ task }) => task.name === 'assessment.sweep_expired')
  const organizationId = randomUUID()
  const school = kit.db.in(organizationId)
  const id = randomUUID()
  const [courseId, createdBy] = [randomUUID(), randomUUID()]
  await insertQuiz(school, { ...plainSettings, id, organizationId, courseId, bank: false, createdBy })
  await school.run(sql`
    insert into access_code_guesses (organization_id, quiz_id, user_id, guesses, since)
    values (${organizationId}, ${id}, ${randomUUID()}, 1, now() - interval '2 hours')`)
  const admin = new pg.Client({ connectionString: kit.adminUrl })
  await admin.connect()
  await admin.query('alter table assessment.submissions rename to away')
  await admin.end()
  await assert.rejects(sweep?.work({} as never, testRun) ?? assert.fail(), { name: 'AggregateError' })
  assert.equal(
    await school.run(sql`select from access_code_guesses where organization_id = ${organizationId}`),
    0,
  )
})
