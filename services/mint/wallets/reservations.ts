import type { Money } from '@azora/contracts/money.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { refusal } from '@azora/kit/errors.ts'
import { v5 as uuidv5 } from 'uuid'
import { cashOf, requireBooked } from '../sales/cash.ts'
import { postTransfers } from '../transfers/post-transfers.ts'
import { selectEntries } from '../transfers/transfers.store.ts'
import {
  insertOptionalHeld,
  insertOptionalReleased,
  lockOptionalReservation,
  type Purpose,
  updateEnded,
} from './reservations.store.ts'
import { tellWallet } from './tell-wallet.ts'
import { openClearing, openWallet } from './wallet-accounts.ts'

/**
 * Money of a wallet that is held while payments decides. Payments names the reservation, asks for it, and says later
 * that it was used or is needed no more; what it says may be lost for a while, come twice, or come before what it asks
 * for. So each reservation has a row that ends once, and one that has ended is not held again.
 */

type Wish = {
  reservationId: string
  userId: string
  amount: Money
  sandbox: boolean
  purpose: Purpose
  description?: string | undefined
}

const kindOf: Record<Purpose, string> = { purchase: 'wallet_purchase', deposit_refund: 'wallet_withdrawal' }

/**
 * Hold an amount. The same wish again changes nothing.
 * @throws AppError `conflict` (`wallet_too_little`, `wallet_payment_ended`).
 */
export async function reserve(tx: Transaction, wish: Wish): Promise<void> {
  const { reservationId: id, purpose, sandbox } = wish
  const { currency, amountMinor } = wish.amount
  const wallet = await openWallet(tx, { userId: wish.userId, currency, sandbox })
  const made = await insertOptionalHeld(tx, { id, walletId: wallet.id, purpose, amount: amountMinor })
  if (!made) {
    const there = await lockOptionalReservation(tx, id)
    if (there?.state === 'released') throw refusal('wallet_payment_ended')
    const same = there?.walletId === wallet.id && there.purpose === purpose && there.amount === amountMinor
    if (!same) throw new Error(`Reservation ${id} is there, and is another one.`)
    return
  }
  const to = purpose === 'purchase' ? await openClearing(tx, currency) : await cashOf(tx, wish, currency)
  const [outcome] = await postTransfers(tx, {
    transfers: [
      {
        phase: 'pending',
        id,
        kind: kindOf[purpose],
        debitAccountId: wallet.id,
        creditAccountId: to.id,
        amount: BigInt(amountMinor),
        description: wish.description,
      },
    ],
  })
  if (outcome?.code === 'debit_account_overdrawn') throw refusal('wallet_too_little')
  requireBooked(outcome ? [outcome] : [])
}

/** Take what is held. May run twice. @throws Error where nothing is held: payments took money that is not there. */
export async function postReservation(tx: Transaction, id: string): Promise<void> {
  const there = await lockOptionalReservation(tx, id)
  if (there?.state === 'posted') return
  if (there?.state !== 'held') throw new Error(`Reservation ${id} is ${there?.state ?? 'not there'}.`)
  await updateEnded(tx, id, 'posted')
  const kind = kindOf[there.purpose as Purpose]
  const outcomes = await postTransfers(tx, {
    transfers: [{ phase: 'post', id: uuidv5('post', id), kind, pendingId: id }],
  })
  requireBooked(outcomes)
  await tellWallet(tx, id)
}

/** Let go of what is held, or of what comes to be asked for later. May run twice. */
export async function releaseReservation(tx: Transaction, id: string): Promise<void> {
  if (await insertOptionalReleased(tx, id)) return
  const there = await lockOptionalReservation(tx, id)
  if (there?.state === 'released') return
  if (there?.state !== 'held') throw new Error(`Reservation ${id} was used already.`)
  await updateEnded(tx, id, 'released')
  const kind = kindOf[there.purpose as Purpose]
  requireBooked(
    await postTransfers(tx, {
      transfers: [{ phase: 'void', id: uuidv5('void', id), kind, pendingId: id }],
    }),
  )
}

/**
 * What had left a wallet came back from the bank, so it is in the wallet again; a transfer that names the one that it
 * corrects. May run twice.
 *
 * @throws Error where it is not booked yet that it left: the event is tried again.
 */
export async function takeReturned(tx: Transaction, id: string): Promise<void> {
  const there = await lockOptionalReservation(tx, id)
  if (there?.state !== 'posted') throw new Error(`Reservation ${id} is ${there?.state ?? 'not there'}.`)
  const [left] = await selectEntries(tx, [uuidv5('post', id)])
  if (!left) throw new Error(`Reservation ${id} has no transfer.`)
  const returnId = uuidv5('returned', id)
  const outcomes = await postTransfers(tx, {
    transfers: [
      {
        phase: 'posted',
        id: returnId,
        kind: kindOf[there.purpose as Purpose],
        debitAccountId: left.creditAccountId,
        creditAccountId: left.debitAccountId,
        amount: left.amount,
        correctsId: left.id,
      },
    ],
  })
  requireBooked(outcomes)
  if (outcomes[0]?.code === 'created') await tellWallet(tx, returnId)
}
