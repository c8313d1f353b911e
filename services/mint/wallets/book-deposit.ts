import type { EventPayload } from '@azora/contracts/events.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { v5 as uuidv5 } from 'uuid'
import { openAccount } from '../accounts/open-account.ts'
import { cashOf, requireBooked } from '../sales/cash.ts'
import { lockPayment } from '../sales/sales.store.ts'
import type { Order } from '../transfers/order.ts'
import { postTransfers } from '../transfers/post-transfers.ts'
import { postReservation } from './reservations.ts'
import { tellWallet } from './tell-wallet.ts'
import { insertOrigin } from './transactions.store.ts'
import { openUnclaimed, openWallet } from './wallet-accounts.ts'

/**
 * Book money that came for a wallet; what the processor keeps of it is the school's cost. Every id follows from the
 * payment's, so it may run twice.
 */
export async function bookDeposit(tx: Transaction, deposit: EventPayload<'deposit.paid'>): Promise<void> {
  const { paymentId, userId, amount, fee, sandbox, stripeId } = deposit
  const { currency, amountMinor } = amount
  await lockPayment(tx, paymentId)
  const reference = { type: 'payment', id: paymentId }
  const cash = await cashOf(tx, deposit, currency)
  const wallet =
    userId === null ? await openUnclaimed(tx, currency) : await openWallet(tx, { userId, currency, sandbox })
  const id = uuidv5('wallet_deposit', paymentId)
  const move = (
    order: Pick<Order, 'id' | 'kind'> & { debitAccountId: string; creditAccountId: string },
    of: number,
  ) => ({
    phase: 'posted' as const,
    ...order,
    amount: BigInt(of),
    reference,
  })
  const transfers: Order[] = [
    move({ id, kind: 'wallet_deposit', debitAccountId: cash.id, creditAccountId: wallet.id }, amountMinor),
  ]
  if (fee && fee.amountMinor > 0) {
    const fees = await openAccount(tx, { kind: 'fees', owner: { type: 'school' }, currency })
    const feeId = uuidv5('processor_fee', paymentId)
    transfers.push(
      move(
        { id: feeId, kind: 'processor_fee', debitAccountId: fees.id, creditAccountId: cash.id },
        fee.amountMinor,
      ),
    )
  }
  const outcomes = await postTransfers(tx, { transfers })
  requireBooked(outcomes)
  await insertOrigin(tx, { transferId: id, stripeId })
  // Told once, whatever runs twice.
  if (outcomes[0]?.code === 'created') await tellWallet(tx, id)
}

/** A deposit went back to the card that it came from: what the wallet held for that has left it. */
export const bookDepositRefund = (tx: Transaction, { refundId }: EventPayload<'deposit.refunded'>) =>
  postReservation(tx, refundId)
