import type { Database } from '@azora/kit/db.ts'
import { refusal } from '@azora/kit/errors.ts'
import type { Ceremony } from './ceremonies.store.ts'
import { advancePasskey, selectOptionalPasskey } from './passkeys.store.ts'
import { parseAssertion, type RelyingParty, userHandleOf } from './relying-party.ts'

/** Whose passkey answered, as far as one is known, and why it was refused if it was. */
export type PasskeyProof =
  | { userId: string; refused: null }
  | { userId: string | null; refused: 'unknown' | 'invalid' | 'counter' }

/** What one who is refused is told: alike whether the passkey is unknown, another's, or wrongly used. */
export const passkeyRefused = () => refusal('passkey_rejected')

/**
 * Look at what an authenticator answered in a ceremony, which was taken before and so cannot be answered twice.
 * Signing in by the passkey alone asks that it named its account and verified its user; next to another proof it
 * is enough that it is one of the person's.
 */
export async function provePasskey(
  { db, party }: { db: Database; party: RelyingParty },
  ceremony: Ceremony,
  response: unknown,
  school: string | null,
): Promise<PasskeyProof> {
  const owner = ceremony.purpose === 'sign_in' ? null : ceremony.userId
  const given = parseAssertion(response)
  const passkey = given && (await selectOptionalPasskey(db.across, given.id))
  if (!given || !passkey || (owner !== null && passkey.userId !== owner)) {
    return { userId: owner, refused: 'unknown' }
  }
  const { userId } = passkey
  const { userHandle } = given.response
  const named = userHandle === undefined ? owner !== null : userHandle === userHandleOf(userId)
  const { challenge } = ceremony
  const asked = { challenge, school, verified: owner === null }
  const answer = named && (await party.readAssertion(given, passkey, asked))
  if (!answer) return { userId, refused: 'invalid' }
  if (!(await advancePasskey(db.across, { id: passkey.id, ...answer }))) return { userId, refused: 'counter' }
  return { userId, refused: null }
}
