import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { schemaOf } from '@azora/kit/database-names.ts'
import { createTestDatabase } from '@azora/kit/testing.ts'
import pg from 'pg'
import { services } from './services.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>

before(async () => {
  database = await createTestDatabase(services.map(({ name, migrations }) => ({ name, migrations })))
})
after(() => database.drop())

// Infrastructure that handles the events of every school in one statement; operators read them filtered by name.
const outsideTheWall = new Set(['outbox', 'inbox'])

test('Every table with a school in it stands behind the wall, but for those with a reason.', async () => {
  const admin = new pg.Client({ connectionString: database.adminUrl })
  await admin.connect()
  try {
    const { rows } = await admin.query<{ place: string; name: string; walled: boolean; owner: string }>(
      `
      select n.nspname || '.' || c.relname as place, c.relname as name, pg_get_userbyid(c.relowner) as owner,
        c.relrowsecurity and exists (select from pg_policy p where p.polrelid = c.oid) as walled
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped
      where c.relkind in ('r', 'p') and n.nspname = any($1)`,
      [services.map(service => schemaOf(service.name))],
    )
    assert.ok(rows.length > 20, `only ${rows.length} tables`)
    const open = rows.filter(row => !row.walled && !outsideTheWall.has(row.name)).map(row => row.place)
    assert.deepEqual(open, [], 'call protect_by_organization in the migration')
    const owned = rows.filter(row => row.owner.startsWith('azora_')).map(row => row.place)
    assert.deepEqual(owned, [], 'a role passes the wall of tables that it owns')
  } finally {
    await admin.end()
  }
})
