import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { testContext } from '@azora/kit/testing.ts'
import { selectAuditActions } from '../accounts/testing.store.ts'
import { goodPassword, startAuth } from '../testing.ts'
import { purgeSessions } from './sessions.ts'

let auth: Awaited<ReturnType<typeof startAuth>>
before(async () => {
  auth = await startAuth()
})
after(() => auth.dispose())

async function signedIn(roles?: Parameters<typeof auth.addPerson>[0]) {
  const person = await auth.addPerson(roles)
  const { tokens } = await auth.login(person.email)
  assert.ok(tokens)
  return { ...person, tokens }
}

const refresh = (refreshToken: string) => auth.handlers.refresh({ refreshToken }, testContext())

test('Signing in gives an access token that says who, in which school, with which roles.', async () => {
  const { userId, tokens } = await signedIn(['instructor', 'learner'])
  const actor = await auth.identity.verify(tokens.accessToken)
  assert.equal(actor.userId, userId)
  assert.equal(actor.organizationId, auth.north)
  assert.deepEqual(actor.roles, ['learner', 'instructor'])
  assert.ok(Math.abs(Date.parse(tokens.accessExpiresAt) - Date.now() - 900_000) < 5000)
})

test('A wrong password and an unknown address are answered alike.', async () => {
  const { email } = await auth.addPerson()
  await assert.rejects(auth.login(email, 'not the password'), { code: 'wrong_credentials' })
  await assert.rejects(auth.login('nobody@school.example', 'not the password'), { code: 'wrong_credentials' })
})

test('A person signs in to the school they belong to, and to no other.', async () => {
  const { email } = await auth.addPerson(['learner'], auth.south)
  const { account } = await auth.login(email)
  assert.equal(account?.organization.slug, 'south')
  const input = { email, password: goodPassword, session: 'token' as const }
  await assert.rejects(auth.handlers.login({ ...input, school: 'north' }, testContext()), {
    code: 'wrong_credentials',
  })
})

test('Ten failures from one address close an account to that address, and to no other.', async () => {
  const { email } = await auth.addPerson()
  for (let attempt = 0; attempt < 10; attempt++) {
    await assert.rejects(auth.login(email, 'not the password'), { code: 'wrong_credentials' })
  }
  await assert.rejects(
    auth.login(email),
    (failure: { code: string; data: { retryAfterSeconds: number } }) => {
      assert.equal(failure.code, 'rate_limited')
      assert.ok(failure.data.retryAfterSeconds > 0 && failure.data.retryAfterSeconds <= 900)
      return true
    },
  )
  const elsewhere = Object.assign(testContext(), { ip: '192.0.2.7' })
  assert.ok((await auth.login(email, goodPassword, elsewhere)).tokens)
})

test('Signing in rightly does not count as an attempt.', async () => {
  const { email } = await auth.addPerson()
  for (let attempt = 0; attempt < 12; attempt++) assert.ok((await auth.login(email)).tokens)
})

test('A hash made with older parameters is replaced when its owner signs in.', async () => {
  const { email, userId } = await auth.addPerson()
  const { hash } = await import('@node-rs/argon2')
  const old = await hash(goodPassword, { memoryCost: 4096, timeCost: 2, parallelism: 1 })
  await auth.db.across.run(sql`update users set password_hash = ${old} where id = ${userId}`)
  await auth.login(email)
  const { passwordHash } = await auth.db.across.one<{ passwordHash: string }>(
    sql`select password_hash from users where id = ${userId}`,
  )
  assert.match(passwordHash, /m=19456,t=2,p=1/)
  assert.ok((await auth.login(email)).tokens)
})

test('A refresh token is exchanged for its successor, and the chain goes on.', async () => {
  const { tokens } = await signedIn()
  const second = await refresh(tokens.refreshToken)
  assert.notEqual(second.tokens?.refreshToken, tokens.refreshToken)
  const third = await refresh(second.tokens?.refreshToken ?? '')
  assert.ok(third.tokens)
})

test('Two tabs that refresh at once get the same successor.', async () => {
  const { tokens } = await signedIn()
  const answers = await Promise.all([1, 2, 3].map(() => refresh(tokens.refreshToken)))
  assert.equal(new Set(answers.map(answer => answer.tokens?.refreshToken)).size, 1)
})

test('A spent refresh token that comes back later ends the whole session.', async () => {
  const { tokens, userId } = await signedIn()
  const second = await refresh(tokens.refreshToken)
  await auth.db.across.run(
    sql`update sessions set rotated_at = rotated_at - interval '31 seconds' where user_id = ${userId}`,
  )
  await assert.rejects(refresh(tokens.refreshToken), { code: 'session_expired' })
  await assert.rejects(refresh(second.tokens?.refreshToken ?? ''), { code: 'session_expired' })
})

test('A refresh token two steps behind ends the session at once, which is recorded once.', async () => {
  const { tokens, userId } = await signedIn()
  const second = await refresh(tokens.refreshToken)
  const third = await refresh(second.tokens?.refreshToken ?? '')
  for (let times = 0; times < 2; times++)
    await assert.rejects(refresh(tokens.refreshToken), { code: 'session_expired' })
  const actions = await selectAuditActions(auth.db.across, userId)
  // A stolen token is worth a note, and one is enough.
  assert.deepEqual(actions, ['session.started', 'session.reuse_detected'])
  await assert.rejects(refresh(third.tokens?.refreshToken ?? ''), { code: 'session_expired' })
})

test('Refreshing brings the roles of today into the access token.', async () => {
  const { tokens, userId } = await signedIn()
  await auth.db.across.run(sql`update memberships set roles = '{instructor}' where user_id = ${userId}`)
  const second = await refresh(tokens.refreshToken)
  const actor = await auth.identity.verify(second.tokens?.accessToken ?? '')
  assert.deepEqual(actor.roles, ['instructor'])
})

test('A session that was not used for too long refreshes no more.', async () => {
  const { tokens, userId } = await signedIn()
  await auth.db.across.run(
    sql`update sessions set expires_at = clock_timestamp() - interval '1 second' where user_id = ${userId}`,
  )
  await assert.rejects(refresh(tokens.refreshToken), { code: 'session_expired' })
})

test('However often it is refreshed, a session ends 180 days after it began.', async () => {
  const { tokens, userId } = await signedIn()
  const begin = (days: number) =>
    auth.db.across.run(
      sql`update sessions set created_at = clock_timestamp() - make_interval(days => ${days})
        where user_id = ${userId}`,
    )
  await begin(179)
  const second = await refresh(tokens.refreshToken)
  const left = Date.parse(second.tokens?.refreshExpiresAt ?? '') - Date.now()
  assert.ok(left > 23 * 3_600_000 && left <= 24 * 3_600_000, `${left} ms are left`)
  await begin(180)
  await assert.rejects(refresh(second.tokens?.refreshToken ?? ''), { code: 'session_expired' })
})

test('After signing out the refresh token is worth nothing, and it is recorded.', async () => {
  const { tokens, userId } = await signedIn()
  await auth.handlers.logout({}, testContext(await auth.identity.verify(tokens.accessToken)))
  await assert.rejects(refresh(tokens.refreshToken), { code: 'session_expired' })
  const actions = await selectAuditActions(auth.db.across, userId)
  assert.deepEqual(actions, ['session.started', 'session.ended'])
})

test('A web session travels in cookies that scripts cannot read, and not in the body.', async () => {
  const { email } = await auth.addPerson()
  const context = testContext()
  const input = { email, password: goodPassword, session: 'cookie' as const }
  const { tokens } = await auth.handlers.login(input, context)
  assert.equal(tokens, null)
  const [access = '', refreshText = '', csrf = ''] = context.setCookies
  assert.match(access, /^azora_access=eyJ[\w.-]+; Max-Age=(900|899); Path=\/; HttpOnly; SameSite=Lax$/)
  assert.match(refreshText, /^azora_refresh=[\w.-]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/)
  assert.match(csrf, /^azora_csrf=[\w-]{43}\.[\w-]{43}; Max-Age=(900|899); Path=\/; SameSite=Lax$/)
})

test('Refreshing by cookie answers with cookies; a cookie that is no longer good is cleared.', async () => {
  const { tokens } = await signedIn()
  const good = testContext(null, { azora_refresh: tokens.refreshToken })
  assert.equal((await auth.handlers.refresh({}, good)).tokens, null)
  assert.equal(good.setCookies.length, 3)
  const bad = testContext(null, { azora_refresh: 'made-up' })
  await assert.rejects(auth.handlers.refresh({}, bad), { code: 'session_expired' })
  assert.equal(bad.setCookies.filter(text => text.includes('Max-Age=0')).length, 3)
})

test('The purge removes sessions that have expired and keeps those that have not.', async () => {
  await purgeSessions(auth.db)
  const ended = await signedIn()
  const going = await signedIn()
  await auth.db.across.run(
    sql`update sessions set expires_at = clock_timestamp() - interval '1 second' where user_id = ${ended.userId}`,
  )
  assert.equal(await purgeSessions(auth.db), 1)
  assert.ok((await refresh(going.tokens.refreshToken)).tokens)
})
