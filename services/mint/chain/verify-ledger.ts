import type { Database, ScopedDatabase } from '@azora/kit/db.ts'
import { eachAlone } from '@azora/kit/each-alone.ts'
import { defineTask, enqueue } from '@azora/kit/jobs.ts'
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, genesis, mostOfSeal, sealSchool } from './seal-journal.ts'
import { type Seal, selectRun, selectSchools, selectSeals } from './seals.store.ts'
import {
  compareBalances,
  insertVerification,
  lift,
  selectOptionalWrongResolution,
  type Verification,
} from './verify.store.ts'

export type Found = Omit<Verification, 'finishedAt'>
type Difference = Pick<Verification, 'difference' | 'differenceAt'>

const none: Difference = { difference: null, differenceAt: null }
const sealsAtOnce = 500

/**
 * Recompute the books of a school from their entries: the chain seal by seal, what resolved pending transfers, and every
 * balance. PostgreSQL does the sums and hashes, so this process holds one seal at a time, whatever the length of the
 * journal, and its event loop is free.
 *
 * Someone who could rewrite the tables could rewrite the seals as well; against that helps a hash noted elsewhere, as
 * `azora verify-ledger` prints it.
 */
export async function verifySchool(school: ScopedDatabase): Promise<Found & { head: Seal | null }> {
  const startedAt = new Date().toISOString()
  const began = performance.now()
  const { sealed, head, difference: broken } = await verifyChain(school)
  const { transfers, accounts, differing } = await school.transaction(tx => {
    lift(tx)
    return compareBalances(tx)
  })
  const wrong = await school.transaction(tx => {
    lift(tx)
    return selectOptionalWrongResolution(tx)
  })
  const difference: Difference =
    broken !== null
      ? { difference: 'chain', differenceAt: String(broken) }
      : differing !== null
        ? { difference: 'balance', differenceAt: differing }
        : wrong !== null
          ? { difference: 'resolution', differenceAt: wrong }
          : none
  const durationMs = Math.max(1, Math.round(performance.now() - began))
  return { startedAt, transfers, accounts, sealed, durationMs, head, ...difference }
}

/** @returns the number of the first seal that is not what its transfers give, or null. */
async function verifyChain(
  school: ScopedDatabase,
): Promise<{ sealed: number; head: Seal | null; difference: number | null }> {
  let head: Seal | null = null
  let sealed = 0
  for (;;) {
    const seals = await selectSeals(school, head?.number ?? 0, sealsAtOnce)
    for (const seal of seals) {
      const run = await selectRun(school, {
        after: head?.lastSequence ?? beforeAll,
        until: seal.lastSequence,
        // One more than there may be: a transfer that came later would show.
        limit: mostOfSeal + 1,
        previous: head?.hash ?? genesis(school.organizationId),
      })
      const sound =
        seal.number === (head?.number ?? 0) + 1 &&
        run.transfers === seal.transfers &&
        run.lastSequence === seal.lastSequence &&
        run.hash?.equals(seal.hash)
      if (!sound) return { sealed, head, difference: seal.number }
      sealed += seal.transfers
      head = seal
    }
    if (seals.length < sealsAtOnce) return { sealed, head, difference: null }
  }
}

/** Seal and verify a school, and keep the result for those who look after its books. */
export async function verifyAndKeep(school: ScopedDatabase) {
  await sealSchool(school)
  const { head, ...found } = await verifySchool(school)
  await school.transaction(tx => insertVerification(tx, uuidv7(), found))
  return { head, ...found }
}

type School = { organizationId: string }

/** A long journal takes a while: it gets a place of its own, and holds up no other job. */
export const verifyTask = defineTask<School>('mint.verify_ledger', {
  priority: 'late',
  atOnce: 1,
  // What differs once differs again.
  maxAttempts: 2,
})

/** @throws where the books do not add up, so that operators see it. */
export async function verifyLedger(db: Database, { organizationId }: School): Promise<void> {
  const { difference, differenceAt } = await verifyAndKeep(db.in(organizationId))
  if (difference) throw new Error(`The books of ${organizationId} differ: ${difference} at ${differenceAt}.`)
}

/** Every night: asks for the same of each school. */
export async function verifyLedgers(db: Database): Promise<void> {
  const schools = await selectSchools(db.across)
  await eachAlone(
    schools,
    organizationId =>
      db
        .in(organizationId)
        .transaction(tx =>
          enqueue(tx, verifyTask, { organizationId }, { key: `verify ledger ${organizationId}` }),
        ),
    'ledgers are not verified',
  )
}
