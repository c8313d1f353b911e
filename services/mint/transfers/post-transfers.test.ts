import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { getAccount } from '../accounts/read-accounts.ts'
import { snapshotOf } from '../testing.store.ts'
import { codesOf, createLedger, hold, type Ledger, move } from '../testing.ts'
import type { Order } from './order.ts'

let ledger: Ledger
before(async () => {
  ledger = await createLedger()
})
after(() => ledger?.dispose())

async function balances(...ids: string[]): Promise<[balance: string, available: string][]> {
  const accounts = await Promise.all(ids.map(accountId => getAccount(ledger.school, { accountId })))
  return accounts.map(({ balance, available }) => [balance, available])
}

/** Two wallets, the first with an amount in it. */
async function wallets(amount: bigint): Promise<[string, string, string]> {
  const cash = await ledger.open({
    kind: 'cash_at_processor',
    owner: { type: 'processor', id: randomUUID() },
  })
  const [first, second] = [await ledger.open(), await ledger.open()]
  if (amount > 0n) assert.deepEqual(codesOf(await ledger.post(move(cash, first, amount))), ['created'])
  return [first, second, cash]
}

test('A transfer adds to the debits of one account and to the credits of the other.', async () => {
  const [wallet, , cash] = await wallets(500n)
  assert.deepEqual(await balances(cash, wallet), [
    ['500', '500'],
    ['500', '500'],
  ])
})

test('What a wallet does not have cannot be taken from it, and the refusal changes nothing.', async () => {
  const [wallet, other] = await wallets(500n)
  const before = await snapshotOf(ledger.school)
  assert.deepEqual(codesOf(await ledger.post(move(wallet, other, 501n))), ['debit_account_overdrawn'])
  assert.equal(await snapshotOf(ledger.school), before)
  assert.deepEqual(codesOf(await ledger.post(move(wallet, other, 500n))), ['created'])
})

test('An account with a limit takes up to it, pending amounts counted.', async () => {
  const [from] = await wallets(500n)
  const limited = await ledger.open({ limit: 100n })
  assert.deepEqual(codesOf(await ledger.post(hold(from, limited, 60n), move(from, limited, 41n))), [
    'created',
    'credit_account_over_limit',
  ])
  assert.deepEqual(codesOf(await ledger.post(move(from, limited, 40n))), ['created'])
})

test('Transfers of one request see what those before them did, each for itself.', async () => {
  const [first, second, cash] = await wallets(0n)
  assert.deepEqual(
    codesOf(await ledger.post(move(first, second, 10n), move(cash, first, 10n), move(first, second, 10n))),
    ['debit_account_overdrawn', 'created', 'created'],
  )
  assert.deepEqual(await balances(first, second), [
    ['0', '0'],
    ['10', '10'],
  ])
})

test('A transfer that is asked for again is there already, and is made once.', async () => {
  const [first, second] = await wallets(100n)
  const order = move(first, second, 60n, { description: 'Lunch', reference: { type: 'order', id: '7' } })
  assert.deepEqual(codesOf(await ledger.post(order)), ['created'])
  assert.deepEqual(codesOf(await ledger.post(order)), ['exists'])
  assert.deepEqual(await balances(second), [['60', '60']])
})

test('The same id with anything else is refused, whatever else it is.', async () => {
  const [first, second, cash] = await wallets(100n)
  const order = move(first, second, 60n)
  const held = hold(first, second, 10n, 60)
  await ledger.post(order, held)
  const before = await snapshotOf(ledger.school)
  const others: [Order, string][] = [
    [{ ...order, phase: 'pending' }, 'phase'],
    [{ ...order, creditAccountId: cash }, 'accounts'],
    [{ ...order, debitAccountId: cash }, 'accounts'],
    [{ ...order, amount: 61n }, 'amount'],
    [{ ...order, kind: 'other' }, 'kind'],
    [{ ...order, correctsId: held.id }, 'correction'],
    [{ ...order, reference: { type: 'order', id: '8' } }, 'reference'],
    [{ ...order, description: 'Supper' }, 'description'],
    [{ ...held, timeoutSeconds: 61 }, 'timeout'],
    [{ ...held, timeoutSeconds: undefined }, 'timeout'],
  ]
  for (const [other, what] of others)
    assert.deepEqual(codesOf(await ledger.post(other)), [`transfer_exists_with_different_${what}`])
  assert.equal(await snapshotOf(ledger.school), before)
})

test('What is pending is held back, and moves when it is posted, in part with the rest released.', async () => {
  const [first, second] = await wallets(100n)
  const held = hold(first, second, 80n)
  await ledger.post(held)
  assert.deepEqual(await balances(first, second), [
    ['100', '20'],
    ['0', '0'],
  ])
  assert.deepEqual(codesOf(await ledger.post(move(first, second, 21n))), ['debit_account_overdrawn'])
  const post: Order = { phase: 'post', id: randomUUID(), kind: 'capture', pendingId: held.id, amount: 30n }
  assert.deepEqual(codesOf(await ledger.post({ ...post, id: randomUUID(), amount: 81n }, post, post)), [
    'pending_amount_exceeded',
    'created',
    'exists',
  ])
  assert.deepEqual(await balances(first, second), [
    ['70', '70'],
    ['30', '30'],
  ])
})

test('A pending transfer resolves once.', async () => {
  const [first, second] = await wallets(100n)
  const held = hold(first, second, 80n)
  const resolve = (phase: 'post' | 'void'): Order => ({
    phase,
    id: randomUUID(),
    kind: 'x',
    pendingId: held.id,
  })
  assert.deepEqual(codesOf(await ledger.post(held, resolve('void'), resolve('post'), resolve('void'))), [
    'created',
    'created',
    'pending_voided',
    'pending_voided',
  ])
  assert.deepEqual(await balances(first), [['100', '100']])
})

test('Who resolves what is not pending is told so.', async () => {
  const [first, second] = await wallets(100n)
  const moved = move(first, second, 1n)
  const resolve = (pendingId: string): Order => ({ phase: 'void', id: randomUUID(), kind: 'x', pendingId })
  assert.deepEqual(codesOf(await ledger.post(moved, resolve(moved.id), resolve(randomUUID()))), [
    'created',
    'pending_not_pending',
    'pending_unknown',
  ])
})

test('Transfers of a booking are made together or not at all.', async () => {
  const [first, second, cash] = await wallets(100n)
  const booking = { id: randomUUID(), kind: 'sale', description: 'Algebra' }
  const legs = [60n, 41n].map(amount => move(first, second, amount, { bookingId: booking.id }))
  const before = await snapshotOf(ledger.school)
  assert.deepEqual(codesOf(await ledger.postAs({ bookings: [booking], transfers: legs })), [
    'linked_refused',
    'debit_account_overdrawn',
  ])
  assert.equal(await snapshotOf(ledger.school), before)
  await ledger.post(move(cash, first, 1n))
  const request = { bookings: [booking], transfers: legs }
  assert.deepEqual(codesOf(await ledger.postAs(request)), ['created', 'created'])
  assert.deepEqual(codesOf(await ledger.postAs(request)), ['exists', 'exists'])
  assert.deepEqual(
    codesOf(await ledger.postAs({ ...request, bookings: [{ ...booking, description: 'Geometry' }] })),
    ['booking_exists_with_different_details', 'booking_exists_with_different_details'],
  )
  const late = move(cash, first, 1n, { bookingId: booking.id })
  assert.deepEqual(codesOf(await ledger.postAs({ bookings: [booking], transfers: [late] })), [
    'booking_closed',
  ])
  assert.deepEqual(codesOf(await ledger.post({ ...late, bookingId: randomUUID() })), ['booking_unknown'])
})

test('A transfer goes between two accounts of one currency that there are.', async () => {
  const [first, second, cash] = await wallets(100n)
  const yen = await ledger.open({ currency: 'JPY' })
  assert.deepEqual(
    codesOf(
      await ledger.post(
        move(first, first, 1n),
        move(randomUUID(), second, 1n),
        move(cash, randomUUID(), 1n),
        move(cash, yen, 1n),
        move(cash, second, 1n, { correctsId: randomUUID() }),
      ),
    ),
    [
      'accounts_same',
      'debit_account_unknown',
      'credit_account_unknown',
      'currencies_differ',
      'corrected_unknown',
    ],
  )
})

test('An account of another school is unknown.', async () => {
  const [, second] = await wallets(0n)
  const theirs = await ledger.kit.db.in(randomUUID()).transaction(async tx => {
    const { openAccount } = await import('../accounts/open-account.ts')
    return openAccount(tx, { kind: 'cash_at_bank', owner: { type: 'school' }, currency: 'ZAR' })
  })
  assert.deepEqual(codesOf(await ledger.post(move(theirs.id, second, 1n))), ['debit_account_unknown'])
})

test('Totals grow as far as a sum of two of them can be held, and no further.', async () => {
  const [, , cash] = await wallets(0n)
  const equity = await ledger.open({ kind: 'equity', owner: { type: 'school' } })
  const most = 2n ** 62n - 1n
  assert.deepEqual(codesOf(await ledger.post(move(cash, equity, most), move(cash, equity, 1n))), [
    'created',
    'total_too_large',
  ])
})

test('Nobody changes or deletes what is in the books, and an account stays what it was opened as.', async () => {
  await wallets(1n)
  for (const statement of [
    sql`update transfers set amount = amount + 1 where organization_id = ${ledger.organizationId}`,
    sql`delete from transfers where organization_id = ${ledger.organizationId}`,
    sql`update bookings set kind = 'other' where organization_id = ${ledger.organizationId}`,
    sql`delete from bookings where organization_id = ${ledger.organizationId}`,
    sql`delete from accounts where organization_id = ${ledger.organizationId}`,
    sql`update accounts set currency = 'EUR' where organization_id = ${ledger.organizationId}`,
  ])
    await assert.rejects(ledger.school.run(statement), { code: '23001' }, 'restrict_violation')
})

test('The database itself refuses what the rules of an account forbid.', async () => {
  const [wallet] = await wallets(5n)
  await assert.rejects(
    ledger.school.run(sql`
      update accounts set debits_posted = debits_posted + 6
      where organization_id = ${ledger.organizationId} and id = ${wallet}`),
    { constraint: 'accounts_not_overdrawn' },
  )
})
