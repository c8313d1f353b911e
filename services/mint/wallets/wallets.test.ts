import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { AppError } from '@azora/kit/errors.ts'
import { sql } from '@azora/kit/sql.ts'
import { overlapped } from '@azora/kit/testing.ts'
import { verifySchool } from '../chain/verify-ledger.ts'
import { mintPersonalData } from '../privacy/personal-data.ts'
import { bookRefund } from '../sales/book-refund.ts'
import { bookSale } from '../sales/book-sale.ts'
import { snapshotOf } from '../testing.store.ts'
import { createLedger, type Ledger } from '../testing.ts'
import { bookDeposit, bookDepositRefund } from './book-deposit.ts'
import { listWallets, listWalletTransactions } from './read-wallets.ts'
import { postReservation, releaseReservation, reserve, takeReturned } from './reservations.ts'
import { callerOf, depositOf, hold, someoneWith, wishOf, zar } from './testing-wallets.ts'

/** Wallets as faces of accounts: what comes in, what is held, what goes out. */

let ledger: Ledger
before(async () => {
  ledger = await createLedger()
})
after(async () => {
  const { difference } = await verifySchool(ledger.school)
  assert.equal(difference, null)
  await ledger.dispose()
})

const walletsOf = (userId: string) => listWallets(ledger.school, callerOf(ledger, userId).actor)
async function balanceOf(userId: string) {
  const { items } = await walletsOf(userId)
  return items.map(({ balance, available }) => [balance.amountMinor, available.amountMinor])
}
const historyOf = async (userId: string, walletId: string) =>
  (await listWalletTransactions(ledger.school, userId, { walletId, limit: 50 })).items.map(
    ({ type, amount, status }) => [type, amount.amountMinor, status],
  )
const reasonOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (failure: AppError) => failure.data?.reason ?? failure.code ?? failure.message,
  )
const run = <T>(work: (tx: Parameters<Parameters<typeof ledger.school.transaction>[0]>[0]) => Promise<T>) =>
  ledger.school.transaction(work)

test('A deposit is in the wallet once, in its currency, and its fee is the school’s.', async () => {
  const userId = randomUUID()
  const deposit = depositOf(ledger, userId, 10_000, { fee: 320 })
  await run(tx => bookDeposit(tx, deposit))
  await run(tx => bookDeposit(tx, deposit))
  await run(tx => bookDeposit(tx, depositOf(ledger, userId, 500, { currency: 'JPY' })))
  const { items, earnings } = await walletsOf(userId)
  assert.deepEqual(
    items.map(({ balance }) => balance),
    [
      { amountMinor: 500, currency: 'JPY' },
      { amountMinor: 10_000, currency: 'ZAR' },
    ],
  )
  assert.deepEqual(earnings, [])
  assert.deepEqual(await historyOf(userId, items[1]?.id ?? ''), [['deposit', 10_000, 'completed']])
})

test('The sandbox’s money has a wallet of its own and buys nothing that is real.', async () => {
  const userId = randomUUID()
  await run(tx => bookDeposit(tx, depositOf(ledger, userId, 10_000, { sandbox: true })))
  const { items } = await walletsOf(userId)
  assert.deepEqual(
    items.map(({ sandbox }) => sandbox),
    [true],
  )
  assert.equal(await reasonOf(hold(ledger, wishOf(userId, 1))), 'wallet_too_little')
  await hold(ledger, { ...wishOf(userId, 1), sandbox: true })
})

test('A deposit for someone whose account is gone is kept where a person looks.', async () => {
  await run(tx => bookDeposit(tx, depositOf(ledger, null, 700)))
  const { balance } = await ledger.school.one<{ balance: number }>(sql`
    select credits_posted - debits_posted as balance from accounts
    where organization_id = ${ledger.organizationId} and kind = 'suspense'`)
  assert.equal(balance, 700)
})

test('What is held is not there to be held again, and is back once it is let go.', async () => {
  const { userId, walletId } = await someoneWith(ledger, 1_000)
  const wish = wishOf(userId, 800)
  await hold(ledger, wish)
  assert.deepEqual(await balanceOf(userId), [[1_000, 200]])
  const before = await snapshotOf(ledger.school)
  assert.equal(await reasonOf(hold(ledger, wishOf(userId, 201))), 'wallet_too_little')
  assert.equal(await snapshotOf(ledger.school), before)
  await hold(ledger, wish)
  assert.equal(await snapshotOf(ledger.school), before, 'the same wish again changes nothing')
  for (let times = 0; times < 2; times++) await run(tx => releaseReservation(tx, wish.reservationId))
  assert.deepEqual(await balanceOf(userId), [[1_000, 1_000]])
  assert.deepEqual(await historyOf(userId, walletId), [
    ['purchase', -800, 'failed'],
    ['deposit', 1_000, 'completed'],
  ])
})

test('What was let go before it came to be held is never held.', async () => {
  const { userId } = await someoneWith(ledger, 1_000)
  const wish = wishOf(userId, 800)
  await run(tx => releaseReservation(tx, wish.reservationId))
  assert.equal(await reasonOf(hold(ledger, wish)), 'wallet_payment_ended')
  assert.deepEqual(await balanceOf(userId), [[1_000, 1_000]])
})

test('Holding and letting go at the same time end as one after the other would, whichever is first.', async () => {
  const { kit, organizationId } = ledger
  const { userId } = await someoneWith(ledger, 1_000)
  const first = wishOf(userId, 800)
  await overlapped(
    kit.db,
    organizationId,
    tx => reserve(tx, first),
    () => run(tx => releaseReservation(tx, first.reservationId)),
  )
  assert.deepEqual(await balanceOf(userId), [[1_000, 1_000]])
  const second = wishOf(userId, 800)
  const late = overlapped(
    kit.db,
    organizationId,
    tx => releaseReservation(tx, second.reservationId),
    () => hold(ledger, second),
  )
  assert.equal(await reasonOf(late), 'wallet_payment_ended')
  assert.deepEqual(await balanceOf(userId), [[1_000, 1_000]])
})

test('Of two who hold more than there is together, the second is refused.', async () => {
  const { userId } = await someoneWith(ledger, 1_000)
  const late = overlapped(
    ledger.kit.db,
    ledger.organizationId,
    tx => reserve(tx, wishOf(userId, 600)),
    () => hold(ledger, wishOf(userId, 600)),
  )
  assert.equal(await reasonOf(late), 'wallet_too_little')
  assert.deepEqual(await balanceOf(userId), [[1_000, 400]])
})

const saleOf = (userId: string | null, reservationId: string, amountMinor: number) => ({
  paymentId: randomUUID(),
  organizationId: ledger.organizationId,
  orderId: randomUUID(),
  userId,
  amount: zar(amountMinor),
  fee: null,
  items: [{ courseId: randomUUID(), instructorId: randomUUID(), price: zar(amountMinor) }],
  sandbox: false,
  processedAt: new Date().toISOString(),
  wallet: { reservationId },
})

test('A course that is bought from a wallet is one line of it, and goes back into it as one.', async () => {
  const { userId, walletId } = await someoneWith(ledger, 1_000)
  const wish = wishOf(userId, 800)
  await hold(ledger, wish)
  const sale = saleOf(userId, wish.reservationId, 800)
  await run(tx => bookSale(tx, sale))
  await run(tx => bookSale(tx, sale))
  assert.deepEqual(await balanceOf(userId), [[200, 200]])
  const { fee: _, wallet: __, ...rest } = sale
  const refund = { ...rest, refundId: randomUUID(), amount: zar(300), whole: false, toWallet: true }
  for (let times = 0; times < 2; times++) await run(tx => bookRefund(tx, refund))
  assert.deepEqual(await historyOf(userId, walletId), [
    ['refund', 300, 'completed'],
    ['purchase', -800, 'completed'],
    ['deposit', 1_000, 'completed'],
  ])
  const { left } = await ledger.school.one<{ left: number }>(sql`
    select coalesce(sum(credits_posted - debits_posted), 0) as left from accounts
    where organization_id = ${ledger.organizationId} and kind = 'wallet_clearing'`)
  assert.equal(left, 0)
})

test('What was not held cannot be bought with.', async () => {
  await assert.rejects(
    run(tx => bookSale(tx, saleOf(null, randomUUID(), 800))),
    /not there/,
  )
  const { userId } = await someoneWith(ledger, 1_000)
  const wish = wishOf(userId, 800)
  await run(tx => releaseReservation(tx, wish.reservationId))
  await assert.rejects(
    run(tx => postReservation(tx, wish.reservationId)),
    /released/,
  )
})

test('A deposit that goes back leaves the wallet, and no more than it has.', async () => {
  const { userId, deposit } = await someoneWith(ledger, 1_000)
  const purpose = 'deposit_refund' as const
  const refundId = randomUUID()
  const wish = { ...wishOf(userId, 1_001, refundId), purpose }
  assert.equal(await reasonOf(run(tx => reserve(tx, wish))), 'wallet_too_little')
  await run(tx => reserve(tx, { ...wish, amount: zar(400) }))
  const refund = {
    ...deposit,
    refundId,
    amount: zar(400),
    refundedAt: deposit.paidAt,
  }
  for (let times = 0; times < 2; times++) await run(tx => bookDepositRefund(tx, refund))
  assert.deepEqual(await balanceOf(userId), [[600, 600]])
})

test('A deposit that went back and came back from the bank is in the wallet again, once.', async () => {
  const { userId, walletId, deposit } = await someoneWith(ledger, 1_000)
  const refundId = randomUUID()
  const wish = { ...wishOf(userId, 400, refundId), purpose: 'deposit_refund' as const }
  await run(tx => reserve(tx, wish))
  await assert.rejects(
    run(tx => takeReturned(tx, refundId)),
    /is held/,
    'it has not left yet',
  )
  await run(tx =>
    bookDepositRefund(tx, { ...deposit, refundId, amount: zar(400), refundedAt: deposit.paidAt }),
  )
  for (let times = 0; times < 2; times++) await run(tx => takeReturned(tx, refundId))
  assert.deepEqual(await balanceOf(userId), [[1_000, 1_000]])
  assert.deepEqual((await historyOf(userId, walletId)).slice(0, 2), [
    ['withdrawal', 400, 'completed'],
    ['withdrawal', -400, 'completed'],
  ])
})

test('Each change of a wallet is told once, for its person.', async () => {
  const { userId, deposit } = await someoneWith(ledger, 1_000)
  await run(tx => bookDeposit(tx, deposit))
  const wish = wishOf(userId, 800)
  await hold(ledger, wish)
  const sale = saleOf(userId, wish.reservationId, 800)
  for (let times = 0; times < 2; times++) await run(tx => bookSale(tx, sale))
  const told = await ledger.kit.db.infrastructure.rows<{ name: string; amount: number }>(sql`
    select name, (payload -> 'amount' ->> 'amountMinor')::int as amount from outbox
    where payload ->> 'userId' = ${userId} order by occurred_at, id`)
  assert.deepEqual(
    told.map(({ name, amount }) => [name, amount]),
    [
      ['wallet.credited', 1_000],
      ['wallet.debited', 800],
    ],
  )
})

test('Another person’s wallet is not there, nor is one of another school.', async () => {
  const { userId, walletId } = await someoneWith(ledger, 1_000)
  const read = (db = ledger.school, by = userId) => listWalletTransactions(db, by, { walletId, limit: 5 })
  assert.equal((await read()).items.length, 1)
  assert.equal(await reasonOf(read(ledger.school, randomUUID())), 'not_found')
  assert.equal(await reasonOf(read(ledger.kit.db.in(randomUUID()))), 'not_found')
})

test('An export shows the wallet, and erasing keeps the money under an id that leads nowhere.', async () => {
  const { userId, walletId } = await someoneWith(ledger, 1_000)
  const files = await mintPersonalData.gather(ledger.school, userId)
  const wallets = files.find(({ name }) => name === 'wallets.json')?.content as { id: string }[]
  assert.deepEqual(
    wallets.map(({ id }) => id),
    [walletId],
  )
  await run(tx => mintPersonalData.erase(tx, userId))
  assert.deepEqual(await balanceOf(userId), [])
  const { balance, known } = await ledger.school.one<{ balance: number; known: boolean }>(sql`
    select balance, user_id is not null as known from wallets
    where organization_id = ${ledger.organizationId} and id = ${walletId}`)
  assert.deepEqual([balance, known], [1_000, false])
})
