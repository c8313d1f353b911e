import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { testContext } from '@azora/kit/testing.ts'
import { goodPassword } from '../testing.ts'
import { purgeUnproved } from './purge.ts'
import { countLiveSessions, selectAuditActions } from './testing.store.ts'
import { relativeWork, startAccounts } from './testing.ts'

let auth: Awaited<ReturnType<typeof startAccounts>>
before(async () => {
  auth = await startAccounts()
})
after(() => auth.dispose())

const newPassword = 'eleven crows in a tree'
const forgot = (email: string, context = auth.stranger()) => auth.handlers.forgotPassword({ email }, context)
const reset = (token: string, password = newPassword, context = auth.stranger()) =>
  auth.handlers.resetPassword({ token, password }, context)

async function forgetful() {
  const person = await auth.member()
  await forgot(person.email)
  return { ...person, token: await auth.tokenTo(person.email) }
}

test('The link sets a new password, ends every session in every school, signs nobody in, and tells the owner.', async () => {
  const { email, userId, token, tokens } = await forgetful()
  await auth.login(email)
  assert.equal(await countLiveSessions(auth.db.across, userId), 2)
  const context = auth.stranger()
  let announced = 0
  const revocations = { ...auth.revocations, announce: () => void announced++ }
  const { resetPassword } = await import('./reset-password.ts')
  await resetPassword({ ...auth, revocations }, { token, password: newPassword }, context)
  assert.equal(announced, 1)
  assert.deepEqual(context.setCookies, [])
  assert.equal(await countLiveSessions(auth.db.across, userId), 0)
  const { items } = await auth.handlers.revocations({ after: 0 }, testContext())
  const { sessionId } = await auth.identity.verify(tokens.accessToken)
  assert.ok(items.some(item => item.kind === 'session' && item.id === sessionId))
  await assert.rejects(auth.handlers.refresh({ refreshToken: tokens.refreshToken }, testContext()), {
    code: 'session_expired',
  })
  await assert.rejects(auth.login(email, goodPassword), { code: 'wrong_credentials' })
  assert.ok((await auth.login(email, newPassword)).tokens)
  const [message] = await auth.emailsTo(email)
  assert.equal(message?.subject, 'Your password was changed')
  const actions = await selectAuditActions(auth.db.across, userId)
  assert.deepEqual(
    actions.filter(action => action.startsWith('password.')),
    ['password.reset_requested', 'password.reset'],
  )
})

test('A second factor is asked for as ever, and what the old password had begun is withdrawn.', async () => {
  const { email, userId, token } = await forgetful()
  await auth.db.across.run(sql`update users set mfa_enabled = true where id = ${userId}`)
  const before = await auth.login(email)
  assert.ok(before.challenge)
  await reset(token)
  const left = await auth.db.across.rows(sql`select id from login_challenges where user_id = ${userId}`)
  assert.equal(left.length, 0)
  const { challenge, tokens } = await auth.login(email, newPassword)
  assert.ok(challenge && !tokens)
})

test('A link works once, also when it is opened twice at once.', async () => {
  const { token, email } = await forgetful()
  const tries = ['one pond of frogs', 'two ponds of frogs', 'six ponds of frogs']
  const outcomes = await Promise.allSettled(tries.map(password => reset(token, password)))
  assert.deepEqual(outcomes.map(outcome => outcome.status).sort(), ['fulfilled', 'rejected', 'rejected'])
  await assert.rejects(reset(token), { code: 'link_expired' })
  const winner = tries[outcomes.findIndex(outcome => outcome.status === 'fulfilled')] as string
  assert.ok((await auth.login(email, winner)).tokens)
})

test('After half an hour the link is worth nothing; what nobody used is purged.', async () => {
  const { token, userId } = await forgetful()
  await auth.db.across.run(
    sql`update password_resets set expires_at = clock_timestamp() - interval '1 second' where user_id = ${userId}`,
  )
  await assert.rejects(reset(token), { code: 'link_expired' })
  await purgeUnproved(auth.db)
  const left = await auth.db.across.rows(sql`select digest from password_resets where user_id = ${userId}`)
  assert.equal(left.length, 0)
})

test('Of two emails either link works until one was used.', async () => {
  const { email, token } = await forgetful()
  await forgot(email)
  const second = await auth.tokenTo(email)
  assert.notEqual(second, token)
  await reset(token)
  await assert.rejects(reset(second), { code: 'link_expired' })
})

test('A password that is easy to guess is refused, and the link still works for a better one.', async () => {
  const { token } = await forgetful()
  await assert.rejects(reset(token, 'password12345'), { code: 'invalid_input' })
  await reset(token)
})

test('An address without an account gets the same answer, from the same statements, and no email.', async () => {
  const { email } = await auth.addPerson()
  const unknown = 'nobody-at-all@school.example'
  const answers: object[] = []
  const ask = (address: string) => auth.statementsOf(async () => answers.push(await forgot(address)))
  assert.deepEqual(await ask(email), await ask(unknown))
  assert.deepEqual(answers, [{ ok: true }, { ok: true }])
  assert.equal((await auth.emailsTo(email)).length, 1)
  assert.equal((await auth.emailsTo(unknown)).length, 0)
})

test('Asking for an unknown address takes about as long as for a known one.', async () => {
  const people = await Promise.all(Array.from({ length: 15 }, () => auth.addPerson()))
  let next = 0
  const ratio = await relativeWork(
    () => forgot((people[next++] as { email: string }).email),
    () => forgot(`unknown${next}@school.example`),
    15,
  )
  assert.ok(ratio > 1 / 4 && ratio < 4, `${ratio}`)
})

test('Asking again within a minute sends nothing more, and says nothing of it.', async () => {
  const { email } = await auth.addPerson()
  const context = auth.stranger()
  assert.deepEqual(await forgot(email, context), { ok: true })
  assert.deepEqual(await forgot(email, context), { ok: true })
  assert.equal((await auth.emailsTo(email)).length, 1)
})

test('However many ask for emails, the mailbox gets few, and the owner has a link that works.', async () => {
  const { email } = await auth.addPerson()
  for (let asked = 0; asked < 12; asked++) await forgot(email)
  assert.equal((await auth.emailsTo(email)).length, 6)
  await reset(await auth.tokenTo(email))
  assert.ok((await auth.login(email, newPassword)).tokens)
})

test('A person of another school, one who is leaving, and a made-up token get nowhere.', async () => {
  const { email } = await auth.addPerson(['learner'], auth.south)
  await auth.handlers.forgotPassword({ email, school: 'north' }, auth.stranger())
  assert.equal((await auth.emailsTo(email)).length, 0)
  const { token, userId } = await forgetful()
  await auth.db.across.run(sql`update users set deletes_at = now() + interval '1 day' where id = ${userId}`)
  await assert.rejects(reset(token), { code: 'link_expired' })
  await assert.rejects(reset('A'.repeat(43)), { code: 'link_expired' })
})

test('A token is stored as its digest alone, and stands in the fragment of the link.', async () => {
  const { token, userId, email } = await forgetful()
  const row = await auth.db.across.one<{ text: string }>(
    sql`select r::text as text from password_resets r where user_id = ${userId}`,
  )
  assert.ok(!row.text.includes(token))
  const [message] = await auth.emailsTo(email)
  assert.match(message?.text ?? '', /\/reset-password#token=/)
})

test('An account without a password gets its first one by the link.', async () => {
  const { token, userId, email } = await forgetful()
  await auth.db.across.run(sql`update users set password_hash = null where id = ${userId}`)
  await reset(token)
  assert.ok((await auth.login(email, newPassword)).tokens)
})

test('A change of address that was under way is withdrawn: the one who began it may not be the owner.', async () => {
  const { context, token } = await forgetful()
  const wanted = 'taken-along@elsewhere.example'
  const { id } = await auth.handlers.startEmailChange({ email: wanted }, context)
  const code = (await auth.codeTo(wanted)) ?? assert.fail('no code')
  await reset(token)
  await assert.rejects(auth.handlers.confirmEmailChange({ id, code }, context), { code: 'link_expired' })
})
