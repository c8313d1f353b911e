import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import pg from 'pg'
import { purgeEnded } from './purge.ts'
import { startAuth } from './testing.ts'

let auth: Awaited<ReturnType<typeof startAuth>>
before(async () => {
  auth = await startAuth()
})
after(() => auth.dispose())

test('What cannot be removed in a night keeps nothing else, and the failure is told.', async t => {
  const { userId } = await auth.addPerson()
  await auth.db.across.run(sql`
    insert into revocations (kind, id, at) values ('user', ${userId}, now() - interval '9 days')`)
  const admin = new pg.Client({ connectionString: auth.adminUrl })
  await admin.connect()
  t.after(() => admin.end())
  await admin.query('alter table auth.sessions rename to away')
  await assert.rejects(purgeEnded(auth), { name: 'AggregateError', message: /sessions/ })
  await admin.query('alter table auth.away rename to sessions')
  assert.equal(await auth.db.across.run(sql`select from revocations where id = ${userId}`), 0)
})
