import type { EventPayload } from '@azora/contracts/events.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { v5 as uuidv5 } from 'uuid'
import { lockAccounts } from '../accounts/accounts.store.ts'
import { availableOf } from '../accounts/balance.ts'
import { type AccountOrder, openAccount } from '../accounts/open-account.ts'
import { cashOf, requireBooked } from '../sales/cash.ts'
import { lockPayment } from '../sales/sales.store.ts'
import { selectBookings } from '../transfers/bookings.store.ts'
import { selectOfBooking } from '../transfers/journal.store.ts'
import type { Order } from '../transfers/order.ts'
import { postTransfers } from '../transfers/post-transfers.ts'
import { selectEntries } from '../transfers/transfers.store.ts'
import { tellWallet } from './tell-wallet.ts'
import { openUnclaimed, openWallet } from './wallet-accounts.ts'

type Moved = EventPayload<'deposit.taken_back'>

const ofPayment = ({ paymentId }: Moved) => ({ type: 'payment', id: paymentId })

/**
 * Book that a deposit left the processor without its wallet having been asked: what is there, and is not held for something
 * else, leaves it; what is spent already its owner owes to the school. Of an account that is gone it leaves what is not
 * claimed.
 *
 * @throws Error where the deposit is not booked yet: the event is tried again.
 */
export async function takeDepositBack(tx: Transaction, moved: Moved): Promise<void> {
  const { movedId, paymentId, userId, amount, fee, sandbox } = moved
  const { currency } = amount
  await lockPayment(tx, paymentId)
  // What is there changes, so one that was booked is not worked out again.
  if ((await selectBookings(tx, [movedId])).length > 0) return
  const [deposit] = await selectEntries(tx, [uuidv5('wallet_deposit', paymentId)])
  if (!deposit) throw new Error(`Deposit ${paymentId} is not booked.`)
  const cash = await cashOf(tx, moved, currency)
  const wanted = BigInt(amount.amountMinor)
  const transfers: Order[] = []
  const move = (name: string, kind: string, debitAccountId: string, of: bigint) => {
    if (of > 0n)
      transfers.push({
        phase: 'posted',
        id: uuidv5(name, movedId),
        kind,
        bookingId: movedId,
        debitAccountId,
        creditAccountId: cash.id,
        amount: of,
        reference: ofPayment(moved),
      })
  }
  const open = (order: AccountOrder) => openAccount(tx, order)
  const fees = await open({ kind: 'fees', owner: { type: 'school' }, currency })
  if (userId === null) move('wallet', 'wallet_withdrawal', (await openUnclaimed(tx, currency)).id, wanted)
  else {
    const wallet = await openWallet(tx, { userId, currency, sandbox })
    const owed = await open({ kind: 'receivable', owner: { type: 'person', id: userId }, currency })
    // All at once and in the order in which everyone takes them; nobody spends what is there until this ends.
    const held = await lockAccounts(tx, [cash.id, fees.id, wallet.id, owed.id])
    const there = availableOf(held.find(({ id }) => id === wallet.id) ?? raise())
    const taken = there < 0n ? 0n : there < wanted ? there : wanted
    move('wallet', 'wallet_withdrawal', wallet.id, taken)
    move('owed', 'deposit_owed', owed.id, wanted - taken)
  }
  if (fee) move('fee', 'processor_fee', fees.id, BigInt(fee.amountMinor))
  const booking = { id: movedId, kind: 'deposit_taken_back', reference: ofPayment(moved) }
  requireBooked(await postTransfers(tx, { transfers, bookings: [booking] }))
  await tellWallet(tx, uuidv5('wallet', movedId))
}

const raise = (): never => {
  throw new Error('The account of a wallet vanished.')
}

/** What left came again: it is where it was, in the wallet or paid off what was owed. With it what of the fee came. */
export async function putDepositBack(tx: Transaction, moved: Moved): Promise<void> {
  const { movedId, paymentId, fee } = moved
  await lockPayment(tx, paymentId)
  const given = await selectOfBooking(tx, movedId)
  if (given.length === 0) throw new Error(`That ${movedId} left is not booked.`)
  const booking = { id: uuidv5('back', movedId), kind: 'deposit_came_back', reference: ofPayment(moved) }
  if ((await selectBookings(tx, [booking.id])).length > 0) return
  const transfers = given.flatMap((one): Order[] => {
    const amount = one.kind === 'processor_fee' ? BigInt(fee?.amountMinor ?? 0) : BigInt(one.amount)
    if (amount === 0n) return []
    return [
      {
        phase: 'posted',
        id: uuidv5('back', one.id),
        kind: one.kind,
        bookingId: booking.id,
        debitAccountId: one.creditAccountId,
        creditAccountId: one.debitAccountId,
        amount,
        correctsId: one.id,
        reference: ofPayment(moved),
      },
    ]
  })
  requireBooked(await postTransfers(tx, { transfers, bookings: [booking] }))
  const wallet = given.find(({ kind }) => kind === 'wallet_withdrawal')
  if (wallet) await tellWallet(tx, uuidv5('back', wallet.id))
}
