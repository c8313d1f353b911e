import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { testContext } from '@azora/kit/testing.ts'
import { sendInvitation } from '../emails/invitation.ts'
import { startPeople } from '../people/testing.ts'
import { refusedSignInTask } from '../sessions/refused-sign-in.ts'
import { goodPassword } from '../testing.ts'
import { deleteOldInvitations } from './invitations.store.ts'

let auth: Awaited<ReturnType<typeof startPeople>>
before(async () => {
  auth = await startPeople()
})
after(() => auth.stop())

const session = 'token' as const
let made = 0
const newAddress = () => `invited${++made}@school.example`

/** A school, its administrator, and someone invited to it whose email has gone. */
async function invited(email = newAddress(), roles: ('learner' | 'instructor' | 'admin')[] = ['instructor']) {
  const school = await auth.addSchool()
  const admin = await auth.member(['admin'], school)
  const invitation = await auth.handlers.invite({ email, name: 'Zola', roles }, admin.context)
  const { message, token } = await auth.invitationEmail(invitation.id, school)
  return { school, admin, invitation, message, token, email }
}

const accept = (given: { token: string; name?: string; password?: string }, context = testContext()) =>
  auth.handlers.acceptInvitation({ ...given, session }, context)

test('An email brings the link, whose token stands in the fragment and nowhere in the database.', async () => {
  const { message, token, invitation, email, admin } = await invited()
  assert.equal(message.to, email)
  assert.match(message.subject, /^Join School \d+$/)
  assert.match(message.text, /^Hello Zola,/)
  assert.equal(invitation.status, 'waiting')
  assert.match(invitation.invitedBy ?? '', /^Person \d+$/)
  const days = (Date.parse(invitation.expiresAt) - Date.parse(invitation.createdAt)) / 86_400_000
  assert.equal(Math.round(days), 7)
  const [row] = await auth.db.across.rows<{ text: string }>(
    sql`select i::text as text from invitations i where id = ${invitation.id}`,
  )
  assert.ok(row && !row.text.includes(token))
  const { items } = await auth.handlers.listInvitations({ limit: 10 }, admin.context)
  assert.deepEqual(items, [invitation])
})

test('Anyone who holds the link sees what it offers, and comes in with a name and a password.', async () => {
  const { token, email, school } = await invited()
  const offer = await auth.handlers.lookUpInvitation({ token }, testContext())
  assert.deepEqual(
    [offer.organization.id, offer.email, offer.name, offer.roles, offer.accountExists],
    [school, email, 'Zola', ['instructor'], false],
  )
  const answer = await accept({ token, name: 'Zola Dlamini', password: goodPassword })
  assert.deepEqual(
    [answer.account?.name, answer.account?.roles, answer.account?.organization.id, answer.challenge],
    ['Zola Dlamini', ['instructor'], school, null],
  )
  assert.ok(await auth.holds(answer.tokens?.accessToken ?? ''))
  assert.equal((await auth.events('user.created', school)).at(-1)?.email, email)
  const actions = (await auth.audit(school)).map(({ action }) => action)
  assert.deepEqual(
    actions.filter(action => action !== 'session.started'),
    ['person.invited', 'invitation.accepted'],
  )
  assert.ok((await auth.login(email)).tokens)
})

test('A link works once, also when it is used twice at once.', async () => {
  const { token } = await invited()
  const attempts = await Promise.allSettled([1, 2, 3].map(() => accept({ token, password: goodPassword })))
  const refused = attempts.filter(attempt => attempt.status === 'rejected')
  assert.deepEqual(
    refused.map(attempt => attempt.reason.code),
    ['link_expired', 'link_expired'],
  )
  await assert.rejects(auth.handlers.lookUpInvitation({ token }, testContext()), { code: 'link_expired' })
})

test('The name may be the one of the invitation; the password follows the rules, and nothing is spent by a bad one.', async () => {
  const { token, email, admin } = await invited()
  const { name: school } = await auth.handlers.getOrganizationSettings(undefined, admin.context)
  for (const password of ['short', 'password12', email, `${school}${school}`, undefined]) {
    await assert.rejects(accept({ token, ...(password ? { password } : {}) }), { code: 'invalid_input' })
  }
  const answer = await accept({ token, password: goodPassword })
  assert.equal(answer.account?.name, 'Zola')
})

test('A link ends when it is taken back, sent again, or a week old.', async () => {
  const { school, admin, invitation, token } = await invited()
  const key = { invitationId: invitation.id }
  await auth.handlers.resendInvitation(key, admin.context)
  await assert.rejects(accept({ token, password: goodPassword }), { code: 'link_expired' })
  const second = await auth.invitationEmail(invitation.id, school)
  assert.notEqual(second.token, token)
  await auth.db.across.run(
    sql`update invitations set expires_at = now() - interval '1 minute' where id = ${invitation.id}`,
  )
  await assert.rejects(accept({ token: second.token, password: goodPassword }), { code: 'link_expired' })
  const { items } = await auth.handlers.listInvitations({ limit: 10 }, admin.context)
  assert.equal(items[0]?.status, 'expired')
  await auth.handlers.resendInvitation(key, admin.context)
  const third = await auth.invitationEmail(invitation.id, school)
  await auth.handlers.lookUpInvitation({ token: third.token }, testContext())
  const revoked = await auth.handlers.revokeInvitation(key, admin.context)
  assert.equal(revoked.status, 'revoked')
  await assert.rejects(auth.handlers.lookUpInvitation({ token: third.token }, testContext()), {
    code: 'link_expired',
  })
  await assert.rejects(auth.handlers.resendInvitation(key, admin.context), { code: 'conflict' })
})

test('A link that has ended says why, so that its holder knows what to do next.', async () => {
  const why = async (token: string) => {
    const failure = await auth.handlers.lookUpInvitation({ token }, testContext()).catch(error => error)
    const accepting = await accept({ token, password: goodPassword }).catch(error => error)
    assert.deepEqual([accepting.code, accepting.data], [failure.code, failure.data])
    return failure.data.detail
  }
  const used = await invited()
  await accept({ token: used.token, password: goodPassword })
  assert.equal(await why(used.token), 'accepted')

  const revoked = await invited()
  await auth.handlers.revokeInvitation({ invitationId: revoked.invitation.id }, revoked.admin.context)
  assert.equal(await why(revoked.token), 'revoked')

  const late = await invited()
  await auth.db.across.run(
    sql`update invitations set expires_at = now() - interval '1 minute' where id = ${late.invitation.id}`,
  )
  assert.equal(await why(late.token), 'expired')

  await auth.handlers.resendInvitation({ invitationId: late.invitation.id }, late.admin.context)
  const { token } = await auth.invitationEmail(late.invitation.id, late.school)
  assert.equal(await why(late.token), 'replaced')
  assert.equal((await auth.handlers.lookUpInvitation({ token }, testContext())).email, late.email)
})

test('An email whose invitation was taken back before it was written is not sent.', async () => {
  const { school, admin, invitation } = await invited()
  await auth.handlers.revokeInvitation({ invitationId: invitation.id }, admin.context)
  const before = (await auth.mail.mailbox?.())?.length
  await sendInvitation(auth, { invitationId: invitation.id, organizationId: school })
  assert.equal((await auth.mail.mailbox?.())?.length, before)
})

test('To invite an address again renews what waits for it, also when both happen at once.', async () => {
  const { admin, invitation, email, token } = await invited()
  const again = () => auth.handlers.invite({ email, roles: ['learner', 'auditor'] }, admin.context)
  const both = await Promise.all([again(), again()])
  assert.deepEqual(
    both.map(({ id, roles }) => [id, roles]),
    Array(2).fill([invitation.id, ['learner', 'auditor']]),
  )
  await assert.rejects(accept({ token, password: goodPassword }), { code: 'link_expired' })
  assert.equal((await auth.handlers.listInvitations({ limit: 10 }, admin.context)).items.length, 1)
})

test('An account of another school joins by its own password, and keeps it and its name.', async () => {
  const { userId, email } = await auth.addPerson(['admin'], auth.south)
  const { token, school } = await invited(email)
  assert.equal((await auth.handlers.lookUpInvitation({ token }, testContext())).accountExists, true)
  await assert.rejects(accept({ token, name: 'Thief', password: 'another password' }), {
    code: 'wrong_credentials',
  })
  const answer = await accept({ token, name: 'Somebody Else', password: goodPassword })
  assert.deepEqual(
    [answer.account?.id, answer.account?.roles, answer.account?.organization.id],
    [userId, ['instructor'], school],
  )
  assert.match(answer.account?.name ?? '', /^Person/)
})

test('Guessing the password of an account by an invitation is throttled as in signing in, and counts with it.', async () => {
  const { email } = await auth.addPerson(['learner'], auth.south)
  const { token } = await invited(email)
  for (let tries = 0; tries < 5; tries++) {
    await assert.rejects(accept({ token, password: 'a wrong password' }), { code: 'wrong_credentials' })
    await assert.rejects(auth.login(email, 'a wrong password'), { code: 'wrong_credentials' })
  }
  await assert.rejects(accept({ token, password: goodPassword }), { code: 'rate_limited' })
  assert.deepEqual(await auth.jobsTo(email), Array(10).fill(refusedSignInTask.name))
})

test('Who has a second factor is asked for it before they are in.', async () => {
  const { email, userId } = await auth.addPerson(['learner'], auth.south)
  await auth.db.across.run(sql`update users set mfa_enabled = true where id = ${userId}`)
  const { token } = await invited(email)
  const answer = await accept({ token, password: goodPassword })
  assert.deepEqual([answer.account, answer.tokens], [null, null])
  assert.ok(answer.challenge?.token)
})

test('Who is signed in to the invited account needs no password, and goes on in the school; nobody else does.', async () => {
  const member = await auth.member(['learner'], auth.south)
  const { token, school } = await invited(member.email)
  const stranger = await auth.member(['learner'], auth.south)
  const { actor } = member.context
  assert.ok(actor)
  const borrowed = testContext({ ...actor, impersonatorId: stranger.userId })
  const program = testContext({ ...actor, kind: 'key' })
  for (const context of [stranger.context, borrowed, program, testContext()]) {
    await assert.rejects(accept({ token }, context), { code: 'wrong_credentials' })
  }
  const answer = await accept({ token }, member.context)
  assert.equal(answer.account?.organization.id, school)
  const now = await auth.identity.verify(answer.tokens?.accessToken ?? '')
  assert.deepEqual(
    [now.sessionId, now.organizationId, now.authenticatedAt],
    [member.sessionId, school, actor.authenticatedAt],
  )
})

test('Who is a member already is told so, keeps their roles, and is not invited again.', async () => {
  const { school, admin, token, email } = await invited()
  await auth.db.across.run(sql`
    with made as (insert into users (id, email, name, password_hash) select gen_random_uuid(), ${email}, 'Quick',
      password_hash from users where id = ${admin.userId} returning id)
    insert into memberships (organization_id, user_id, roles) select ${school}, id, '{learner}' from made`)
  await assert.rejects(accept({ token, password: goodPassword }), {
    code: 'conflict',
    data: { detail: 'already_member', reason: 'already_member' },
  })
  assert.deepEqual((await auth.login(email)).account?.roles, ['learner'])
  await assert.rejects(auth.handlers.invite({ email, roles: ['admin'] }, admin.context), {
    code: 'conflict',
    data: { detail: 'already_member', reason: 'person_is_member' },
  })
})

test('An invitation does not let in who is barred from the school, but does who is barred elsewhere.', async () => {
  const elsewhere = await auth.member(['learner'], auth.south)
  const southAdmin = await auth.member(['admin'], auth.south)
  const reason = 'Absent'
  await auth.handlers.suspendPerson({ userId: elsewhere.userId, reason }, southAdmin.context)
  const { token, school, admin } = await invited(elsewhere.email)
  const barred = await auth.addPerson(['learner'], auth.south)
  const other = await auth.handlers.invite({ email: barred.email, roles: ['learner'] }, admin.context)
  const message = await auth.invitationEmail(other.id, school)
  await auth.db.across.run(sql`
    insert into memberships (organization_id, user_id, roles, suspended_at)
    values (${school}, ${barred.userId}, '{learner}', now())`)
  await assert.rejects(accept({ token: message.token, password: goodPassword }), {
    code: 'account_suspended',
  })
  assert.equal((await accept({ token, password: goodPassword })).account?.organization.id, school)
})

test('Another school’s invitations are not there, and made-up links open nothing.', async () => {
  const { invitation, token } = await invited()
  const foreign = await auth.member(['admin'], await auth.addSchool())
  const key = { invitationId: invitation.id }
  await assert.rejects(auth.handlers.resendInvitation(key, foreign.context), { code: 'not_found' })
  await assert.rejects(auth.handlers.revokeInvitation(key, foreign.context), { code: 'not_found' })
  assert.deepEqual((await auth.handlers.listInvitations({ limit: 10 }, foreign.context)).items, [])
  for (const wrong of ['A'.repeat(43), token.slice(0, -1), `${token}A`]) {
    await assert.rejects(accept({ token: wrong, password: goodPassword }), { code: 'link_expired' })
  }
})

test('Invitations are paged newest first, and long-over ones are forgotten.', async () => {
  const { admin, school } = await invited()
  for (let count = 0; count < 3; count++) {
    await auth.handlers.invite({ email: newAddress(), roles: ['learner'] }, admin.context)
  }
  await auth.db.across.run(
    sql`update invitations set created_at = '2026-01-01T00:00:00Z' where organization_id = ${school}`,
  )
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await auth.handlers.listInvitations(
      { limit: 3, ...(cursor ? { cursor } : {}) },
      admin.context,
    )
    seen.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  assert.equal(seen.length, 4)
  assert.deepEqual(seen, [...new Set(seen)].sort().reverse())
  await auth.db.across.run(
    sql`update invitations set expires_at = now() - interval '91 days' where id = ${seen[0] as string}`,
  )
  assert.equal(await deleteOldInvitations(auth.db.across), 1)
})
