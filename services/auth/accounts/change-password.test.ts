import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { testContext } from '@azora/kit/testing.ts'
import { goodPassword } from '../testing.ts'
import { countLiveSessions, selectAuditActions } from './testing.store.ts'
import { startAccounts } from './testing.ts'

let auth: Awaited<ReturnType<typeof startAccounts>>
before(async () => {
  auth = await startAccounts()
})
after(() => auth.dispose())

const newPassword = 'eleven crows in a tree'
const change = (
  context: ReturnType<typeof testContext>,
  currentPassword: string | null = goodPassword,
  password = newPassword,
) => auth.handlers.changePassword({ currentPassword, newPassword: password }, context)

test('Who knows the current password sets another; other sessions end, this one goes on, the owner is told.', async () => {
  const { email, userId, context, tokens } = await auth.member()
  const elsewhere = await auth.login(email)
  await change(context)
  assert.equal(await countLiveSessions(auth.db.across, userId), 1)
  const refresh = (refreshToken = '') => auth.handlers.refresh({ refreshToken }, testContext())
  assert.ok((await refresh(tokens.refreshToken)).tokens)
  await assert.rejects(refresh(elsewhere.tokens?.refreshToken), { code: 'session_expired' })
  assert.ok((await auth.login(email, newPassword)).tokens)
  await assert.rejects(auth.login(email, goodPassword), { code: 'wrong_credentials' })
  const [message] = await auth.emailsTo(email)
  assert.equal(message?.subject, 'Your password was changed')
  assert.match(
    message?.text ?? '',
    /sessions were signed out\. This happened on 20\d\d-\d\d-\d\d \d\d:\d\d UTC\./,
  )
  assert.ok((await selectAuditActions(auth.db.across, userId)).includes('password.changed'))
})

test('A wrong current password, or none, is refused and recorded; ten end the guessing in this session alone.', async () => {
  const { email, userId, context } = await auth.member()
  await assert.rejects(change(context, null), { code: 'wrong_credentials' })
  for (let tries = 1; tries < 10; tries++) {
    await assert.rejects(change(context, 'not the password'), { code: 'wrong_credentials' })
  }
  await assert.rejects(change(context), { code: 'rate_limited' })
  const actions = await selectAuditActions(auth.db.across, userId)
  assert.equal(actions.filter(action => action === 'password.change_refused').length, 10)
  const { tokens } = await auth.login(email)
  const fresh = testContext(await auth.identity.verify(tokens?.accessToken ?? ''))
  assert.deepEqual(await change(fresh), { ok: true })
})

test('The first password of an account is set after a recent sign-in, not after an old one.', async () => {
  const { email, userId, actor } = await auth.member()
  await auth.db.across.run(sql`update users set password_hash = null where id = ${userId}`)
  const longAgo = testContext({ ...actor, authenticatedAt: Math.floor(Date.now() / 1000) - 601 })
  await assert.rejects(change(longAgo, null), { code: 'step_up_required' })
  await change(testContext(actor), null)
  assert.ok((await auth.login(email, newPassword)).tokens)
  assert.equal((await auth.emailsTo(email))[0]?.subject, 'A password was added to your account')
})

test('A new password that is easy to guess is refused at its field.', async () => {
  const { context } = await auth.member()
  await assert.rejects(
    change(context, goodPassword, 'North School 1'),
    (failure: { code: string; data: { fields: object[] } }) => {
      assert.equal(failure.code, 'invalid_input')
      assert.deepEqual(failure.data.fields, [
        {
          path: 'newPassword',
          code: 'password_contains_school',
          reason: 'password_contains_school',
          message: 'The password must not be just the name of your school.',
        },
      ])
      return true
    },
  )
})

test('Of two changes at once one succeeds, and emails that could set a password no longer do.', async () => {
  const { email, context } = await auth.member()
  await auth.handlers.forgotPassword({ email }, auth.stranger())
  const token = await auth.tokenTo(email)
  const outcomes = await Promise.allSettled([
    change(context, goodPassword, 'one pond of frogs'),
    change(context, goodPassword, 'two ponds of frogs'),
  ])
  assert.deepEqual(outcomes.map(outcome => outcome.status).sort(), ['fulfilled', 'rejected'])
  await assert.rejects(auth.handlers.resetPassword({ token, password: newPassword }, auth.stranger()), {
    code: 'link_expired',
  })
})
