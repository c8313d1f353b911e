import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { testContext } from '@azora/kit/testing.ts'
import { createAuthenticator } from './test-authenticator.ts'
import { startFactors } from './testing.ts'

let auth: Awaited<ReturnType<typeof startFactors>>
before(async () => {
  auth = await startFactors()
})
after(() => auth.dispose())

type Lies = Parameters<ReturnType<typeof createAuthenticator>['get']>[1]
type Settings = Parameters<typeof createAuthenticator>[0]

async function personWithPasskey(settings: Settings = {}, lies: Lies = {}, organizationId = auth.north) {
  const person = await auth.member(['learner'], organizationId)
  return { ...person, ...(await auth.addPasskey(person.context, createAuthenticator(settings), lies)) }
}

const begin = (challenge?: string, context = testContext()) =>
  auth.handlers.startPasskeySignIn(challenge === undefined ? {} : { challenge }, context)

const finish = (
  { ceremonyId }: { ceremonyId: string },
  response: Record<string, unknown>,
  { school, context = testContext() }: { school?: string; context?: ReturnType<typeof testContext> } = {},
) =>
  auth.handlers.finishPasskeySignIn(
    { ceremonyId, response, session: 'token', ...(school ? { school } : {}) },
    context,
  )

const refused = { code: 'wrong_credentials' }
const over = { code: 'link_expired' }

test('A passkey signs in alone: no address, no password, no second question.', async () => {
  const { authenticator, userId } = await personWithPasskey()
  const begun = await begin()
  const { account, tokens } = await finish(begun, authenticator.get(begun.options))
  assert.equal(account.id, userId)
  assert.ok(tokens)
  assert.deepEqual((await auth.auditOf(userId)).at(-1), {
    action: 'session.started',
    details: { method: 'passkey' },
  })
  const { passkeys } = await auth.handlers.getSecurity(undefined, await auth.contextOf(tokens))
  assert.ok(passkeys[0]?.lastUsedAt)
})

test('Beginning to sign in tells nothing of any account: the options name no passkey and ask who it is.', async () => {
  await personWithPasskey()
  const { options } = await begin()
  assert.equal(options.allowCredentials, undefined)
  assert.equal(options.userVerification, 'required')
  assert.equal(options.rpId, 'localhost')
})

test('As a second factor the challenge names the passkeys; a touch is enough, and the challenge is met.', async () => {
  const { authenticator, email, userId } = await personWithPasskey({}, { verified: false })
  const { token, methods } = await auth.challengeOf(email)
  assert.deepEqual(methods, ['passkey', 'recovery_code'])
  const begun = await begin(token)
  assert.equal((begun.options.allowCredentials as unknown[]).length, 1)
  const second = await begin(token)
  const answer = authenticator.get(begun.options, { verified: false, userHandle: null })
  const { account } = await finish(begun, answer)
  assert.equal(account.id, userId)
  assert.deepEqual((await auth.auditOf(userId)).at(-1)?.details, {
    method: 'password',
    secondFactor: 'passkey',
  })
  await assert.rejects(begin(token), over)
  await assert.rejects(finish(second, authenticator.get(second.options)), over)
})

test('Alone, a passkey that was only touched is refused, and so is one that does not say whose it is.', async () => {
  const { authenticator } = await personWithPasskey()
  const other = await auth.member()
  const otherHandle = Buffer.from(other.userId.replaceAll('-', ''), 'hex').toString('base64url')
  for (const lies of [{ verified: false }, { userHandle: null }, { userHandle: otherHandle }]) {
    const begun = await begin()
    await assert.rejects(finish(begun, authenticator.get(begun.options, lies)), refused, JSON.stringify(lies))
  }
})

test('An answer from another page, for another host, challenge or act is refused; so are changed ones.', async () => {
  const { authenticator, userId } = await personWithPasskey()
  const faults: Lies[] = [
    { origin: 'http://evil.example' },
    { origin: 'http://localhost:8081' },
    { origin: 'http://north.localhost:8080' },
    { rpId: 'evil.example' },
    { challenge: 'A'.repeat(43) },
    { type: 'webauthn.create' },
    { backupEligible: false },
    { crossOrigin: true },
  ]
  for (const lies of faults) {
    const begun = await begin()
    await assert.rejects(finish(begun, authenticator.get(begun.options, lies)), refused, JSON.stringify(lies))
  }
  const begun = await begin()
  const answer = authenticator.get(begun.options)
  const signature = Buffer.from(answer.response.signature, 'base64url')
  signature[signature.length - 1] = (signature.at(-1) ?? 0) ^ 1
  const tampered = { ...answer.response, signature: signature.toString('base64url') }
  await assert.rejects(finish(begun, { ...answer, response: tampered }), refused)
  const refusals = (await auth.auditOf(userId)).filter(({ action }) => action === 'session.refused')
  assert.equal(refusals.length, faults.length + 1)
  assert.deepEqual(refusals[0]?.details, { method: 'passkey', reason: 'invalid' })
})

test('What is no answer of a browser at all, or of a passkey that nobody has, is refused in the same words.', async () => {
  const { authenticator } = await personWithPasskey()
  const foreign = createAuthenticator()
  foreign.create({ challenge: 'x', rp: { id: 'localhost' }, user: { id: 'AAAA' } })
  const messages = new Set<string>()
  const cases = [
    () => ({}),
    () => ({ id: 'A', rawId: 'A', type: 'public-key', response: {} }),
    (options: Record<string, unknown>) => foreign.get(options),
    (options: Record<string, unknown>) => authenticator.get(options, { verified: false }),
    (options: Record<string, unknown>) => {
      const answer = authenticator.get(options)
      return { ...answer, response: { ...answer.response, authenticatorData: 'AAAA' } }
    },
  ]
  for (const make of cases) {
    const begun = await begin()
    await assert.rejects(finish(begun, make(begun.options)), (failure: { code: string; message: string }) => {
      messages.add(`${failure.code} ${failure.message}`)
      return true
    })
  }
  assert.deepEqual([...messages], ['wrong_credentials This passkey was not accepted.'])
})

test('A captured answer signs nobody in a second time: not in its ceremony, nor in another.', async () => {
  const { authenticator } = await personWithPasskey()
  const begun = await begin()
  const answer = authenticator.get(begun.options)
  await finish(begun, answer)
  await assert.rejects(finish(begun, answer), over)
  await assert.rejects(finish(await begin(), answer), refused)
})

test('A refused answer uses its ceremony up.', async () => {
  const { authenticator } = await personWithPasskey()
  const begun = await begin()
  await assert.rejects(finish(begun, {}), refused)
  await assert.rejects(finish(begun, authenticator.get(begun.options)), over)
})

test('Of two who bring the same answer at once, one is let in.', async () => {
  const { authenticator } = await personWithPasskey()
  const begun = await begin()
  const answer = authenticator.get(begun.options)
  const attempts = await Promise.allSettled([finish(begun, answer), finish(begun, answer)])
  assert.deepEqual(attempts.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
})

test('A ceremony for something else, or one whose time has run out, signs nobody in.', async () => {
  const { authenticator, context } = await personWithPasskey()
  const check = await auth.handlers.startPasskeyCheck({}, context)
  await assert.rejects(finish(check, authenticator.get(check.options)), over)
  const expired = await begin()
  await auth.db.across.run(
    sql`update webauthn_ceremonies set expires_at = clock_timestamp() where id = ${expired.ceremonyId}`,
  )
  await assert.rejects(finish(expired, authenticator.get(expired.options)), over)
})

test("Another person's passkey does not meet a challenge, and its five tries are counted.", async () => {
  const victim = await personWithPasskey()
  const attacker = await personWithPasskey()
  const { token } = await auth.challengeOf(victim.email)
  const ceremonies = await Promise.all([1, 2, 3, 4, 5, 6].map(() => begin(token)))
  const codes: string[] = []
  for (const begun of ceremonies) {
    const answer = attacker.authenticator.get(begun.options)
    codes.push(
      await finish(begun, answer).then(
        () => 'let in',
        failure => failure.code,
      ),
    )
  }
  assert.deepEqual(codes, [...Array(5).fill('wrong_credentials'), 'link_expired'])
  assert.equal(await auth.mfaEnabled(victim.userId), true)
})

test('A counter that rises is followed; one that goes back or stands still tells of a copy, and is refused.', async () => {
  const { authenticator, userId } = await personWithPasskey({ counts: true, synced: false })
  const use = async (lies: Lies) => {
    const begun = await begin()
    return finish(begun, authenticator.get(begun.options, lies))
  }
  await use({ counter: 10 })
  await use({ counter: 11 })
  for (const counter of [11, 5, 0]) await assert.rejects(use({ counter }), refused)
  await use({ counter: 12 })
  const refusals = (await auth.auditOf(userId)).filter(({ action }) => action === 'session.refused')
  assert.deepEqual(refusals[0]?.details, { method: 'passkey', reason: 'counter' })
  assert.equal(refusals.length, 3)
})

test('One signs in to the school one names, to one\u2019s own otherwise, and to no school one is not in.', async () => {
  const { authenticator } = await personWithPasskey({}, {}, auth.south)
  const own = await begin()
  assert.equal((await finish(own, authenticator.get(own.options))).account.organization.slug, 'south')
  const named = await begin()
  await assert.rejects(finish(named, authenticator.get(named.options), { school: 'north' }), refused)
})

test('At the address of a school its own pages may ask for the passkey as well.', async () => {
  const { authenticator } = await personWithPasskey({ origin: 'http://localhost:8080' }, {}, auth.south)
  const context = Object.assign(testContext(), { school: 'south' })
  const begun = await begin(undefined, context)
  const answer = authenticator.get(begun.options, { origin: 'http://south.localhost:8080' })
  assert.equal((await finish(begun, answer, { context })).account.organization.slug, 'south')
})

test('Who is barred from the school, or whose account is about to be deleted, is not let in.', async () => {
  const barred = await personWithPasskey()
  await auth.db.across.run(
    sql`update memberships set suspended_at = clock_timestamp() where user_id = ${barred.userId}`,
  )
  const first = await begin()
  await assert.rejects(finish(first, barred.authenticator.get(first.options)), { code: 'account_suspended' })
  const leaving = await personWithPasskey()
  await auth.db.across.run(sql`update users set deletes_at = clock_timestamp() where id = ${leaving.userId}`)
  const second = await begin()
  await assert.rejects(finish(second, leaving.authenticator.get(second.options)), refused)
})
