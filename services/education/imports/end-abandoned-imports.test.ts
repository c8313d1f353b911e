import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import pg from 'pg'
import { education } from '../service.ts'
import { endAbandonedImports } from './end-abandoned-imports.ts'
import { insertImport, selectOptionalImport } from './imports.store.ts'

let kit: TestKit
const organizationId = randomUUID()
before(async () => {
  kit = await createTestKit(education)
})
after(() => kit.dispose())

test('An import that cannot be ended keeps none of the others waiting, and the failure is told.', async t => {
  const school = kit.db.in(organizationId)
  const ids = [randomUUID(), randomUUID(), randomUUID()].sort()
  for (const id of ids)
    await insertImport(school, { id, organizationId, createdBy: randomUUID(), fileName: 'a.imscc' })
  await school.run(sql`
    update imports set created_at = now() - interval '7 hours' where organization_id = ${organizationId}`)
  const [bad, ...others] = ids
  const admin = new pg.Client({ connectionString: kit.adminUrl })
  await admin.connect()
  t.after(() => admin.end())
  await admin.query(
    `alter table education.imports add constraint refused check (id <> '${bad}' or status <> 'failed')`,
  )
  await assert.rejects(endAbandonedImports(kit), {
    name: 'AggregateError',
    message: /^1 of 3 imports .*refused/,
  })
  for (const id of others) assert.equal((await selectOptionalImport(school, id))?.status, 'failed')
  await admin.query('alter table education.imports drop constraint refused')
  await endAbandonedImports(kit)
  assert.equal((await selectOptionalImport(school, bad ?? ''))?.status, 'failed')
})
