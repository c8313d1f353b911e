import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createIdentity } from '@azora/kit/identity.ts'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import { auth } from '../service.ts'
import { createIssuer } from './issuer.ts'
import { publishedKeys, rotateOldSigningKey, rotateSigningKey } from './signing-keys.ts'

let kit: TestKit
before(async () => {
  kit = await createTestKit(auth)
})
after(() => kit.dispose())

const actor = {
  userId: '019f0000-0000-7000-8000-00000000000a',
  organizationId: '019f0000-0000-7000-8000-00000000000b',
  sessionId: '019f0000-0000-7000-8000-00000000000c',
  roles: ['learner' as const],
}

const verifier = () =>
  createIdentity(async () => (await publishedKeys(kit.db)) as { keys: Record<string, unknown>[] })

test('Processes that start at once agree on one signing key and one refresh secret.', async () => {
  const issuers = [1, 2, 3].map(() => createIssuer(kit.db, kit.sealing))
  await Promise.all(issuers.map(issuer => issuer.prepare()))
  assert.equal((await publishedKeys(kit.db)).keys.length, 1)
  const claim = { sessionId: actor.sessionId, generation: 1 }
  assert.equal(new Set(issuers.map(issuer => issuer.refreshToken(claim))).size, 1)
})

test('After a rotation new tokens carry the new key, and old tokens are still good.', async () => {
  const before = createIssuer(kit.db, kit.sealing)
  await before.prepare()
  const old = await before.accessToken(actor)
  const kid = await rotateSigningKey(kit.db, kit.sealing)
  const later = createIssuer(kit.db, kit.sealing)
  await later.prepare()
  const fresh = await later.accessToken(actor)
  assert.match(Buffer.from(fresh.accessToken.split('.')[0] ?? '', 'base64url').toString(), new RegExp(kid))
  const identity = verifier()
  for (const { accessToken } of [old, fresh]) {
    const { issuedAt = 0, expiresAt = 0, ...who } = await identity.verify(accessToken)
    assert.ok(expiresAt > issuedAt)
    assert.deepEqual(who, actor)
  }
})

test('A key is no longer published once every token signed with it has expired.', async () => {
  await rotateSigningKey(kit.db, kit.sealing)
  await kit.db.across.run(
    sql`update signing_keys set retired_at = clock_timestamp() - interval '18 minutes' where retired_at is not null`,
  )
  assert.equal((await publishedKeys(kit.db)).keys.length, 1)
})

test('A key that has signed for ninety days is replaced, and a younger one is not.', async () => {
  assert.equal(await rotateOldSigningKey(kit.db, kit.sealing), false)
  await kit.db.across.run(sql`update signing_keys set created_at = created_at - interval '91 days'`)
  assert.equal(await rotateOldSigningKey(kit.db, kit.sealing), true)
  assert.equal(await rotateOldSigningKey(kit.db, kit.sealing), false)
})

test('No private part is published, and none lies in the database unsealed.', async () => {
  const { keys } = await publishedKeys(kit.db)
  for (const key of keys) assert.equal('d' in key, false)
  const rows = await kit.db.across.rows<{ privateKey: string }>(sql`select private_key from signing_keys`)
  for (const row of rows) assert.match(row.privateKey, /^v1\./)
})
