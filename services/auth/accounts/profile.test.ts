import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { testContext } from '@azora/kit/testing.ts'
import { selectAuditActions, selectEvents } from './testing.store.ts'
import { startAccounts } from './testing.ts'

let auth: Awaited<ReturnType<typeof startAccounts>>
before(async () => {
  auth = await startAccounts()
})
after(() => auth.dispose())

test('Who is signed in reads their own account, schools, and that nobody looks through their eyes.', async () => {
  const { email, context } = await auth.member(['instructor'])
  const me = await auth.handlers.me(undefined, context)
  assert.deepEqual(
    [me.email, me.roles, me.memberships.map(({ organization }) => organization.slug), me.impersonatedBy],
    [email, ['instructor'], ['north'], null],
  )
})

test('An administrator who looks through somebody\u2019s eyes is named.', async () => {
  const admin = await auth.addPerson(['admin'])
  const { actor } = await auth.member()
  const me = await auth.handlers.me(undefined, testContext({ ...actor, impersonatorId: admin.userId }))
  const { name } = await auth.db.across.one<{ name: string }>(
    sql`select name from users where id = ${admin.userId}`,
  )
  assert.deepEqual(me.impersonatedBy, { id: admin.userId, name })
})

test('Another name is told to every school and recorded.', async () => {
  const { userId, context } = await auth.member()
  const account = await auth.handlers.updateMe({ name: 'Nandi M\u0259' }, context)
  assert.equal(account.name, 'Nandi M\u0259')
  const heard = await selectEvents(auth.db.across, 'user.changed', userId)
  assert.deepEqual(
    heard.map(({ organizationId, name }) => [organizationId, name]),
    [[auth.north, 'Nandi M\u0259']],
  )
  assert.ok((await selectAuditActions(auth.db.across, userId)).includes('account.renamed'))
})

test('One who was barred meanwhile is nobody here, and is not renamed.', async () => {
  const { userId, context } = await auth.member()
  await auth.db.across.run(
    sql`update memberships set suspended_at = clock_timestamp() where user_id = ${userId}`,
  )
  await assert.rejects(auth.handlers.me(undefined, context), { code: 'unauthenticated' })
  await assert.rejects(auth.handlers.updateMe({ name: 'Else' }, context), { code: 'unauthenticated' })
})
