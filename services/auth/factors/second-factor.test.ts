import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { testContext } from '@azora/kit/testing.ts'
import { hashPassword } from '../accounts/password.ts'
import { goodPassword } from '../testing.ts'
import { deleteChallengesOf } from './challenge.store.ts'
import { startFactors } from './testing.ts'
import { totpCode } from './totp.ts'

let auth: Awaited<ReturnType<typeof startFactors>>
before(async () => {
  auth = await startFactors()
})
after(() => auth.dispose())

async function personWithTotp() {
  const person = await auth.member()
  return { ...person, ...(await auth.addTotp(person.context)) }
}

const complete = (
  challenge: string,
  code: string,
  method: 'totp' | 'recovery_code' = 'totp',
  context = testContext(),
) => auth.handlers.completeSignIn({ challenge, method, code, session: 'token' }, context)

const wrongCode = (right: string) => (right === '000000' ? '000001' : '000000')

test('A password alone no longer opens a session; the challenge says by what it is met, and a code meets it.', async () => {
  const { email, userId, secret } = await personWithTotp()
  const answer = await auth.login(email)
  assert.equal(answer.account, null)
  assert.equal(answer.tokens, null)
  assert.deepEqual(answer.challenge?.methods, ['totp', 'recovery_code'])
  const { account, tokens } = await complete(answer.challenge.token, await auth.freshCode(userId, secret))
  assert.equal(account.id, userId)
  assert.equal((await auth.contextOf(tokens)).actor.userId, userId)
  assert.deepEqual((await auth.auditOf(userId)).at(-1), {
    action: 'session.started',
    details: { method: 'password', secondFactor: 'totp' },
  })
})

test('Tokens may travel in cookies after a second factor too.', async () => {
  const { email, userId, secret } = await personWithTotp()
  const { token } = await auth.challengeOf(email)
  const context = testContext()
  const code = await auth.freshCode(userId, secret)
  const input = { challenge: token, method: 'totp', code, session: 'cookie' } as const
  const answer = await auth.handlers.completeSignIn(input, context)
  assert.equal(answer.tokens, null)
  assert.ok(context.setCookies.length >= 2)
})

test('A code that turned the app on does not sign in.', async () => {
  const person = await auth.member()
  const { secret } = await auth.handlers.startTotp({}, person.context)
  const code = totpCode(secret, Date.now())
  await auth.handlers.confirmTotp({ code }, person.context)
  const { token } = await auth.challengeOf(person.email)
  await assert.rejects(complete(token, code), { code: 'code_rejected' })
})

test('A code signs in once, also when many come with it at the same moment, each with a challenge of their own.', async () => {
  const { email, userId, secret } = await personWithTotp()
  const challenges = await Promise.all([1, 2, 3, 4].map(() => auth.challengeOf(email)))
  const code = await auth.freshCode(userId, secret)
  const attempts = await Promise.allSettled(challenges.map(({ token }) => complete(token, code)))
  const refused = attempts.filter(attempt => attempt.status === 'rejected')
  assert.deepEqual(
    refused.map(({ reason }) => reason.code),
    ['code_rejected', 'code_rejected', 'code_rejected'],
  )
})

test('A code from before the one accepted last is refused, though its time has not run out.', async () => {
  const { email, userId, secret } = await personWithTotp()
  const code = await auth.freshCode(userId, secret)
  const { token } = await auth.challengeOf(email)
  await complete(token, code)
  const again = await auth.challengeOf(email)
  await assert.rejects(complete(again.token, totpCode(secret, Date.now() - 30_000)), {
    code: 'code_rejected',
  })
})

test('A challenge that was met opens no second session.', async () => {
  const { email, userId, secret, codes } = await personWithTotp()
  const { token } = await auth.challengeOf(email)
  await complete(token, await auth.freshCode(userId, secret))
  await assert.rejects(complete(token, codes[0] as string, 'recovery_code'), { code: 'link_expired' })
})

test('Of two right answers to one challenge at the same moment, one opens a session.', async () => {
  const { email, userId, codes } = await personWithTotp()
  const { token } = await auth.challengeOf(email)
  const attempts = await Promise.allSettled(
    codes.slice(0, 3).map(code => complete(token, code, 'recovery_code')),
  )
  assert.deepEqual(attempts.map(({ status }) => status).sort(), ['fulfilled', 'rejected', 'rejected'])
  const started = (await auth.auditOf(userId)).filter(
    ({ details }) => details.secondFactor === 'recovery_code',
  )
  assert.equal(started.length, 1)
})

test('Five wrong codes end the challenge, also when they come at once, and then a right one comes too late.', async () => {
  const { email, userId, secret } = await personWithTotp()
  const { token } = await auth.challengeOf(email)
  const code = await auth.freshCode(userId, secret)
  const attempts = await Promise.allSettled(Array.from({ length: 8 }, () => complete(token, wrongCode(code))))
  const codes = attempts.map(attempt => (attempt.status === 'rejected' ? attempt.reason.code : 'none')).sort()
  assert.deepEqual(codes, [...Array(5).fill('code_rejected'), ...Array(3).fill('link_expired')])
  await assert.rejects(complete(token, code), { code: 'link_expired' })
  const refusals = (await auth.auditOf(userId)).filter(({ action }) => action === 'session.refused')
  assert.deepEqual(refusals[0]?.details, { method: 'totp' })
  assert.equal(refusals.length, 5)
  const again = await auth.challengeOf(email)
  for (let attempt = 0; attempt < 5; attempt++) {
    await assert.rejects(complete(again.token, 'wrong', 'recovery_code'), { code: 'code_rejected' })
  }
  // The owner is told that someone has the password, once.
  assert.deepEqual(await auth.emailsTo(userId), ['totp_added', 'codes_refused'])
})

test('Anyone who knows the password cannot guess on with new challenges; a recovery code still lets the owner in.', async () => {
  const { email, codes } = await personWithTotp()
  let refused = ''
  for (let attempt = 0; attempt < 11 && refused !== 'rate_limited'; attempt++) {
    const { token } = await auth.challengeOf(email)
    refused = await complete(token, '000000').then(
      () => 'let in',
      failure => failure.code,
    )
  }
  assert.equal(refused, 'rate_limited')
  const { token } = await auth.challengeOf(email)
  const answer = await complete(token, codes[0] as string, 'recovery_code')
  assert.equal(answer.account.email, email)
})

test('From ever new addresses, sixty wrong codes a day close the codes of an account.', async () => {
  const { email, userId, secret } = await personWithTotp()
  const from = (host: number) => Object.assign(testContext(), { ip: `192.0.2.${host}` })
  for (let host = 0; host < 60; host++) {
    const { token } = await auth.challengeOf(email)
    await assert.rejects(complete(token, 'no code', 'totp', from(host)), { code: 'code_rejected' })
  }
  const { token } = await auth.challengeOf(email)
  const code = await auth.freshCode(userId, secret)
  await assert.rejects(complete(token, code, 'totp', from(200)), { code: 'rate_limited' })
})

test('An unknown, changed or expired challenge is over.', async () => {
  const { email, userId, codes } = await personWithTotp()
  const { token } = await auth.challengeOf(email)
  const code = codes[0] as string
  for (const other of ['', 'x', `${token}=`, token.toLowerCase(), 'A'.repeat(43)]) {
    await assert.rejects(complete(other, code, 'recovery_code'), { code: 'link_expired' })
  }
  await auth.db.across.run(
    sql`update login_challenges set expires_at = clock_timestamp() where user_id = ${userId}`,
  )
  await assert.rejects(complete(token, code, 'recovery_code'), { code: 'link_expired' })
})

test('The challenge is stored as a hash alone.', async () => {
  const { email, userId } = await personWithTotp()
  const { token } = await auth.challengeOf(email)
  const [row] = await auth.db.across.rows(sql`select * from login_challenges where user_id = ${userId}`)
  assert.ok(row)
  assert.ok(!JSON.stringify(row).includes(token))
})

test('Recovery codes are of 24 letters and of 112 bits at least, by all that is seen of them.', async () => {
  const { codes } = await personWithTotp()
  const letters = new Set(codes.join('').replaceAll('-', ''))
  // Of 240 drawn from 31, fewer than 26 are missing as good as never; 26 letters make 24 * log2(26) = 112.8 bits.
  assert.ok(
    letters.size >= 26 &&
      codes.every(code => code.replaceAll('-', '').length * Math.log2(letters.size) >= 112),
  )
})

test('A recovery code works once, in whatever letters and spaces it is typed; nine are left, and a letter tells.', async () => {
  const { email, userId, codes, context } = await personWithTotp()
  assert.equal(new Set(codes).size, 10)
  for (const code of codes) assert.match(code, /^(?:[2-9a-hjkmnp-z]{4}-){5}[2-9a-hjkmnp-z]{4}$/)
  const typed = (codes[3] as string).toUpperCase().replaceAll('-', ' ')
  const first = await auth.challengeOf(email)
  assert.equal((await complete(first.token, typed, 'recovery_code')).account.id, userId)
  const second = await auth.challengeOf(email)
  await assert.rejects(complete(second.token, codes[3] as string, 'recovery_code'), { code: 'code_rejected' })
  assert.equal((await auth.handlers.getSecurity(undefined, context)).recoveryCodesLeft, 9)
  const actions = (await auth.auditOf(userId)).map(({ action }) => action)
  assert.ok(actions.includes('recovery_code.used'))
})

test("Nobody's recovery code opens another's account, and the table holds none of them.", async () => {
  const one = await personWithTotp()
  const other = await personWithTotp()
  const { token } = await auth.challengeOf(one.email)
  await assert.rejects(complete(token, other.codes[0] as string, 'recovery_code'), { code: 'code_rejected' })
  const stored = JSON.stringify(await auth.db.across.rows(sql`select * from recovery_codes`))
  for (const code of one.codes) {
    assert.ok(!stored.includes(code) && !stored.includes(code.replaceAll('-', '')))
  }
})

test('A new password does not get past the second factor, and a challenge won by the old one can be withdrawn.', async () => {
  const { email, userId, codes } = await personWithTotp()
  const old = await auth.challengeOf(email)
  const hash = await hashPassword('nine goats on a hill')
  await auth.db.across.transaction(async tx => {
    await tx.run(sql`update users set password_hash = ${hash} where id = ${userId}`)
    await deleteChallengesOf(tx, userId)
  })
  await assert.rejects(complete(old.token, codes[0] as string, 'recovery_code'), { code: 'link_expired' })
  const answer = await auth.login(email, 'nine goats on a hill')
  assert.equal(answer.tokens, null)
  assert.ok(answer.challenge)
})

test('One who was barred between the two proofs is told so after the second.', async () => {
  const { email, userId, codes } = await personWithTotp()
  const { token } = await auth.challengeOf(email)
  await auth.db.across.run(
    sql`update memberships set suspended_at = clock_timestamp() where user_id = ${userId}`,
  )
  await assert.rejects(complete(token, 'wrong', 'recovery_code'), { code: 'code_rejected' })
  await assert.rejects(complete(token, codes[0] as string, 'recovery_code'), { code: 'account_suspended' })
})

test('The school of the password is the school of the session.', async () => {
  const person = await auth.member(['learner'], auth.south)
  const { codes } = await auth.addTotp(person.context)
  const input = { email: person.email, password: goodPassword, school: 'south', session: 'token' as const }
  const { challenge } = await auth.handlers.login(input, testContext())
  const { account } = await complete(challenge?.token ?? '', codes[0] as string, 'recovery_code')
  assert.equal(account.organization.slug, 'south')
})
