import type { EventPayload } from '@azora/contracts/events.ts'
import { add, allocate, type Money, subtract, zero } from '@azora/contracts/money.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { v5 as uuidv5 } from 'uuid'
import { selectBookings } from '../transfers/bookings.store.ts'
import type { Order } from '../transfers/order.ts'
import { postTransfers } from '../transfers/post-transfers.ts'
import { refundedTo } from '../wallets/refund-to-wallet.ts'
import { tellWallet } from '../wallets/tell-wallet.ts'
import { requireBooked } from './cash.ts'
import { lockPayment, type Received, selectReceived } from './sales.store.ts'

/**
 * Book what went back of a payment: each who received something of it gives back in proportion to what they have left of
 * it, so that all refunds together take from each exactly what they had, and no more from anyone at any time. Of tax goes
 * back what the credit note says, so that what is owed to the authority is what the documents say. What the processor kept
 * stays spent.
 *
 * @throws Error where the payment is not booked yet: the event is tried again.
 */
export async function bookRefund(tx: Transaction, refund: EventPayload<'refund.processed'>): Promise<void> {
  const { refundId, paymentId, amount } = refund
  await lockPayment(tx, paymentId)
  // How a refund is shared depends on those before it, so one that was booked is not worked out again.
  if ((await selectBookings(tx, [refundId])).length > 0) return
  const received = await selectReceived(tx, paymentId)
  const left = received.reduce((sum, one) => sum + one.left, 0)
  if (left < amount.amountMinor)
    throw new Error(`Of payment ${paymentId} only ${left} are booked and not given back.`)
  const to = await refundedTo(tx, refund)
  const shares = sharesOf(received, refund)
  const reference = { type: 'payment', id: paymentId }
  const transfers = received.flatMap(({ accountId }, at): Order[] => {
    const share = BigInt(shares[at]?.amountMinor ?? 0)
    if (share === 0n) return []
    return [
      {
        phase: 'posted',
        id: uuidv5(accountId, refundId),
        kind: 'refund',
        bookingId: refundId,
        debitAccountId: accountId,
        creditAccountId: to.accountId,
        amount: share,
        reference,
      },
    ]
  })
  requireBooked(
    await postTransfers(tx, {
      transfers: [...transfers, ...to.onwards],
      bookings: [{ id: refundId, kind: 'refund', reference }],
    }),
  )
  for (const { id } of to.onwards) await tellWallet(tx, id)
}

function sharesOf(
  received: readonly Received[],
  { paymentId, amount, tax }: EventPayload<'refund.processed'>,
): Money[] {
  if (tax === undefined)
    return allocate(
      amount,
      received.map(one => one.left),
    )
  const of = (wanted: boolean) => received.map(({ isTax, left }) => (isTax === wanted ? left : 0))
  const part = (whole: Money, weights: number[]) => {
    if (weights.reduce((sum, weight) => sum + weight, 0) < whole.amountMinor)
      throw new Error(`Of payment ${paymentId} less tax, or less than tax, is booked than goes back.`)
    return whole.amountMinor === 0 ? weights.map(() => zero(amount.currency)) : allocate(whole, weights)
  }
  const taxes = part(tax, of(true))
  return part(subtract(amount, tax), of(false)).map((rest, at) =>
    add(rest, taxes[at] ?? zero(amount.currency)),
  )
}
