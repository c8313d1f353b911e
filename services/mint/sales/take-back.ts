import type { EventPayload } from '@azora/contracts/events.ts'
import { allocate, type Money } from '@azora/contracts/money.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { v5 as uuidv5 } from 'uuid'
import type { Order } from '../transfers/order.ts'
import { saleOf } from './sale-id.ts'
import { type Received, selectReceived } from './sales.store.ts'

/** What somebody received of a payment, with what they have left of it. */
export type Left = Pick<Received, 'id' | 'accountId' | 'bookingId' | 'isTax'> & { left: number }

type TakeBack = {
  paymentId: string
  amount: Money
  /** What of it is tax, by the credit note; absent where there is none, and tax goes back like the rest. */
  tax: Money | undefined
  /** What of it is of which course, by the credit note. */
  courses: EventPayload<'refund.processed'>['back']
  bookingId: string
  kind: 'refund' | 'chargeback'
  /** Where it goes. */
  toAccountId: string
}

/**
 * The transfers by which those who received something of a payment give an amount back; each names what was received by it.
 * The payment is to be locked.
 */
export function takeBack(received: readonly Left[], back: TakeBack): Order[] {
  const { paymentId, bookingId, kind, toAccountId } = back
  const shares = sharesOf(received, back)
  return received.flatMap(({ id, accountId }, at): Order[] => {
    const share = BigInt(shares[at] ?? 0)
    if (share === 0n) return []
    return [
      {
        phase: 'posted',
        id: uuidv5(id, bookingId),
        kind,
        bookingId,
        debitAccountId: accountId,
        creditAccountId: toAccountId,
        amount: share,
        correctsId: id,
        reference: { type: 'payment', id: paymentId },
      },
    ]
  })
}

/** Who has something left of a payment, and how much all of them have. */
export async function leftOf(
  tx: Transaction,
  paymentId: string,
): Promise<{ received: Left[]; left: number }> {
  const ofAccounts = Map.groupBy(await selectReceived(tx, paymentId), ({ accountId }) => accountId)
  const received = [...ofAccounts.values()].flatMap(leftOfAccount).filter(({ left }) => left > 0)
  return { received, left: received.reduce((sum, one) => sum + one.left, 0) }
}

/** What went back without saying of what is of all that the account received, in proportion. */
function leftOfAccount(received: readonly Received[]): Left[] {
  const left = received.map(one => one.amount - one.back)
  const unnamed = { amountMinor: received[0]?.unnamed ?? 0, currency: '' }
  const shares = unnamed.amountMinor > 0 ? allocate(unnamed, left) : []
  return received.map(({ id, accountId, bookingId, isTax }, at) => ({
    ...{ id, accountId, bookingId, isTax },
    left: (left[at] ?? 0) - (shares[at]?.amountMinor ?? 0),
  }))
}

/** What each gives, in minor units. */
function sharesOf(received: readonly Left[], { paymentId, amount, tax, courses }: TakeBack): number[] {
  const shares = received.map(() => 0)
  /** @returns what those who are asked do not have */
  const take = (amountMinor: number, isAsked: (one: Left) => boolean): number => {
    const weights = received.map((one, at) => (isAsked(one) ? one.left - (shares[at] ?? 0) : 0))
    const taken = Math.min(
      amountMinor,
      weights.reduce((sum, weight) => sum + weight, 0),
    )
    if (taken === 0) return amountMinor
    for (const [at, part] of allocate({ ...amount, amountMinor: taken }, weights).entries())
      shares[at] = (shares[at] ?? 0) + part.amountMinor
    return amountMinor - taken
  }
  if (tax === undefined) {
    take(amount.amountMinor, () => true)
    return shares
  }
  const missing = { tax: tax.amountMinor, rest: amount.amountMinor - tax.amountMinor }
  // Of a lost dispute less may be there than its credit note says.
  const together = courses?.reduce((sum, one) => sum + one.amount.amountMinor, 0)
  for (const { courseId, ...of } of together === amount.amountMinor ? (courses ?? []) : []) {
    const sale = saleOf(paymentId, courseId)
    const rest = of.amount.amountMinor - of.tax.amountMinor
    missing.tax -= of.tax.amountMinor - take(of.tax.amountMinor, one => one.isTax && one.bookingId === sale)
    missing.rest -= rest - take(rest, one => !one.isTax && one.bookingId === sale)
  }
  // Refunds from before they said of which course they are may have taken more of one than its line has.
  if (take(missing.tax, one => one.isTax) > 0 || take(missing.rest, one => !one.isTax) > 0)
    throw new Error(`Of payment ${paymentId} less tax, or less than tax, is booked than goes back.`)
  return shares
}
