import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { inTurn } from '@azora/kit/testing.ts'
import { getAccount } from '../accounts/read-accounts.ts'
import { letTimeOut } from '../testing.store.ts'
import { codesOf, createLedger, hold, type Ledger, move } from '../testing.ts'
import { decide, type Ground } from './apply.ts'
import { expirePending } from './expire-pending.ts'
import type { Order } from './order.ts'

let ledger: Ledger
before(async () => {
  ledger = await createLedger()
})
after(() => ledger?.dispose())

async function held() {
  const cash = await ledger.open({
    kind: 'cash_at_processor',
    owner: { type: 'processor', id: randomUUID() },
  })
  const [from, to] = [await ledger.open(), await ledger.open()]
  const pending = hold(from, to, 60n, 3600)
  assert.deepEqual(codesOf(await ledger.post(move(cash, from, 100n), pending)), ['created', 'created'])
  return { from, to, pending }
}
const resolve = (pendingId: string, phase: 'post' | 'void' = 'post'): Order => ({
  phase,
  id: randomUUID(),
  kind: 'capture',
  pendingId,
})
const availableOf = async (accountId: string) => (await getAccount(ledger.school, { accountId })).available

test('What has timed out is released once, by whichever sweep comes first, and stays so.', async () => {
  const { from, pending } = await held()
  await expirePending(ledger.kit.db)
  assert.equal(await availableOf(from), '40', 'its time has not come')
  await letTimeOut(ledger.school, pending.id)
  await Promise.all([expirePending(ledger.kit.db), expirePending(ledger.kit.db)])
  assert.equal(await availableOf(from), '100')
  assert.deepEqual(codesOf(await ledger.post(resolve(pending.id))), ['pending_expired'])
})

test('Of a sweep and someone who posts at once, the first resolves it.', async () => {
  for (const sweepFirst of [true, false]) {
    const { from, to, pending } = await held()
    await letTimeOut(ledger.school, pending.id)
    const lock = sql`select id from accounts where organization_id = ${ledger.organizationId} and id = ${from} for update`
    const sweep = () => expirePending(ledger.kit.db)
    const post = () => ledger.post(resolve(pending.id))
    const [one, other] = await (sweepFirst
      ? inTurn<unknown, unknown>(ledger.kit.db, lock, sweep, post)
      : inTurn<unknown, unknown>(ledger.kit.db, lock, post, sweep))
    const posted = sweepFirst ? other : one
    assert.equal(posted?.status, 'fulfilled')
    assert.deepEqual(codesOf((posted as PromiseFulfilledResult<{ code: string }[]>).value), [
      sweepFirst ? 'pending_expired' : 'created',
    ])
    assert.equal((await getAccount(ledger.school, { accountId: to })).balance, sweepFirst ? '0' : '60')
  }
})

test('From its time on a pending transfer cannot be posted or voided, whether or not it was swept.', () => {
  const at = new Date('2026-01-01T00:00:00Z')
  const [debit, credit] = [randomUUID(), randomUUID()]
  const state = { currency: 'ZAR', side: 'credit', mayOverdraw: true, limit: null } as const
  const totals = { debitsPosted: 0n, creditsPosted: 0n, debitsPending: 0n, creditsPending: 0n }
  const ground: Ground = {
    accounts: new Map([debit, credit].map(id => [id, { id, ...state, ...totals }])),
    entries: new Map(),
    resolutions: new Map(),
    bookings: new Map(),
    now: at,
  }
  const pending = hold(debit, credit, 5n, 60)
  const codeOf = (order: Order, now: Date) => {
    ground.now = now
    return codesOf(decide(ground, [{ transfers: [order] }]).outcomes.flat())[0]
  }
  assert.equal(codeOf(pending, at), 'created')
  const due = new Date(at.getTime() + 60_000)
  assert.equal(codeOf(resolve(pending.id), due), 'pending_expired')
  assert.equal(codeOf(resolve(pending.id, 'void'), due), 'pending_expired')
  assert.equal(codeOf(resolve(pending.id), new Date(due.getTime() - 1)), 'created')
})
