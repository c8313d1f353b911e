import type { Queryable } from '@azora/kit/db.ts'
import { selectOptionalLastSeal, selectUnsealed } from './seals.store.ts'
import { selectOptionalLatestVerification } from './verify.store.ts'

/** What the last verification found, and how far the chain is behind the journal. */
export async function ledgerHealth(db: Queryable) {
  const [verification, head, unsealed] = await Promise.all([
    selectOptionalLatestVerification(db),
    selectOptionalLastSeal(db),
    selectUnsealed(db),
  ])
  return {
    verification: verification && {
      ...verification,
      transfersPerSecond: Math.round((verification.transfers * 1000) / verification.durationMs),
    },
    seal: head && { number: head.number, hash: head.hash.toString('hex') },
    unsealed,
  }
}
