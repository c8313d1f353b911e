import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { createLedger, hold, type Ledger, move } from '../testing.ts'
import { getTransfer, listTransfers } from '../transfers/journal.ts'
import { getAccount, listAccounts } from './read-accounts.ts'
import { accountStatement } from './statement.ts'

let ledger: Ledger
let cash: string
let wallet: string
let other: string
const amounts = [100n, 250n, 30n, 45n, 5n]
before(async () => {
  ledger = await createLedger()
  cash = await ledger.open({ kind: 'cash_at_bank', owner: { type: 'school' } })
  wallet = await ledger.open()
  other = await ledger.open()
  const [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n] = amounts
  // One after another, so that each has a time of its own or shares it only with what came in the same millisecond.
  await ledger.post(move(cash, wallet, a))
  await ledger.post(move(cash, wallet, b))
  await ledger.post(move(wallet, other, c))
  const pending = hold(wallet, other, d + 7n)
  await ledger.post(pending)
  await ledger.post({ phase: 'post', id: randomUUID(), kind: 'capture', pendingId: pending.id, amount: d })
  await ledger.post(move(cash, wallet, e), hold(wallet, other, 1n))
})
after(() => ledger?.dispose())

const always = { from: '2000-01-01T00:00:00Z', until: '2100-01-01T00:00:00Z' }

test('A statement opens with a balance, closes with one, and adds up line by line; what is pending is not in it.', async () => {
  const statement = await accountStatement(ledger.school, { accountId: wallet, ...always, limit: 100 })
  assert.deepEqual(
    statement.items.map(({ debit, credit, balance }) => [debit, credit, balance]),
    [
      ['0', '100', '100'],
      ['0', '250', '350'],
      ['30', '0', '320'],
      ['45', '0', '275'],
      ['0', '5', '280'],
    ],
  )
  assert.deepEqual([statement.opening, statement.closing], ['0', '280'])
  assert.equal((await getAccount(ledger.school, { accountId: wallet })).balance, statement.closing)
})

test('The pages of a statement follow on each other to the cent.', async () => {
  const input = { accountId: wallet, ...always, limit: 2 }
  const first = await accountStatement(ledger.school, input)
  const second = await accountStatement(ledger.school, { ...input, cursor: first.nextCursor ?? '' })
  const third = await accountStatement(ledger.school, { ...input, cursor: second.nextCursor ?? '' })
  assert.deepEqual(
    [first, second, third].map(({ opening, closing }) => [opening, closing]),
    [
      ['0', '350'],
      ['350', '275'],
      ['275', '280'],
    ],
  )
  assert.equal(third.nextCursor, null)
})

test('Wherever a period is cut in two, the second part opens where the first closes.', async () => {
  const { items } = await accountStatement(ledger.school, { accountId: wallet, ...always, limit: 100 })
  for (const { at } of items) {
    const part = (period: { from: string; until: string }) =>
      accountStatement(ledger.school, { accountId: wallet, ...period, limit: 100 })
    const first = await part({ from: always.from, until: at })
    const second = await part({ from: at, until: always.until })
    assert.equal(first.closing, second.opening)
    assert.equal(second.closing, '280')
    assert.equal(first.items.length + second.items.length, items.length)
  }
})

test('The debit side of the books is told as it grows: by debits.', async () => {
  const { side, closing } = await accountStatement(ledger.school, { accountId: cash, ...always, limit: 100 })
  assert.deepEqual([side, closing], ['debit', '355'])
})

test('A balance as of a time has what was booked until then, and what is pending with it.', async () => {
  const before = await getAccount(ledger.school, { accountId: wallet, asOf: always.from })
  assert.deepEqual([before.balance, before.available], ['0', '0'])
  const now = await getAccount(ledger.school, { accountId: wallet })
  const then = await getAccount(ledger.school, { accountId: wallet, asOf: always.until })
  assert.deepEqual(then, now)
  assert.deepEqual([then.balance, then.available], ['280', '279'])
})

test('The journal shows the newest first, page by page, narrowed by what one looks for.', async () => {
  const all = await listTransfers(ledger.school, { limit: 100 })
  assert.equal(all.items.length, 7)
  const first = await listTransfers(ledger.school, { limit: 4 })
  const second = await listTransfers(ledger.school, { limit: 4, cursor: first.nextCursor ?? '' })
  assert.deepEqual([...first.items, ...second.items], all.items)
  const ofCash = await listTransfers(ledger.school, { accountId: cash, limit: 100 })
  assert.deepEqual(
    ofCash.items.map(({ amountMinor }) => amountMinor),
    [5, 250, 100],
  )
  assert.equal((await listTransfers(ledger.school, { kind: 'capture', limit: 100 })).items.length, 1)
  assert.equal((await listTransfers(ledger.school, { currency: 'EUR', limit: 100 })).items.length, 0)
})

test('A transfer is shown with what it resolves, corrects, and is corrected by.', async () => {
  const wrong = move(cash, other, 9n, { reference: { type: 'invoice', id: '12' } })
  const right = move(other, cash, 9n, { correctsId: wrong.id })
  await ledger.post(wrong, right)
  const shown = await getTransfer(ledger.school, wrong.id)
  assert.deepEqual(shown.transfer.reference, { type: 'invoice', id: '12' })
  assert.deepEqual(
    shown.related.map(({ id }) => id),
    [right.id],
  )
  assert.deepEqual(
    (await getTransfer(ledger.school, right.id)).related.map(({ id }) => id),
    [wrong.id],
  )
  const found = await listTransfers(ledger.school, { referenceType: 'invoice', referenceId: '12', limit: 10 })
  assert.deepEqual(
    found.items.map(({ id }) => id),
    [wrong.id],
  )
})

test('Accounts are listed page by page, by kind and owner; those of another school are not.', async () => {
  const first = await listAccounts(ledger.school, { limit: 2 })
  const second = await listAccounts(ledger.school, { limit: 2, cursor: first.nextCursor ?? '' })
  assert.deepEqual([...first.items, ...second.items].map(({ id }) => id).sort(), [cash, wallet, other].sort())
  const wallets = await listAccounts(ledger.school, { kind: 'wallet_liability', limit: 10 })
  assert.equal(wallets.items.length, 2)
  const elsewhere = ledger.kit.db.in(randomUUID())
  assert.deepEqual((await listAccounts(elsewhere, { limit: 10 })).items, [])
  await assert.rejects(getAccount(elsewhere, { accountId: wallet }), { code: 'not_found' })
})
