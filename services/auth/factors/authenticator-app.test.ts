import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { testContext } from '@azora/kit/testing.ts'
import { sendFactorNotice } from '../emails/factor-notice.ts'
import { purgeUnfinished } from './purge.ts'
import { resetFactors } from './reset.ts'
import { startFactors } from './testing.ts'
import { totpCode } from './totp.ts'

let auth: Awaited<ReturnType<typeof startFactors>>
before(async () => {
  auth = await startFactors()
})
after(() => auth.dispose())

test('An app counts once a code of it was given; then recovery codes come, and other sessions end.', async () => {
  const { context, email, userId } = await auth.member()
  const elsewhere = await auth.login(email)
  const { secret, uri, qr } = await auth.handlers.startTotp({}, context)
  assert.match(uri, /^otpauth:\/\/totp\/North%20School/)
  assert.match(qr, /^<svg /)
  assert.equal(await auth.mfaEnabled(userId), false)
  await assert.rejects(auth.handlers.confirmTotp({ code: 'no' }, context), { code: 'code_rejected' })
  const { codes } = await auth.handlers.confirmTotp({ code: totpCode(secret, Date.now()) }, context)
  assert.equal(codes.length, 10)
  assert.equal(await auth.mfaEnabled(userId), true)
  assert.equal(await auth.staleSince(userId), 1)
  const security = await auth.handlers.getSecurity(undefined, context)
  assert.ok(security.totpEnabledAt)
  assert.equal(security.recoveryCodesLeft, 10)
  const refreshToken = elsewhere.tokens?.refreshToken ?? ''
  await assert.rejects(auth.handlers.refresh({ refreshToken }, context), { code: 'session_expired' })
  assert.deepEqual((await auth.auditOf(userId)).at(-1), {
    action: 'factor.added',
    details: { factor: 'totp' },
  })
})

test('Without a secret that waits, or with one from too long ago, no code is right.', async () => {
  const { context, userId } = await auth.member()
  await assert.rejects(auth.handlers.confirmTotp({ code: '123456' }, context), { code: 'code_rejected' })
  const { secret } = await auth.handlers.startTotp({}, context)
  await auth.db.across.run(sql`
    update totp_factors set pending_since = clock_timestamp() - interval '2 hours' where user_id = ${userId}`)
  const code = totpCode(secret, Date.now())
  await assert.rejects(auth.handlers.confirmTotp({ code }, context), { code: 'code_rejected' })
})

test('Confirming twice at once turns the app on once.', async () => {
  const { context } = await auth.member()
  const { secret } = await auth.handlers.startTotp({}, context)
  const code = totpCode(secret, Date.now())
  const attempts = await Promise.allSettled([
    auth.handlers.confirmTotp({ code }, context),
    auth.handlers.confirmTotp({ code }, context),
  ])
  assert.deepEqual(attempts.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
})

test('A new app takes the place of the old one only with a code of its own.', async () => {
  const { context, email, userId } = await auth.member()
  const old = await auth.addTotp(context)
  const next = await auth.handlers.startTotp({}, context)
  const signIn = async (code: string) => {
    const { token: challenge } = await auth.challengeOf(email)
    const input = { challenge, method: 'totp', code, session: 'token' } as const
    return auth.handlers.completeSignIn(input, testContext())
  }
  await signIn(await auth.freshCode(userId, old.secret))
  await auth.handlers.confirmTotp({ code: totpCode(next.secret, Date.now()) }, context)
  await assert.rejects(signIn(await auth.freshCode(userId, old.secret)), { code: 'code_rejected' })
  await signIn(await auth.freshCode(userId, next.secret))
})

test('The secret is stored sealed, and opens for no other account.', async () => {
  const one = await auth.member()
  const other = await auth.member()
  const { secret } = await auth.addTotp(one.context)
  await auth.addTotp(other.context)
  const stored = JSON.stringify(await auth.db.across.rows(sql`select * from totp_factors`))
  assert.ok(!stored.includes(secret))
  await auth.db.across.run(sql`
    update totp_factors set secret = (select secret from totp_factors where user_id = ${one.userId})
    where user_id = ${other.userId}`)
  const input = { method: 'totp', code: totpCode(secret, Date.now()), session: 'token' } as const
  await assert.rejects(auth.handlers.reauthenticate(input, other.context), /authenticate/)
})

test('With the last factor the recovery codes go and a password is enough again.', async () => {
  const { context, email, userId } = await auth.member()
  await auth.addTotp(context)
  await auth.handlers.disableTotp({}, context)
  await assert.rejects(auth.handlers.disableTotp({}, context), { code: 'not_found' })
  assert.equal(await auth.mfaEnabled(userId), false)
  assert.equal((await auth.handlers.getSecurity(undefined, context)).recoveryCodesLeft, 0)
  assert.equal(await auth.staleSince(userId), 2)
  assert.ok((await auth.login(email)).tokens)
})

test('An app and a passkey share the recovery codes; removing one of them leaves the other and the codes.', async () => {
  const { context, email, userId } = await auth.member()
  await auth.addPasskey(context)
  await auth.addTotp(context)
  await auth.handlers.disableTotp({}, context)
  assert.equal(await auth.mfaEnabled(userId), true)
  assert.deepEqual((await auth.challengeOf(email)).methods, ['passkey', 'recovery_code'])
})

test('New recovery codes replace the old ones, and come to nobody without a second factor.', async () => {
  const { context, email } = await auth.member()
  await assert.rejects(auth.handlers.renewRecoveryCodes({}, context), { code: 'conflict' })
  const { codes: old } = await auth.addTotp(context)
  const { codes } = await auth.handlers.renewRecoveryCodes({}, context)
  assert.equal(codes.filter(code => old.includes(code)).length, 0)
  const { token: challenge } = await auth.challengeOf(email)
  const complete = (code: string) =>
    auth.handlers.completeSignIn(
      { challenge, method: 'recovery_code', code, session: 'token' },
      testContext(),
    )
  await assert.rejects(complete(old[0] as string), { code: 'code_rejected' })
  await complete(codes[0] as string)
})

test('Where the school requires two-step sign-in, adding one gives the roles that were held back.', async () => {
  const { context, email } = await auth.member(['learner', 'instructor'])
  await auth.db.across.run(sql`update organizations set require_mfa = 'staff' where id = ${auth.north}`)
  try {
    const { tokens } = await auth.login(email)
    assert.deepEqual((await auth.contextOf(tokens)).actor.roles, ['learner'])
    await auth.addTotp(context)
    // The other session has ended; this one goes on with what its next token says.
    const { codes } = await auth.handlers.renewRecoveryCodes({}, context)
    const { token: challenge } = await auth.challengeOf(email)
    const input = { challenge, method: 'recovery_code', code: codes[0] as string, session: 'token' } as const
    const signedIn = await auth.handlers.completeSignIn(input, testContext())
    assert.deepEqual((await auth.contextOf(signedIn.tokens)).actor.roles, ['learner', 'instructor'])
  } finally {
    await auth.db.across.run(sql`update organizations set require_mfa = 'nobody' where id = ${auth.north}`)
  }
})

test('A reset takes everything, ends open challenges, and the password is enough again.', async () => {
  const { context, email, userId } = await auth.member()
  const { codes } = await auth.addTotp(context)
  await auth.addPasskey(context)
  const { token: challenge } = await auth.challengeOf(email)
  await auth.db.across.transaction(tx => resetFactors(tx, userId))
  assert.equal(await auth.mfaEnabled(userId), false)
  const security = await auth.handlers.getSecurity(undefined, context)
  assert.deepEqual(security.passkeys, [])
  assert.equal(security.totpEnabledAt, null)
  assert.equal(security.recoveryCodesLeft, 0)
  const code = codes[0] as string
  await assert.rejects(
    auth.handlers.completeSignIn({ challenge, method: 'recovery_code', code, session: 'token' }, context),
    { code: 'link_expired' },
  )
  assert.ok((await auth.login(email)).tokens)
})

test('An email tells the owner what changed and when, and warns who has lost the rights of their role.', async () => {
  const { email, userId } = await auth.member(['instructor'])
  await auth.db.across.run(sql`update organizations set require_mfa = 'staff' where id = ${auth.north}`)
  const job = {
    userId,
    organizationId: auth.north,
    change: 'totp_removed',
    at: '2026-11-24T10:15:30.000Z',
  } as const
  await sendFactorNotice(auth, job)
  await auth.db.across.run(sql`update organizations set require_mfa = 'nobody' where id = ${auth.north}`)
  const messages = (await auth.mail.mailbox?.()) ?? []
  const message = messages.find(({ to }) => to === email)
  assert.equal(message?.subject, 'The authenticator app was removed from your account')
  assert.match(message?.text ?? '', /2026-11-24 10:15 UTC/)
  assert.match(message?.text ?? '', /requires two-step sign-in/)
})

test('Each change queues its email with itself, and a refused one queues none.', async () => {
  const { context, userId } = await auth.member()
  await assert.rejects(auth.handlers.disableTotp({}, context), { code: 'not_found' })
  assert.deepEqual(await auth.emailsTo(userId), [])
  await auth.addTotp(context)
  await auth.addPasskey(context)
  await auth.handlers.renewRecoveryCodes({}, context)
  await auth.handlers.disableTotp({}, context)
  assert.deepEqual(await auth.emailsTo(userId), [
    'totp_added',
    'passkey_added',
    'recovery_codes_renewed',
    'totp_removed',
  ])
})

test('What was begun and not finished is removed in time.', async () => {
  const { context, email, userId } = await auth.member()
  await auth.addTotp(context)
  await auth.challengeOf(email)
  await auth.handlers.startPasskeyRegistration({}, context)
  await purgeUnfinished(auth.db)
  const count = () =>
    auth.db.across.one<{ left: number }>(sql`
      select (select count(*) from webauthn_ceremonies where user_id = ${userId})
        + (select count(*) from login_challenges where user_id = ${userId}) as left`)
  assert.equal((await count()).left, 2)
  await auth.db.across.run(sql`update webauthn_ceremonies set expires_at = clock_timestamp()`)
  await auth.db.across.run(sql`update login_challenges set expires_at = clock_timestamp()`)
  await purgeUnfinished(auth.db)
  assert.equal((await count()).left, 0)
})
