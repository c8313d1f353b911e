import type { Transaction } from '@azora/kit/db.ts'
import { publish } from '@azora/kit/outbox.ts'
import { selectProfiles } from './accounts.store.ts'

/** Tell every school of a person how they are called now. For a transaction across schools. */
export async function announceProfile(tx: Transaction, userId: string): Promise<void> {
  const profiles = await selectProfiles(tx, userId)
  for (const profile of profiles) await publish(tx, 'auth', 'user.changed', profile)
}
