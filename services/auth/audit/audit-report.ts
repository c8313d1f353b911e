import type { Database } from '@azora/kit/db.ts'
import { selectSchools } from './audit.store.ts'
import { verifyChain } from './verify-chain.ts'

/**
 * Check the chain of one school or of all, telling a line for each.
 *
 * @param expected for one school: an entry that its chain must hold.
 * @returns whether every chain is intact; null when there is no such school.
 */
export async function reportAudit(
  db: Database,
  options: { slug: string | null; expected: { sequence: number; hash: string } | null },
  say: (line: string) => void,
): Promise<boolean | null> {
  const schools = await selectSchools(db.across, options.slug)
  if (schools.length === 0 && options.slug !== null) return null
  let allIntact = true
  for (const { id, slug } of schools) {
    const verdict = await verifyChain(db, id, options.expected)
    allIntact &&= verdict.intact
    const end = verdict.head === null ? 'no head' : `head ${verdict.entries}:${verdict.head}`
    const state = verdict.intact ? 'intact' : `BROKEN at entry ${verdict.brokenAt}`
    say(`${slug}: ${verdict.entries} ${verdict.entries === 1 ? 'entry' : 'entries'}, ${end}, ${state}`)
  }
  return allIntact
}
