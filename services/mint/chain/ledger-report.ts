import type { Database } from '@azora/kit/db.ts'
import { verifyAndKeep } from './verify-ledger.ts'

/**
 * Verify the books of schools, telling a line for each.
 *
 * @returns whether all of them add up.
 */
export async function reportLedgers(
  db: Database,
  schools: readonly { id: string; slug: string }[],
  say: (line: string) => void,
): Promise<boolean> {
  let allIntact = true
  for (const { id, slug } of schools) {
    const { transfers, accounts, sealed, durationMs, head, difference, differenceAt } = await verifyAndKeep(
      db.in(id),
    )
    allIntact &&= difference === null
    const perSecond = Math.round((transfers * 1000) / durationMs)
    const seal = head === null ? 'no seal' : `seal ${head.number}:${head.hash.toString('hex')}`
    const state = difference === null ? 'zero difference' : `DIFFERENCE: ${difference} at ${differenceAt}`
    say(
      `${slug}: ${transfers} transfers (${sealed} sealed), ${accounts} accounts, ${perSecond} transfers/s, ${seal}, ${state}`,
    )
  }
  return allIntact
}
