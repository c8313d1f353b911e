import { add, allocate, type Money, subtract, zero } from '@azora/contracts/money.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { v5 as uuidv5 } from 'uuid'
import type { Order } from '../transfers/order.ts'
import { type Received, selectReceived } from './sales.store.ts'

type TakeBack = {
  paymentId: string
  amount: Money
  /** What of it is tax, by the credit note; absent where there is none, and tax goes back like the rest. */
  tax: Money | undefined
  bookingId: string
  kind: 'refund' | 'chargeback'
  /** Where it goes. */
  toAccountId: string
}

/** The transfers by which those who received something of a payment give an amount back. The payment is to be locked. */
export function takeBack(received: readonly Received[], back: TakeBack): Order[] {
  const { paymentId, bookingId, kind, toAccountId } = back
  const shares = sharesOf(received, back)
  return received.flatMap(({ accountId }, at): Order[] => {
    const share = BigInt(shares[at]?.amountMinor ?? 0)
    if (share === 0n) return []
    return [
      {
        phase: 'posted',
        id: uuidv5(accountId, bookingId),
        kind,
        bookingId,
        debitAccountId: accountId,
        creditAccountId: toAccountId,
        amount: share,
        reference: { type: 'payment', id: paymentId },
      },
    ]
  })
}

/** Who has something left of a payment, and how much all of them have. */
export async function leftOf(
  tx: Transaction,
  paymentId: string,
): Promise<{ received: Received[]; left: number }> {
  const received = await selectReceived(tx, paymentId)
  return { received, left: received.reduce((sum, one) => sum + one.left, 0) }
}

function sharesOf(received: readonly Received[], { paymentId, amount, tax }: TakeBack): Money[] {
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
