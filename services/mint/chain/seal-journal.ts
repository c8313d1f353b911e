import { createHash } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { Database, ScopedDatabase } from '@azora/kit/db.ts'
import { eachAlone } from '@azora/kit/each-alone.ts'
import {
  insertSeal,
  lockSealing,
  selectLastSequence,
  selectOptionalLastSeal,
  selectRun,
  selectSchools,
  selectWriters,
} from './seals.store.ts'

/** Transfers of a seal: their rows are a few megabytes, which PostgreSQL holds in memory for their hash. */
export const mostOfSeal = 10_000

/** Lower than any number of a transfer could be, so that none stands before the chain. */
export const beforeAll = String(-(2n ** 63n))

const lookAgainMs = 50
/** Longer than a transaction of ours may rest. Until the next time, the rest of the journal waits. */
const patienceMs = 40_000

/** What stands before the first seal of a school. */
export const genesis = (organizationId: string): Buffer =>
  createHash('sha256').update(`azora ledger ${organizationId}`).digest()

/**
 * Up to which number nothing can appear in the journal any more; null when a writer takes too long.
 *
 * A number is given when a transfer is written and becomes visible when its transaction commits, in whatever order. But
 * each writer marks itself before it takes a number, and is marked until it has committed. So what has a number below
 * that of a committed transfer, and is not committed itself, belongs to a writer that is marked now: once those have
 * ended, nothing is missing. Nobody waits for this but the one who asks.
 */
export async function settledUntil(school: ScopedDatabase, patience = patienceMs): Promise<string | null> {
  const last = await selectLastSequence(school)
  const writing = new Set(await selectWriters(school))
  const deadline = performance.now() + patience
  while (writing.size > 0) {
    if (performance.now() > deadline) return null
    await setTimeout(lookAgainMs)
    const still = new Set(await selectWriters(school))
    for (const writer of writing) if (!still.has(writer)) writing.delete(writer)
  }
  return last
}

/** Seal what is settled of the journal of a school. May run twice at once. @returns how many seals it set. */
export async function sealSchool(school: ScopedDatabase): Promise<number> {
  const until = await settledUntil(school)
  if (until === null) return 0
  for (let seals = 0; ; seals++) if (!(await sealNext(school, until))) return seals
}

const sealNext = (school: ScopedDatabase, until: string): Promise<boolean> =>
  school.transaction(async tx => {
    await lockSealing(tx)
    const before = await selectOptionalLastSeal(tx)
    const { transfers, lastSequence, hash } = await selectRun(tx, {
      after: before?.lastSequence ?? beforeAll,
      until,
      limit: mostOfSeal,
      previous: before?.hash ?? genesis(tx.organizationId),
    })
    if (lastSequence === null || hash === null) return false
    await insertSeal(tx, { number: (before?.number ?? 0) + 1, lastSequence, transfers, hash })
    return true
  })

/** Seal the journals of all schools. */
export async function sealJournals(db: Database): Promise<void> {
  await eachAlone(
    await selectSchools(db.across),
    organizationId => sealSchool(db.in(organizationId)),
    'journals were not sealed',
  )
}
