import type { EventPayload } from '@azora/contracts/events.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { v5 as uuidv5 } from 'uuid'
import { cashOf } from '../sales/cash.ts'
import type { Order } from '../transfers/order.ts'
import { openClearing, openUnclaimed, openWallet } from './wallet-accounts.ts'

/**
 * To which account what goes back of a payment is credited. What was paid from a wallet goes back into it, in one line
 * however many give back; where its owner's account is gone, to what is not claimed.
 */
export async function refundedTo(
  tx: Transaction,
  refund: EventPayload<'refund.processed'>,
): Promise<{ accountId: string; onwards: Order[] }> {
  const { refundId, paymentId, userId, sandbox } = refund
  const { currency, amountMinor } = refund.amount
  if (!refund.toWallet) return { accountId: (await cashOf(tx, refund, currency)).id, onwards: [] }
  const clearing = await openClearing(tx, currency)
  const wallet =
    userId === null ? await openUnclaimed(tx, currency) : await openWallet(tx, { userId, currency, sandbox })
  const onwards: Order[] = [
    {
      phase: 'posted',
      id: uuidv5('wallet_refund', refundId),
      kind: 'wallet_refund',
      bookingId: refundId,
      debitAccountId: clearing.id,
      creditAccountId: wallet.id,
      amount: BigInt(amountMinor),
      reference: { type: 'payment', id: paymentId },
    },
  ]
  return { accountId: clearing.id, onwards }
}
