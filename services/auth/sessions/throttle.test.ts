import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createLimiter } from '@azora/kit/limits.ts'
import { sql } from '@azora/kit/sql.ts'
import { testContext } from '@azora/kit/testing.ts'
import { selectAuditActions } from '../accounts/testing.store.ts'
import { startAccounts } from '../accounts/testing.ts'
import { goodPassword } from '../testing.ts'
import { networkOf } from './network.ts'
import { countAttempt } from './throttle.ts'

let auth: Awaited<ReturnType<typeof startAccounts>>
before(async () => {
  auth = await startAccounts()
})
after(() => auth.dispose())

const from = (ip: string) => Object.assign(testContext(), { ip })
const home = from('198.51.100.4')

/** Guess from so many networks that the account is closed to all but those where its owner is known. */
async function besiege(email: string) {
  for (let guess = 0; guess < 100; guess++) {
    await countAttempt(auth, { ip: `203.0.113.${guess}`, email })
  }
}

test('Guessers everywhere close an account to strangers, but not to its owner where they have signed in before.', async () => {
  const { email } = await auth.addPerson()
  await auth.login(email, goodPassword, home)
  await besiege(email)
  await assert.rejects(auth.login(email, goodPassword, from('192.0.2.99')), { code: 'rate_limited' })
  assert.ok((await auth.login(email, goodPassword, home)).tokens)
})

test('The owner who is new somewhere gets in again by an email, for the mailbox is theirs.', async () => {
  const { email } = await auth.addPerson()
  const away = from('192.0.2.50')
  await besiege(email)
  await assert.rejects(auth.login(email, goodPassword, away), { code: 'rate_limited' })
  await auth.handlers.forgotPassword({ email }, away)
  const token = await auth.tokenTo(email)
  const password = 'eleven crows in a tree'
  await auth.handlers.resetPassword({ token, password }, away)
  assert.ok((await auth.login(email, password, away)).tokens)
})

test('Where the owner is known one can guess as little as anywhere else.', async () => {
  const { email } = await auth.addPerson()
  await auth.login(email, goodPassword, home)
  await besiege(email)
  for (let guess = 0; guess < 10; guess++) await countAttempt(auth, { ip: home.ip, email })
  await assert.rejects(countAttempt(auth, { ip: home.ip, email }), { code: 'rate_limited' })
})

test('The address of an administrator who borrowed somebody\u2019s eyes is not known to be theirs.', async () => {
  const { email, userId } = await auth.addPerson()
  const admin = await auth.addPerson(['admin'])
  await auth.login(email, goodPassword, home)
  await auth.db.across.run(
    sql`update sessions set impersonator_id = ${admin.userId} where user_id = ${userId}`,
  )
  await besiege(email)
  await assert.rejects(auth.login(email, goodPassword, home), { code: 'rate_limited' })
})

test('An address without an account closes in the same way, asked from the same statements.', async () => {
  const { email } = await auth.addPerson()
  const unknown = 'no-such-person@school.example'
  for (const address of [email, unknown]) await besiege(address)
  const stranger = from('192.0.2.98')
  const attempt = (address: string) =>
    auth.statementsOf(() =>
      assert.rejects(auth.login(address, 'not the password', stranger), { code: 'rate_limited' }),
    )
  assert.deepEqual(await attempt(email), await attempt(unknown))
})

test('A wrong password takes the same statements for a known address as for an unknown one, and is recorded for it.', async () => {
  const { email, userId } = await auth.addPerson()
  const attempt = (address: string) =>
    auth.statementsOf(() =>
      assert.rejects(auth.login(address, 'not the password', auth.stranger()), { code: 'wrong_credentials' }),
    )
  assert.deepEqual(await attempt(email), await attempt('not-here-either@school.example'))
  await auth.settle()
  assert.deepEqual(await selectAuditActions(auth.db.across, userId), ['session.refused'])
})

test('Anyone who is barred is told so once the password was right, and it is recorded.', async () => {
  const { email, userId } = await auth.addPerson()
  await auth.db.across.run(
    sql`update memberships set suspended_at = clock_timestamp() where user_id = ${userId}`,
  )
  await assert.rejects(auth.login(email, 'not the password', auth.stranger()), { code: 'wrong_credentials' })
  await assert.rejects(auth.login(email, goodPassword, auth.stranger()), { code: 'account_suspended' })
  assert.deepEqual(await selectAuditActions(auth.db.across, userId), ['session.refused'])
})

test('Attempts at the same moment all count.', async () => {
  const limiter = createLimiter(null)
  const given = { ip: '192.0.2.10', email: 'many-at-once@school.example' }
  const outcomes = await Promise.allSettled(
    Array.from({ length: 25 }, () => countAttempt({ db: auth.db, limiter }, given)),
  )
  assert.equal(outcomes.filter(outcome => outcome.status === 'fulfilled').length, 10)
})

test('The hosts of an IPv6 network count as one, and an IPv4 address within IPv6 as itself.', () => {
  assert.equal(networkOf('2001:db8:1:2::1'), networkOf('2001:db8:1:2:ffff::9'))
  assert.notEqual(networkOf('2001:db8:1:2::1'), networkOf('2001:db8:1:3::1'))
  assert.equal(networkOf('::ffff:192.0.2.1'), '192.0.2.1')
  assert.equal(networkOf(''), '')
})
