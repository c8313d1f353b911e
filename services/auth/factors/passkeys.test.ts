import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { untilBlocked } from '@azora/kit/testing.ts'
import pg from 'pg'
import { insertIdentity } from '../federation/identities.store.ts'
import { createAuthenticator } from './test-authenticator.ts'
import { startFactors } from './testing.ts'

let auth: Awaited<ReturnType<typeof startFactors>>
before(async () => {
  auth = await startFactors()
})
after(() => auth.dispose())

const name = 'Telephone'

type Lies = Parameters<ReturnType<typeof createAuthenticator>['create']>[1]

/** Begin to add a passkey, and let `change` spoil what the browser answers. */
async function addSpoilt(lies: Lies, change: (response: Record<string, unknown>) => unknown = it => it) {
  const { context, userId } = await auth.member()
  const { ceremonyId, options } = await auth.handlers.startPasskeyRegistration({}, context)
  const response = change(createAuthenticator().create(options, lies)) as Record<string, unknown>
  const adding = auth.handlers.addPasskey({ ceremonyId, response, name }, context)
  return { adding, userId }
}

test('The first passkey is a second factor: it comes with recovery codes, ends other sessions, and renews tokens.', async () => {
  const { context, email, userId } = await auth.member()
  const elsewhere = await auth.login(email)
  const { passkey, recoveryCodes } = await auth.addPasskey(context)
  assert.equal(passkey.name, name)
  assert.equal(passkey.synced, true)
  assert.equal(passkey.lastUsedAt, null)
  assert.equal(recoveryCodes?.length, 10)
  assert.equal(await auth.mfaEnabled(userId), true)
  assert.equal(await auth.staleSince(userId), 1)
  const refreshToken = elsewhere.tokens?.refreshToken ?? ''
  await assert.rejects(auth.handlers.refresh({ refreshToken }, context), { code: 'session_expired' })
  const added = (await auth.auditOf(userId)).find(({ action }) => action === 'factor.added')
  assert.deepEqual(added?.details, { factor: 'passkey', passkeyId: passkey.id })
  assert.deepEqual((await auth.challengeOf(email)).methods, ['passkey', 'recovery_code'])
})

test('A second passkey leaves recovery codes and sessions as they are, and the first is excluded from making it.', async () => {
  const { context, userId } = await auth.member()
  const first = await auth.addPasskey(context)
  const { options } = await auth.handlers.startPasskeyRegistration({}, context)
  const excluded = options.excludeCredentials as { id: string; transports: string[] }[]
  const [stored] = await auth.db.across.rows<{ credentialId: string }>(
    sql`select credential_id from passkeys where id = ${first.passkey.id}`,
  )
  assert.deepEqual(
    excluded.map(({ id, transports }) => ({ id, transports })),
    [{ id: stored?.credentialId, transports: ['hybrid', 'internal'] }],
  )
  const second = await auth.addPasskey(context, createAuthenticator({ synced: false }))
  assert.equal(second.recoveryCodes, null)
  assert.equal(second.passkey.synced, false)
  assert.equal(await auth.staleSince(userId), 1)
  const { passkeys } = await auth.handlers.getSecurity(undefined, context)
  assert.deepEqual(
    passkeys.map(({ id }) => id),
    [first.passkey.id, second.passkey.id],
  )
})

test('The options ask for a passkey that works alone where it can, under our own name and the account\u2019s id.', async () => {
  const { context, email, userId } = await auth.member()
  const { options } = await auth.handlers.startPasskeyRegistration({}, context)
  const { rp, user, authenticatorSelection, attestation } = options as Record<string, Record<string, unknown>>
  assert.equal(rp?.id, 'localhost')
  assert.equal(user?.name, email)
  assert.equal(Buffer.from(String(user?.id), 'base64url').toString('hex'), userId.replaceAll('-', ''))
  assert.equal(authenticatorSelection?.residentKey, 'preferred')
  assert.equal(attestation, 'none')
})

test('What a browser made elsewhere, for another host, another challenge or another act is refused.', async () => {
  const faults: Lies[] = [
    { origin: 'http://evil.example' },
    { origin: 'http://localhost:8081' },
    { origin: 'https://localhost:8080' },
    { rpId: 'evil.example' },
    { challenge: 'A'.repeat(43) },
    { type: 'webauthn.get' },
    { crossOrigin: true },
  ]
  for (const lies of faults) {
    const { adding, userId } = await addSpoilt(lies)
    await assert.rejects(adding, { code: 'invalid_input' }, JSON.stringify(lies))
    assert.equal(await auth.mfaEnabled(userId), false)
  }
})

test('What is no answer of a browser at all is refused, not stumbled over.', async () => {
  type Response = Record<string, unknown> & { response: Record<string, unknown> }
  const spoilt: ((response: Response) => unknown)[] = [
    () => ({}),
    it => ({ ...it, id: 'other' }),
    it => ({ ...it, type: 'password' }),
    it => ({ ...it, response: null }),
    it => ({ ...it, response: { ...it.response, attestationObject: '' } }),
    it => ({ ...it, response: { ...it.response, attestationObject: 'AAAA' } }),
    it => ({ ...it, response: { ...it.response, attestationObject: 'gYGBgYGB'.repeat(4000) } }),
    it => ({
      ...it,
      response: { ...it.response, clientDataJSON: Buffer.from('null').toString('base64url') },
    }),
    it => ({ ...it, response: { ...it.response, clientDataJSON: 'e30' } }),
    it => ({ ...it, response: { ...it.response, transports: [{}] } }),
  ]
  for (const change of spoilt) {
    const { adding } = await addSpoilt({}, it => change(it as Response))
    await assert.rejects(adding, { code: 'invalid_input' }, String(change))
  }
})

test('A ceremony serves once, its own session alone, and not after its time.', async () => {
  const { context, email } = await auth.member()
  const stranger = await auth.member()
  const otherSession = await auth.contextOf((await auth.login(email)).tokens)
  const begin = () => auth.handlers.startPasskeyRegistration({}, context)
  const finish = (
    { ceremonyId, options }: Awaited<ReturnType<typeof begin>>,
    by: Parameters<typeof auth.handlers.addPasskey>[1],
  ) => auth.handlers.addPasskey({ ceremonyId, response: createAuthenticator().create(options), name }, by)
  const over = { code: 'link_expired' }
  await assert.rejects(finish(await begin(), stranger.context), over)
  await assert.rejects(finish(await begin(), otherSession), over)
  const expired = await begin()
  await auth.db.across.run(
    sql`update webauthn_ceremonies set expires_at = clock_timestamp() where id = ${expired.ceremonyId}`,
  )
  await assert.rejects(finish(expired, context), over)
  const used = await begin()
  await finish(used, context)
  await assert.rejects(finish(used, context), over)
  const check = await auth.handlers.startPasskeyCheck({}, context)
  const { challenge } = check.options
  await assert.rejects(finish({ ...check, options: { ...used.options, challenge } }, context), over)
})

test('A passkey that somebody has already is not added again, no matter who brings it.', async () => {
  const one = await auth.member()
  const other = await auth.member()
  const begun = await auth.handlers.startPasskeyRegistration({}, one.context)
  const response = createAuthenticator().create(begun.options)
  await auth.handlers.addPasskey({ ceremonyId: begun.ceremonyId, response, name }, one.context)
  // The credential id lies in the clear; an attacker claims it for a key of their own.
  const theirs = await auth.handlers.startPasskeyRegistration({}, other.context)
  await auth.db.across.run(sql`
    update webauthn_ceremonies set challenge = ${begun.options.challenge as string}
    where id = ${theirs.ceremonyId}`)
  const claiming = { ceremonyId: theirs.ceremonyId, response, name }
  await assert.rejects(auth.handlers.addPasskey(claiming, other.context), { code: 'conflict' })
  assert.equal(await auth.mfaEnabled(other.userId), false)
})

test('One renames and removes one\u2019s own passkeys, and nobody else\u2019s.', async () => {
  const { context, userId } = await auth.member()
  const stranger = await auth.member()
  const { passkey } = await auth.addPasskey(context)
  const passkeyId = passkey.id
  const missing = { code: 'not_found' }
  await assert.rejects(auth.handlers.renamePasskey({ passkeyId, name: 'Mine' }, stranger.context), missing)
  await assert.rejects(auth.handlers.removePasskey({ passkeyId }, stranger.context), missing)
  const renamed = await auth.handlers.renamePasskey({ passkeyId, name: 'Key on the ring' }, context)
  assert.equal(renamed.name, 'Key on the ring')
  await auth.handlers.removePasskey({ passkeyId }, context)
  await assert.rejects(auth.handlers.removePasskey({ passkeyId }, context), missing)
  assert.equal(await auth.mfaEnabled(userId), false)
  assert.equal((await auth.handlers.getSecurity(undefined, context)).recoveryCodesLeft, 0)
  assert.equal(await auth.staleSince(userId), 2)
})

test('The last passkey of an account without a password stays, unless it was never a way in by itself.', async () => {
  const { context, userId } = await auth.member()
  const first = await auth.addPasskey(context)
  const touchOnly = await auth.addPasskey(context, createAuthenticator(), { verified: false })
  await auth.db.across.run(sql`update users set password_hash = null where id = ${userId}`)
  const remove = (passkeyId: string) => auth.handlers.removePasskey({ passkeyId }, context)
  await assert.rejects(remove(first.passkey.id), { code: 'last_way_in' })
  await remove(touchOnly.passkey.id)
  await assert.rejects(remove(first.passkey.id), { code: 'last_way_in' })
  assert.equal(await auth.mfaEnabled(userId), true)
  assert.equal((await auth.handlers.getSecurity(undefined, context)).recoveryCodesLeft, 10)
})

test('An account elsewhere is another way in, so the last passkey may go; then it is by that one proves oneself.', async () => {
  const { context, userId } = await auth.member()
  const { passkey } = await auth.addPasskey(context)
  await auth.db.across.run(sql`update users set password_hash = null where id = ${userId}`)
  const identity = { userId, provider: 'github', subject: userId, label: 'octo' } as const
  await insertIdentity(auth.db.across, identity)
  await auth.handlers.removePasskey({ passkeyId: passkey.id }, context)
  const security = await auth.handlers.getSecurity(undefined, context)
  assert.equal(security.hasPassword, false)
  assert.deepEqual(security.stepUpMethods, ['github'])
  assert.deepEqual(
    security.identities.map(({ provider, label }) => ({ provider, label })),
    [{ provider: 'github', label: 'octo' }],
  )
})

test('Two who remove a factor each at the same moment leave an account that asks for none.', async () => {
  const { context, userId } = await auth.member()
  await auth.addTotp(context)
  const { passkey } = await auth.addPasskey(context)
  // Both are held up at the account until both have come as far as they can.
  const admin = new pg.Client({ connectionString: auth.adminUrl })
  await admin.connect()
  try {
    await admin.query('begin')
    await admin.query('select from auth.users where id = $1 for update', [userId])
    const removing = Promise.all([
      auth.handlers.disableTotp({}, context),
      auth.handlers.removePasskey({ passkeyId: passkey.id }, context),
    ])
    await untilBlocked(auth.db, 2)
    await admin.query('commit')
    await removing
  } finally {
    await admin.end()
  }
  assert.equal(await auth.mfaEnabled(userId), false)
  assert.equal((await auth.handlers.getSecurity(undefined, context)).recoveryCodesLeft, 0)
})
