import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { createOrganization } from '../organizations/organizations.ts'
import { goodPassword, startAuth } from '../testing.ts'
import { createAccount } from './create-account.ts'

let auth: Awaited<ReturnType<typeof startAuth>>
before(async () => {
  auth = await startAuth()
})
after(() => auth.dispose())

const eventsOf = (name: string, userId: string) =>
  auth.db.across.rows<{ payload: { roles: string[]; organizationId: string } }>(
    sql`select payload from outbox where name = ${name} and payload ->> 'userId' = ${userId} order by id`,
  )

test('Seeding twice makes one school and one account, announced once.', async () => {
  const wanted = { slug: 'west', name: 'West School', isDefault: false }
  const west = await createOrganization(auth.db, wanted)
  assert.equal(await createOrganization(auth.db, wanted), west)
  const account = {
    email: 'Seed@School.example',
    name: 'Seed',
    password: goodPassword,
    roles: ['admin' as const],
    organizationId: west,
  }
  const id = await createAccount(auth.db, account)
  assert.equal(await createAccount(auth.db, account), id)
  assert.equal((await eventsOf('user.created', id)).length, 1)
})
