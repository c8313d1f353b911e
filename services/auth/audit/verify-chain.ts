import type { Database } from '@azora/kit/db.ts'
import { type Entry, freeze, selectChain, selectOptionalHead } from './audit.store.ts'
import { digestOrigin, hashOf, noHash } from './chain.ts'

/** What a check of a school's chain found; `brokenAt` is the place of the first fault. */
export type Verdict = { entries: number; head: string | null; intact: boolean; brokenAt: number | null }

const batch = 1000

function isSound(entry: Entry, place: number, previousHash: string): boolean {
  return (
    entry.sequence === place &&
    entry.previousHash === previousHash &&
    hashOf(entry) === entry.hash &&
    (entry.origin === null || digestOrigin(entry.origin.salt, entry.origin) === entry.originDigest)
  )
}

/**
 * Recompute the chain of a school from its first entry, as it stands at one moment, and compare its end with the head.
 * Who could rewrite the table could rewrite all of it, head included; against that helps a hash noted elsewhere.
 *
 * @param expected an entry that the chain must hold: its sequence number and its hash.
 */
export function verifyChain(
  db: Database,
  organizationId: string,
  expected: { sequence: number; hash: string } | null = null,
): Promise<Verdict> {
  return db.in(organizationId).transaction(async tx => {
    await freeze(tx)
    const head = await selectOptionalHead(tx, organizationId)
    let entries = 0
    let last = noHash
    const broken = (place: number): Verdict => ({
      entries: head?.sequence ?? entries,
      head: head?.hash ?? null,
      intact: false,
      brokenAt: place,
    })
    for (;;) {
      const part = await selectChain(tx, { organizationId, after: entries, limit: batch })
      for (const entry of part) {
        if (!isSound(entry, entries + 1, last)) return broken(entries + 1)
        if (expected?.sequence === entry.sequence && expected.hash !== entry.hash)
          return broken(entry.sequence)
        entries = entry.sequence
        last = entry.hash
      }
      if (part.length < batch) break
    }
    if (entries !== (head?.sequence ?? 0)) return broken(Math.min(entries, head?.sequence ?? 0) + 1)
    if (head && head.hash !== last) return broken(entries)
    if (expected && expected.sequence > entries) return broken(entries + 1)
    return { entries, head: head?.hash ?? null, intact: true, brokenAt: null }
  })
}
