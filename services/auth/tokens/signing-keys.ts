import type { Database, Transaction } from '@azora/kit/db.ts'
import type { Sealing } from '@azora/kit/sealing.ts'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'
import {
  deleteKeysRetiredFor,
  insertKey,
  isCurrentKeyOld,
  lockKeys,
  retireCurrentKey,
  selectOptionalCurrentKey,
  selectPublicKeys,
} from './signing-keys.store.ts'

/** Access tokens live this long. */
export const accessSeconds = 15 * 60

// How long a process may go on signing with a key that another process has retired.
const rememberedMs = 60_000
// A retired key stays published until the last token signed with it has expired, with a minute for clocks.
const publishedSeconds = accessSeconds + rememberedMs / 1000 + 60

type SigningKey = { kid: string; key: CryptoKey }

const sealContext = (kid: string) => `signing_keys.private_key.${kid}`

async function createKey(tx: Transaction, sealing: Sealing): Promise<string> {
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
  const publicJwk = await exportJWK(pair.publicKey)
  const kid = await calculateJwkThumbprint(publicJwk)
  await insertKey(tx, {
    kid,
    publicJwk: { ...publicJwk, kid, alg: 'EdDSA', use: 'sig' },
    privateKey: sealing.seal(JSON.stringify(await exportJWK(pair.privateKey)), sealContext(kid)),
  })
  return kid
}

/** Create the first signing key of an installation, once however many processes ask. */
export async function ensureSigningKey(db: Database, sealing: Sealing): Promise<void> {
  if (await selectOptionalCurrentKey(db.across)) return
  await db.across.transaction(async tx => {
    await lockKeys(tx)
    if (!(await selectOptionalCurrentKey(tx))) await createKey(tx, sealing)
  })
}

/**
 * Replace the signing key. Tokens signed with the old one stay good until they expire; running processes sign
 * with the new one within a minute.
 * @returns the new key's id.
 */
export async function rotateSigningKey(db: Database, sealing: Sealing): Promise<string> {
  return db.across.transaction(async tx => {
    await lockKeys(tx)
    await retireCurrentKey(tx)
    return createKey(tx, sealing)
  })
}

// The shorter a key lives, the less is lost with one that leaks unseen.
const signingKeyDays = 90

/** Replace a signing key that has served its time. @returns whether it was replaced. */
export async function rotateOldSigningKey(db: Database, sealing: Sealing): Promise<boolean> {
  if (!(await isCurrentKeyOld(db.across, signingKeyDays))) return false
  await rotateSigningKey(db, sealing)
  return true
}

/** The public keys as a JWK set (RFC 7517). */
export async function publishedKeys(db: Database): Promise<{ keys: JWK[] }> {
  return { keys: await selectPublicKeys(db.across, publishedSeconds) }
}

export async function purgeRetiredKeys(db: Database): Promise<void> {
  await deleteKeysRetiredFor(db.across, publishedSeconds)
}

/** Hands out the current signing key, read from the database at most once a minute. */
export function createKeyRing(db: Database, sealing: Sealing): () => Promise<SigningKey> {
  let held: SigningKey | null = null
  let readAt = 0
  return async () => {
    if (held && Date.now() - readAt < rememberedMs) return held
    const row = await selectOptionalCurrentKey(db.across)
    if (!row) throw new Error('There is no signing key; prepare() creates one.')
    if (held?.kid !== row.kid) {
      const jwk = JSON.parse(sealing.open(row.privateKey, sealContext(row.kid))) as JWK
      held = { kid: row.kid, key: (await importJWK(jwk, 'EdDSA')) as CryptoKey }
    }
    readAt = Date.now()
    return held
  }
}
