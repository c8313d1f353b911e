import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { AccountKind } from '@azora/contracts/mint/account-kinds.ts'
import fc from 'fast-check'
import { selectAccounts, stateOf } from '../accounts/accounts.store.ts'
import { availableOf } from '../accounts/balance.ts'
import { openAccount } from '../accounts/open-account.ts'
import { sealSchool } from '../chain/seal-journal.ts'
import { verifySchool } from '../chain/verify-ledger.ts'
import { snapshotOf } from '../testing.store.ts'
import type { Ledger } from '../testing.ts'
import { postAll } from './post-transfers.ts'
import { Asker, batch, type Step } from './testing-history.ts'
import { LedgerModel, type ModelAccount } from './testing-model.ts'
import { createWriter } from './writer.ts'

/** The properties of the ledger, on a database, beside a model: any history of requests comes to what it should. */

const usual = { mayOverdraw: true, limit: null, currency: 'ZAR' }
const accountOrders: ({ kind: AccountKind } & Omit<ModelAccount, 'id' | 'side'>)[] = [
  { ...usual, kind: 'cash_at_processor' },
  { ...usual, kind: 'revenue' },
  { ...usual, kind: 'wallet_liability', mayOverdraw: false },
  { ...usual, kind: 'wallet_liability', mayOverdraw: false },
  { ...usual, kind: 'wallet_liability', mayOverdraw: false, limit: 500n },
  { ...usual, kind: 'cash_at_bank', mayOverdraw: false },
  { ...usual, kind: 'receivable', limit: 700n },
  { ...usual, kind: 'instructor_payable', limit: 900n },
  { ...usual, kind: 'cash_at_bank', currency: 'JPY' },
  { ...usual, kind: 'wallet_liability', mayOverdraw: false, currency: 'JPY' },
]

/** Play one history in a school of its own. @throws AssertionError at the first thing that is not as the model has it. */
async function checkHistory({ kit }: Pick<Ledger, 'kit'>, batches: readonly Step[][]): Promise<void> {
  const organizationId = randomUUID()
  const school = kit.db.in(organizationId)
  const accounts: ModelAccount[] = []
  for (const { kind, ...rules } of accountOrders) {
    const owner = { type: 'person', id: randomUUID() } as const
    const { id, side } = await school.transaction(tx => openAccount(tx, { kind, owner, ...rules }))
    accounts.push({ id, side, ...rules })
  }
  const model = new LedgerModel(accounts)
  const asker = new Asker(model, organizationId)
  const writer = createWriter(kit.db)
  for (const [at, steps] of batches.entries()) {
    const requests = steps.map(step => asker.request(step))
    const expected = requests.map(request => model.request(request))
    const found =
      at % 2 === 0
        ? await Promise.all(requests.map(request => writer.submit(organizationId, request)))
        : await school.transaction(tx => postAll(tx, requests))
    assert.deepEqual(found, expected)
  }
  const before = await snapshotOf(school)
  for (const request of asker.refusedNow()) {
    const outcomes = await writer.submit(organizationId, request)
    assert.ok(outcomes.every(({ code }) => code !== 'created'))
  }
  assert.equal(await snapshotOf(school), before, 'a refusal leaves every byte as it was')
  await writer.stop()
  const totals = new Map<string, bigint>()
  for (const stored of await selectAccounts(school, { after: undefined, limit: 100 })) {
    const state = stateOf(stored)
    const sums = model.sums.get(state.id)
    assert.deepEqual(
      [state.debitsPosted, state.creditsPosted, state.debitsPending, state.creditsPending],
      [sums?.debits, sums?.credits, sums?.heldDebits, sums?.heldCredits],
    )
    if (!state.mayOverdraw) assert.ok(availableOf(state) >= 0n, 'nothing is negative where that is forbidden')
    const balance = state.debitsPosted - state.creditsPosted
    totals.set(state.currency, (totals.get(state.currency) ?? 0n) + balance)
  }
  for (const total of totals.values()) assert.equal(total, 0n, 'of each currency there is as much as before')
  await sealSchool(school)
  const { difference, transfers } = await verifySchool(school)
  assert.equal(difference, null, 'the journal gives the same balances again')
  assert.equal(transfers, [...model.history.values()].length, 'each transfer is there once')
}

const history = fc.array(batch, { maxLength: 20, size: 'max' })

/** @returns how many requests were asked. @throws with the seed that leads to the fault, and the shortest history found. */
export async function checkHistories(ledger: Pick<Ledger, 'kit'>, histories: number): Promise<number> {
  let asked = 0
  await fc.assert(
    fc.asyncProperty(history, async batches => {
      asked += batches.flat().length
      await checkHistory(ledger, batches)
    }),
    { numRuns: histories },
  )
  return asked
}
