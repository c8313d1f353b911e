import { randomBytes } from 'node:crypto'
import type { Database } from '@azora/kit/db.ts'
import type { Actor } from '@azora/kit/identity.ts'
import type { Sealing } from '@azora/kit/sealing.ts'
import { signAccessToken } from './access-token.ts'
import { createRefreshToken, type RefreshClaim, readRefreshToken } from './refresh-token.ts'
import { insertSecret, lockKeys, selectOptionalSecret } from './signing-keys.store.ts'
import { createKeyRing, ensureSigningKey } from './signing-keys.ts'

const secretName = 'refresh_token'

/** Makes and reads tokens with keys that it holds in memory. */
export type Issuer = {
  /** Make sure that the keys exist, and load them. Before anything else. */
  prepare(): Promise<void>
  /** Ends no later than `notAfter` (ISO 8601). */
  accessToken(actor: Actor, notAfter?: string): Promise<{ accessToken: string; accessExpiresAt: string }>
  refreshToken(claim: RefreshClaim): string
  readRefreshToken(token: string): RefreshClaim | null
}

export function createIssuer(db: Database, sealing: Sealing): Issuer {
  const currentKey = createKeyRing(db, sealing)
  let loaded: Buffer | null = null
  const secret = () => {
    if (!loaded) throw new Error('The issuer was not prepared.')
    return loaded
  }

  async function loadSecret(): Promise<Buffer> {
    const sealed = await db.across.transaction(async tx => {
      await lockKeys(tx)
      const known = await selectOptionalSecret(tx, secretName)
      if (known) return known.sealed
      const made = sealing.seal(randomBytes(32).toString('base64url'), `secrets.${secretName}`)
      await insertSecret(tx, secretName, made)
      return made
    })
    return Buffer.from(sealing.open(sealed, `secrets.${secretName}`), 'base64url')
  }

  return {
    async prepare() {
      await ensureSigningKey(db, sealing)
      loaded = await loadSecret()
      await currentKey()
    },
    accessToken: async (actor, notAfter) => signAccessToken(actor, await currentKey(), notAfter),
    refreshToken: claim => createRefreshToken(secret(), claim),
    readRefreshToken: token => readRefreshToken(secret(), token),
  }
}
