import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { createAccount } from '../accounts/create-account.ts'
import { goodPassword } from '../testing.ts'
import { startPeople } from './testing.ts'

let auth: Awaited<ReturnType<typeof startPeople>>
before(async () => {
  auth = await startPeople()
})
after(() => auth.stop())

const reason = 'Left the school in anger'

/** The same person in two schools. */
async function memberOfTwo(first: string, second: string) {
  const person = await auth.addPerson(['learner'], first)
  const account = { ...person, name: 'Of Two', password: goodPassword, roles: ['learner' as const] }
  await createAccount(auth.db, { ...account, organizationId: second })
  return person
}

test('New roles are announced and audited, and tokens with the old ones end; the same again is nothing.', async () => {
  const school = await auth.addSchool()
  const admin = await auth.member(['admin'], school)
  const { userId, tokens } = await auth.member(['learner'], school)
  const roles = ['auditor' as const, 'instructor' as const, 'auditor' as const]
  const changed = await auth.handlers.setRoles({ userId, roles }, admin.context)
  assert.deepEqual(changed.roles, ['instructor', 'auditor'])
  assert.ok(await auth.ends(tokens.accessToken))
  const renewed = await auth.handlers.refresh({ refreshToken: tokens.refreshToken }, admin.context)
  assert.deepEqual(renewed.account.roles, ['instructor', 'auditor'])
  assert.ok(await auth.holds(renewed.tokens?.accessToken ?? ''), 'new tokens are believed')
  await auth.handlers.setRoles({ userId, roles }, admin.context)
  assert.equal((await auth.events('user.roles_changed', school)).length, 1)
  const entries = (await auth.audit(school)).filter(entry => entry.action === 'person.roles_set')
  assert.deepEqual(
    entries.map(({ actor, subject, details }) => [actor.id, subject?.id, details]),
    [[admin.userId, userId, { from: ['learner'], to: ['instructor', 'auditor'] }]],
  )
})

test('A school keeps its last administrator, also when two demote, suspend or remove each other at once.', async () => {
  const { handlers } = auth
  type Member = Awaited<ReturnType<typeof auth.member>>
  const ways: ((by: Member, other: Member) => Promise<unknown>)[] = [
    (by, { userId }) => handlers.setRoles({ userId, roles: ['learner'] }, by.context),
    (by, { userId }) => handlers.suspendPerson({ userId, reason }, by.context),
    (by, { userId }) => handlers.removePerson({ userId }, by.context),
  ]
  for (const [at, way] of ways.entries()) {
    const school = await auth.addSchool()
    const one = await auth.member(['admin'], school)
    const two = await auth.member(['admin'], school)
    const other = ways[(at + 1) % ways.length] as (typeof ways)[number]
    const outcomes = await Promise.allSettled([way(one, two), other(two, one)])
    const refused = outcomes.filter(outcome => outcome.status === 'rejected')
    // The second is no administrator any more by then.
    assert.deepEqual(
      refused.map(outcome => outcome.reason.code),
      ['forbidden'],
    )
    assert.equal(await auth.activeAdmins(school), 1)
  }
})

test('A suspended administrator does not count as the one who is left.', async () => {
  const school = await auth.addSchool()
  const one = await auth.member(['admin'], school)
  const two = await auth.member(['admin'], school)
  await auth.handlers.suspendPerson({ userId: two.userId, reason }, one.context)
  await assert.rejects(auth.handlers.setRoles({ userId: one.userId, roles: ['learner'] }, one.context), {
    code: 'conflict',
  })
  // The suspended one may go.
  await auth.handlers.removePerson({ userId: two.userId }, one.context)
})

test('Who is suspended is out at once, told why they cannot come in, and in again when reinstated.', async () => {
  const school = await auth.addSchool()
  const admin = await auth.member(['admin'], school)
  const { userId, email, tokens, context } = await auth.member(['learner'], school)
  const suspended = await auth.handlers.suspendPerson({ userId, reason }, admin.context)
  assert.equal(suspended.status, 'suspended')
  assert.ok(await auth.ends(tokens.accessToken))
  const { refreshToken } = tokens
  await assert.rejects(auth.handlers.refresh({ refreshToken }, context), { code: 'session_expired' })
  await assert.rejects(auth.login(email), { code: 'account_suspended' })
  await assert.rejects(auth.login(email, 'a wrong password'), { code: 'wrong_credentials' })
  const back = await auth.handlers.reinstatePerson({ userId }, admin.context)
  assert.equal(back.status, 'active')
  await auth.handlers.reinstatePerson({ userId }, admin.context)
  assert.ok((await auth.login(email)).tokens)
  const entries = (await auth.audit(school)).filter(({ action }) => action.startsWith('person.'))
  assert.deepEqual(
    entries.map(({ action }) => action),
    ['person.suspended', 'person.reinstated'],
  )
  assert.doesNotMatch(
    JSON.stringify(entries),
    new RegExp(reason),
    'the reason can never be erased from there',
  )
})

test('Who is suspended in one school goes on in another, but not on a token that the session left behind.', async () => {
  const school = await auth.addSchool()
  const other = await auth.addSchool()
  const admin = await auth.member(['admin'], school)
  const { userId, email } = await memberOfTwo(school, other)
  const { tokens, context } = await auth.signIn(email)
  assert.equal(context.actor?.organizationId, school)
  const moved = await auth.handlers.switchOrganization({ organizationId: other, session: 'token' }, context)
  await auth.handlers.suspendPerson({ userId, reason }, admin.context)
  assert.ok(await auth.ends(tokens.accessToken), 'the token of the first school')
  const renewed = await auth.handlers.refresh({ refreshToken: moved.tokens?.refreshToken ?? '' }, context)
  assert.equal(renewed.account.organization.id, other)
  assert.equal((await auth.login(email)).account?.organization.id, other)
})

test('Nobody suspends themselves.', async () => {
  const school = await auth.addSchool()
  const admin = await auth.member(['admin'], school)
  await auth.addPerson(['admin'], school)
  await assert.rejects(auth.handlers.suspendPerson({ userId: admin.userId, reason }, admin.context), {
    code: 'conflict',
    data: { detail: 'oneself', reason: 'oneself' },
  })
})

test('Who is removed is out, the services hear of it, and the account stays for the next invitation.', async () => {
  const school = await auth.addSchool()
  const admin = await auth.member(['admin'], school)
  const { userId, email, tokens, context } = await auth.member(['learner'], school)
  await auth.handlers.removePerson({ userId }, admin.context)
  assert.ok(await auth.ends(tokens.accessToken))
  const { refreshToken } = tokens
  await assert.rejects(auth.handlers.refresh({ refreshToken }, context), { code: 'session_expired' })
  await assert.rejects(auth.login(email), { code: 'wrong_credentials' })
  assert.deepEqual(await auth.events('user.left', school), [{ userId, organizationId: school }])
  await assert.rejects(auth.handlers.getPerson({ userId }, admin.context), { code: 'not_found' })
  await assert.rejects(auth.handlers.removePerson({ userId }, admin.context), { code: 'not_found' })
  const invited = await auth.handlers.invite({ email, roles: ['learner'] }, admin.context)
  const { token } = await auth.invitationEmail(invited.id, school)
  const accepted = await auth.handlers.acceptInvitation(
    { token, password: goodPassword, session: 'token' },
    context,
  )
  assert.equal(accepted.account?.id, userId)
})

test('Another school’s people are not there, whatever one does to them.', async () => {
  const admin = await auth.member(['admin'], await auth.addSchool())
  const { userId, tokens, sessionId } = await auth.member(['learner'], auth.south)
  const { handlers } = auth
  const { context } = admin
  for (const refused of [
    () => handlers.getPerson({ userId }, context),
    () => handlers.setRoles({ userId, roles: ['admin'] }, context),
    () => handlers.suspendPerson({ userId, reason }, context),
    () => handlers.reinstatePerson({ userId }, context),
    () => handlers.removePerson({ userId }, context),
    () => handlers.revokePersonSessions({ userId }, context),
    () => handlers.revokePersonSessions({ userId: admin.userId, sessionId }, context),
    () => handlers.sendPasswordReset({ userId }, context),
    () => handlers.resetFactors({ userId }, context),
    () => handlers.impersonate({ userId, reason, session: 'token' }, context),
  ]) {
    await assert.rejects(refused(), { code: 'not_found' })
  }
  assert.ok(await auth.holds(tokens.accessToken))
})

test('A session from before a suspension is over for good, also when its owner is let in again.', async () => {
  const school = await auth.addSchool()
  const admin = await auth.member(['admin'], school)
  const { userId, tokens, context } = await auth.member(['learner'], school)
  await auth.handlers.suspendPerson({ userId, reason }, admin.context)
  await auth.handlers.reinstatePerson({ userId }, admin.context)
  const again = auth.handlers.refresh({ refreshToken: tokens.refreshToken }, context)
  await assert.rejects(again, { code: 'session_expired' })
})

test('New roles end the tokens from before with their commit, and once more those that were made meanwhile.', async () => {
  const school = await auth.addSchool()
  const admin = await auth.member(['admin'], school)
  const { userId, tokens } = await auth.member(['learner'], school)
  const told = () => auth.db.across.run(sql`select from revocations where kind = 'user' and id = ${userId}`)
  const before = await told()
  await auth.handlers.setRoles({ userId, roles: ['instructor'] }, admin.context)
  assert.ok(await auth.ends(tokens.accessToken))
  assert.equal((await told()) - before, 2)
})
