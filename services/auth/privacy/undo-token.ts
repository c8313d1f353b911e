import { createHash, randomBytes } from 'node:crypto'
import type { Database } from '@azora/kit/db.ts'
import { upsertToken } from './deletion.store.ts'

/** As the token is stored: it is long and random, so a plain hash keeps it. */
export const digestOf = (token: string) => createHash('sha256').update(token).digest('hex')

/** A new token that undoes the deletion of an account; one written before no longer does. */
export async function issueUndoToken(db: Database, userId: string): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await upsertToken(db.across, { userId, digest: digestOf(token) })
  return token
}
