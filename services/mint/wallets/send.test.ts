import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, test } from 'node:test'
import type { AppError } from '@azora/kit/errors.ts'
import { createLedger, type Ledger } from '../testing.ts'
import { listWallets, listWalletTransactions } from './read-wallets.ts'
import { sendFromWallet } from './send.ts'
import type { Senders } from './settings.store.ts'
import { saveWalletSettings } from './settings.ts'
import { callerOf, someoneWith, zar } from './testing-wallets.ts'

/** From wallet to wallet, by the rules of the school. */

let ledger: Ledger
before(async () => {
  ledger = await createLedger()
})
after(() => ledger?.dispose())
const allow = (senders: Senders, perDay = 1_000) =>
  saveWalletSettings(ledger.kit.db, callerOf(ledger, randomUUID()), { senders, limits: [zar(perDay)] })
beforeEach(() => allow('everyone'))

const reasonOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (failure: AppError) => failure.data?.reason ?? failure.code,
  )
const friend = { email: 'friend@school.example', id: randomUUID() }
const send = (from: { userId: string; walletId: string }, amountMinor: number, to = friend.email) =>
  sendFromWallet(ledger.kit.db, callerOf(ledger, from.userId, [friend]), {
    walletId: from.walletId,
    to,
    amountMinor,
    note: 'For the book',
  })
async function historyOf(userId: string) {
  const { items } = await listWallets(ledger.school, callerOf(ledger, userId).actor)
  const walletId = items[0]?.id ?? ''
  return (await listWalletTransactions(ledger.school, userId, { walletId, limit: 50 })).items
}

test('Money that is sent is seen by both, with who and what for.', async () => {
  const learner = await someoneWith(ledger, 1_000)
  const sent = await send(learner, 300)
  assert.deepEqual([sent.amount, sent.counterparty, sent.note], [zar(-300), 'A Friend', 'For the book'])
  const [received] = await historyOf(friend.id)
  assert.deepEqual(
    [received?.type, received?.amount, received?.counterparty, received?.note],
    ['transfer', zar(300), 'A Learner', 'For the book'],
  )
  const { items, sendable } = await listWallets(ledger.school, callerOf(ledger, learner.userId).actor)
  assert.deepEqual([items[0]?.balance, sendable], [zar(700), [zar(700)]])
})

test('Nobody sends until the school allows it, and staff alone where it allows them.', async () => {
  const learner = await someoneWith(ledger, 1_000)
  for (const senders of ['nobody', 'staff'] as const) {
    await allow(senders)
    assert.equal(await reasonOf(send(learner, 1)), 'wallet_transfers_off')
    const { sendable } = await listWallets(ledger.school, callerOf(ledger, learner.userId).actor)
    assert.deepEqual(sendable, [])
  }
  const by = callerOf(ledger, learner.userId, [friend])
  by.actor.roles = ['instructor']
  const wish = { walletId: learner.walletId, to: friend.email, amountMinor: 1, note: '' }
  assert.equal(await reasonOf(sendFromWallet(ledger.kit.db, by, wish)), 'done')
})

test('More than there is, more than a day allows, and people who are not here or are oneself are refused.', async () => {
  const learner = await someoneWith(ledger, 500)
  assert.equal(await reasonOf(send(learner, 501)), 'wallet_too_little')
  assert.equal(await reasonOf(send(learner, 1_001)), 'wallet_limit_reached')
  assert.equal(await reasonOf(send(learner, 1, 'nobody@school.example')), 'recipient_unknown')
  const self = { email: 'me@school.example', id: learner.userId }
  const wish = { walletId: learner.walletId, to: self.email, amountMinor: 1, note: '' }
  const by = callerOf(ledger, learner.userId, [self])
  assert.equal(await reasonOf(sendFromWallet(ledger.kit.db, by, wish)), 'recipient_is_sender')
  const foreign = { ...learner, userId: randomUUID() }
  assert.equal(await reasonOf(send(foreign, 1)), 'not_found', 'another’s wallet')
  const yen = await someoneWith(ledger, 500, { currency: 'JPY' })
  assert.equal(await reasonOf(send(yen, 1)), 'wallet_transfers_off', 'a currency without a limit')
  assert.equal((await historyOf(learner.userId)).length, 1)
})

test('Of many at once, no more is sent than a day allows, nor than there is.', async () => {
  for (const [has, perDay] of [
    [10_000, 1_000],
    [1_000, 10_000],
  ] as const) {
    await allow('everyone', perDay)
    const learner = await someoneWith(ledger, has)
    const reasons = await Promise.all(Array.from({ length: 6 }, () => reasonOf(send(learner, 400))))
    assert.equal(reasons.filter(reason => reason === 'done').length, 2, reasons.join())
  }
})
