import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { inTurn } from '@azora/kit/testing.ts'
import { openAccount } from '../accounts/open-account.ts'
import { getAccount } from '../accounts/read-accounts.ts'
import { codesOf, createLedger, hold, type Ledger, move } from '../testing.ts'
import type { Order } from './order.ts'

let ledger: Ledger
before(async () => {
  ledger = await createLedger()
})
after(() => ledger?.dispose())

const lockOf = (accountId: string) =>
  sql`select id from accounts where organization_id = ${ledger.organizationId} and id = ${accountId} for update`

async function wallet(amount: bigint): Promise<{ cash: string; from: string; to: string }> {
  const cash = await ledger.open({
    kind: 'cash_at_processor',
    owner: { type: 'processor', id: randomUUID() },
  })
  const [from, to] = [await ledger.open(), await ledger.open()]
  await ledger.post(move(cash, from, amount))
  return { cash, from, to }
}

/** What comes of two who ask at once, held up at an account so that the first is first. */
async function atOnce(accountId: string, first: Order, second: Order): Promise<string[]> {
  const outcomes = await inTurn(
    ledger.kit.db,
    lockOf(accountId),
    () => ledger.post(first),
    () => ledger.post(second),
  )
  return outcomes.flatMap(outcome => (outcome.status === 'fulfilled' ? codesOf(outcome.value) : ['failed']))
}

test('Of two transfers at once that a wallet has money for one of, the first is made and the second refused.', async () => {
  const { from, to } = await wallet(100n)
  const orders = [move(from, to, 60n), move(from, to, 70n)] as const
  assert.deepEqual(await atOnce(from, ...orders), ['created', 'debit_account_overdrawn'])
  const other = await wallet(100n)
  assert.deepEqual(
    await atOnce(other.from, move(other.from, other.to, 70n), move(other.from, other.to, 60n)),
    ['created', 'debit_account_overdrawn'],
  )
})

test('Posted and voided at once, a pending transfer is resolved by the first.', async () => {
  for (const [phases, second] of [
    [['post', 'void'], 'pending_posted'],
    [['void', 'post'], 'pending_voided'],
  ] as const) {
    const { from, to } = await wallet(100n)
    const held = hold(from, to, 60n)
    await ledger.post(held)
    const [one, other] = phases.map(
      (phase): Order => ({ phase, id: randomUUID(), kind: 'x', pendingId: held.id }),
    )
    assert.deepEqual(await atOnce(from, one as Order, other as Order), ['created', second])
  }
})

test('The same transfer asked for twice at once is made once.', async () => {
  const { from, to } = await wallet(100n)
  const order = move(from, to, 60n)
  assert.deepEqual(await atOnce(from, order, order), ['created', 'exists'])
  assert.equal((await getAccount(ledger.school, { accountId: to })).balance, '60')
})

test('One id for transfers between different accounts at once is one transfer, and the other is told.', async () => {
  const [a, b] = [await wallet(100n), await wallet(100n)]
  const id = randomUUID()
  const outcomes = await Promise.all([
    ledger.post(move(a.from, a.to, 60n, { id })),
    ledger.post(move(b.from, b.to, 60n, { id })),
  ])
  assert.deepEqual(codesOf(outcomes.flat()).sort(), ['created', 'transfer_exists_with_different_accounts'])
  const balances = await Promise.all([a.to, b.to].map(accountId => getAccount(ledger.school, { accountId })))
  assert.deepEqual(balances.map(({ balance }) => balance).sort(), ['0', '60'])
})

test('Transfers both ways at once end without a deadlock.', async () => {
  const { from, to } = await wallet(1000n)
  const { from: other } = await wallet(1000n)
  const ways = Array.from({ length: 20 }, (_, at) => (at % 2 ? move(from, other, 1n) : move(other, from, 1n)))
  const codes = await Promise.all(ways.map(way => ledger.post(way, move(from, to, 1n))))
  assert.deepEqual(new Set(codesOf(codes.flat())), new Set(['created']))
})

test('Two who need the same account at once open one.', async () => {
  const owner = { type: 'person', id: randomUUID() } as const
  const order = { kind: 'wallet_liability', owner, currency: 'ZAR' } as const
  const opened = await Promise.all(
    Array.from({ length: 4 }, () => ledger.school.transaction(tx => openAccount(tx, order))),
  )
  assert.equal(new Set(opened.map(({ id }) => id)).size, 1)
})
