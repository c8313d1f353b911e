import type { Database } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { Account } from '../accounts/accounts.store.ts'

/** What is still to be proved before somebody is signed in. `expiresAt` is ISO 8601. */
export type Challenge = {
  token: string
  methods: ('totp' | 'recovery_code' | 'passkey')[]
  expiresAt: string
}

/** Ask for the second factor of an account whose first one was right. */
export async function openChallenge(_db: Database, _account: Account): Promise<Challenge> {
  throw new AppError('unavailable')
}
