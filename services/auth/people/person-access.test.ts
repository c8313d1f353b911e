import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { createAccount } from '../accounts/create-account.ts'
import { passwordResetTask } from '../emails/password-reset.ts'
import { goodPassword } from '../testing.ts'
import { startPeople } from './testing.ts'

let auth: Awaited<ReturnType<typeof startPeople>>
before(async () => {
  auth = await startPeople()
})
after(() => auth.stop())

test('A person is shown with their sessions in this school alone, and how they sign in.', async () => {
  const school = await auth.addSchool()
  const admin = await auth.member(['admin'], school)
  const person = await auth.member(['learner'], school)
  const account = { email: person.email, name: 'Of Two', password: goodPassword, roles: ['learner' as const] }
  const other = await auth.addSchool()
  await createAccount(auth.db, { ...account, organizationId: other })
  const { context } = await auth.signIn(person.email)
  await auth.handlers.switchOrganization({ organizationId: other, session: 'token' }, context)
  const shown = await auth.handlers.getPerson({ userId: person.userId }, admin.context)
  assert.deepEqual(
    shown.sessions.map(({ id, current, impersonatedBy }) => ({ id, current, impersonatedBy })),
    [{ id: person.sessionId, current: false, impersonatedBy: null }],
  )
  const { hasPassword, passkeys, identities, mfaEnabled } = shown
  assert.deepEqual(
    { hasPassword, passkeys, identities, mfaEnabled },
    { hasPassword: true, passkeys: 0, identities: [], mfaEnabled: false },
  )
})

test('An administrator ends one session of a person, or all in the school, and the tokens end with them.', async () => {
  const school = await auth.addSchool()
  const admin = await auth.member(['admin'], school)
  const one = await auth.member(['learner'], school)
  const two = await auth.signIn(one.email)
  const { userId } = one
  const { handlers } = auth
  const which = { userId, sessionId: one.sessionId }
  assert.deepEqual(await handlers.revokePersonSessions(which, admin.context), { ended: 1 })
  assert.ok(await auth.ends(one.tokens.accessToken))
  assert.ok(await auth.holds(two.tokens.accessToken))
  await assert.rejects(handlers.revokePersonSessions(which, admin.context), { code: 'not_found' })
  assert.deepEqual(await handlers.revokePersonSessions({ userId }, admin.context), { ended: 1 })
  assert.ok(await auth.ends(two.tokens.accessToken))
  assert.ok(await auth.holds(admin.tokens.accessToken))
})

test('A session is not ended under the name of somebody else.', async () => {
  const school = await auth.addSchool()
  const admin = await auth.member(['admin'], school)
  const one = await auth.member(['learner'], school)
  const two = await auth.member(['learner'], school)
  const which = { userId: one.userId, sessionId: two.sessionId }
  await assert.rejects(auth.handlers.revokePersonSessions(which, admin.context), { code: 'not_found' })
  assert.ok(await auth.holds(two.tokens.accessToken))
})

test('A member is sent the email with which they set a new password, and the log says on whose behalf.', async () => {
  const school = await auth.addSchool()
  const admin = await auth.member(['admin'], school)
  const { userId, email } = await auth.member(['learner'], school)
  await auth.handlers.sendPasswordReset({ userId }, admin.context)
  assert.deepEqual(await auth.jobsTo(email), [passwordResetTask.name])
  const [entry] = (await auth.audit(school)).filter(({ action }) => action === 'person.password_reset_sent')
  assert.deepEqual([entry?.actor.id, entry?.subject?.id], [admin.userId, userId])
})

test('Second factors are reset for who lost them, and the log says by whom.', async () => {
  const school = await auth.addSchool()
  const admin = await auth.member(['admin'], school)
  const { userId, tokens } = await auth.member(['instructor'], school)
  await auth.db.across.run(sql`update users set mfa_enabled = true where id = ${userId}`)
  await auth.db.across.run(sql`
    insert into totp_factors (user_id, secret, enabled_at) values (${userId}, 'sealed', now())`)
  const person = await auth.handlers.resetFactors({ userId }, admin.context)
  assert.equal(person.mfaEnabled, false)
  assert.ok(await auth.ends(tokens.accessToken))
  const [entry] = (await auth.audit(school)).filter(({ action }) => action === 'person.factors_reset')
  assert.deepEqual([entry?.actor.id, entry?.subject?.id], [admin.userId, userId])
})

test('One school does not weaken an account that another or the installation relies on; the operator may.', async () => {
  const school = await auth.addSchool()
  const admin = await auth.member(['admin'], school)
  const elsewhere = await auth.addPerson(['learner'], school)
  const account = { ...elsewhere, name: 'Of Two', password: goodPassword, roles: ['admin' as const] }
  await createAccount(auth.db, { ...account, organizationId: await auth.addSchool() })
  const operator = await auth.member(['learner', 'operator'], school)
  for (const { userId } of [elsewhere, operator]) {
    await assert.rejects(auth.handlers.resetFactors({ userId }, admin.context), { code: 'forbidden' })
  }
  const both = await auth.member(['admin', 'operator'], school)
  await auth.handlers.resetFactors({ userId: elsewhere.userId }, both.context)
})
