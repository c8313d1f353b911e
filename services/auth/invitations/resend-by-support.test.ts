import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { SchoolRole } from '@azora/contracts/permissions.ts'
import { sql } from '@azora/kit/sql.ts'
import { testContext } from '@azora/kit/testing.ts'
import { startPeople } from '../people/testing.ts'

/** Who holds the office of support sends invitations again, and gives nobody more than they could anyway. */

let auth: Awaited<ReturnType<typeof startPeople>>
before(async () => {
  auth = await startPeople()
})
after(() => auth.stop())

let made = 0

async function invited(roles: SchoolRole[]) {
  const school = await auth.addSchool()
  const admin = await auth.member(['admin'], school)
  const support = await auth.member(['learner'], school, ['support'])
  const email = `resent${++made}@school.example`
  const { id } = await auth.handlers.invite({ email, roles }, admin.context)
  const { token } = await auth.invitationEmail(id, school)
  // As if it had been sent two days ago, so that another week is told from what is left.
  await auth.db.across.run(
    sql`update invitations set expires_at = expires_at - interval '2 days' where id = ${id}`,
  )
  const { items } = await auth.handlers.listInvitations({ limit: 10 }, admin.context)
  const [before] = items
  assert.ok(before)
  const resend = () => auth.handlers.resendInvitation({ invitationId: id }, support.context)
  return { school, admin, support, id, token, before, resend }
}

const lookUp = (token: string) => auth.handlers.lookUpInvitation({ token }, testContext())

test('What a learner may be given anyway is then support’s own invitation, for another week.', async () => {
  const { school, id, token, before, resend } = await invited(['learner'])
  const after = await resend()
  assert.ok(after.expiresAt > before.expiresAt)
  assert.notEqual(after.invitedBy, before.invitedBy)
  await assert.rejects(lookUp(token), { code: 'link_expired' })
  const { token: next } = await auth.invitationEmail(id, school)
  assert.deepEqual((await lookUp(next)).roles, ['learner'])
})

test('What offers more stays the offer of who made it, to its end; it goes when they could not make it any more.', async () => {
  const { school, admin, id, token, before, resend } = await invited(['instructor'])
  const after = await resend()
  assert.deepEqual([after.expiresAt, after.invitedBy], [before.expiresAt, before.invitedBy])
  await assert.rejects(lookUp(token), { code: 'link_expired' })
  const { token: next } = await auth.invitationEmail(id, school)
  assert.deepEqual((await lookUp(next)).roles, ['instructor'])
  const chief = await auth.member(['admin'], school)
  await auth.handlers.setRoles({ userId: admin.userId, roles: ['learner'] }, chief.context)
  await assert.rejects(lookUp(next), { code: 'link_expired' })
  await assert.rejects(resend(), { code: 'forbidden' })
})

test('Support with a role that may teach still makes nobody’s offer their own.', async () => {
  const { school, id, before } = await invited(['instructor'])
  const teacher = await auth.member(['instructor'], school, ['support'])
  const after = await auth.handlers.resendInvitation({ invitationId: id }, teacher.context)
  assert.deepEqual([after.expiresAt, after.invitedBy], [before.expiresAt, before.invitedBy])
})

test('Support signs out whom it helps, and no administrator.', async () => {
  const { school, admin, support } = await invited(['learner'])
  const learner = await auth.member(['learner'], school)
  const revoke = ({ userId }: { userId: string }, by: typeof support) =>
    auth.handlers.revokePersonSessions({ userId }, by.context)
  await revoke(learner, support)
  await assert.rejects(revoke(admin, support), { code: 'forbidden' })
  await revoke(support, admin)
})

test('One that has run out and offers more is for an administrator to renew.', async () => {
  const { admin, id, resend } = await invited(['admin'])
  await auth.db.across.run(sql`update invitations set expires_at = clock_timestamp() where id = ${id}`)
  await assert.rejects(resend(), { code: 'forbidden' })
  await auth.handlers.resendInvitation({ invitationId: id }, admin.context)
})

test('An invitation carries no office, whatever is sent with it.', async () => {
  const { school, admin } = await invited(['learner'])
  const email = `smuggled${++made}@school.example`
  const wanted = { email, roles: ['learner' as const], offices: ['support'], office: 'support' }
  const { id } = await auth.handlers.invite(wanted, admin.context)
  const { token } = await auth.invitationEmail(id, school)
  const given = { token, name: 'Zola', password: 'seven goats on a wall', session: 'token' as const }
  const { account } = await auth.handlers.acceptInvitation(given, testContext())
  assert.deepEqual([account?.roles, account?.offices], [['learner'], []])
})

test('Support invites nobody and revokes nothing.', async () => {
  const { support, id } = await invited(['learner'])
  const wanted = { email: `other${++made}@school.example`, roles: ['learner' as const] }
  await assert.rejects(auth.handlers.invite(wanted, support.context), { code: 'forbidden' })
  const { status } = (await auth.handlers.listInvitations({ limit: 10 }, support.context)).items.find(
    one => one.id === id,
  ) as { status: string }
  assert.equal(status, 'waiting')
})
