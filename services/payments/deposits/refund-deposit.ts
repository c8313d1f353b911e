import type { Money } from '@azora/contracts/money.ts'
import type { AskingCaller } from '@azora/kit/caller.ts'
import type { ScopedDatabase, Transaction } from '@azora/kit/db.ts'
import { refusal } from '@azora/kit/errors.ts'
import { publish } from '@azora/kit/outbox.ts'
import { type Order, selectOptionalOrder } from '../orders/orders.store.ts'
import { selectOptionalPayment } from '../orders/payments.store.ts'
import type { Refund } from '../refunds/refunds.store.ts'
import { endHold, insertHold } from '../wallet/holds.store.ts'
import { releaseHold } from '../wallet/release-hold.ts'
import { isDeposit } from './deposit-order.ts'

type Wish = { refundId: string; orderId: string; amount: Money | undefined }
export type HeldDeposit = { id: string; orderId: string; amount: Money }

/**
 * Before a deposit goes back to the card: hold it in the wallet, under the id of the refund, so that no more goes back
 * than is there. @returns null for an order that is no deposit, or was not paid.
 * @throws AppError `conflict` (`wallet_too_little`, `wallet_owner_gone`).
 */
export async function holdDeposit(
  school: ScopedDatabase,
  by: AskingCaller,
  { refundId, orderId, amount }: Wish,
): Promise<HeldDeposit | null> {
  const order = await selectOptionalOrder(school, orderId)
  if (!order || !isDeposit(order)) return null
  const payment = await selectOptionalPayment(school, orderId)
  const { currency } = order
  const wanted = amount ?? {
    amountMinor: (payment?.amountMinor ?? 0) - (payment?.refundedMinor ?? 0) - (payment?.disputedMinor ?? 0),
    currency,
  }
  // What is refused is refused with its reason by those who refund.
  if (!payment || wanted.currency !== currency || wanted.amountMinor < 1) return null
  if (order.buyerId === null) throw refusal('wallet_owner_gone')
  const held = { id: refundId, orderId, amount: wanted }
  await school.transaction(tx => insertHold(tx, { id: refundId, orderId, purpose: 'deposit_refund' }))
  try {
    await by.others.mint.reserveFromWallet({
      reservationId: refundId,
      userId: order.buyerId,
      amount: wanted,
      sandbox: order.sandbox,
      purpose: 'deposit_refund',
    })
  } catch (failure) {
    await school.transaction(tx => releaseHold(tx, held))
    throw failure
  }
  return held
}

/** The refund stands: what is held is its own from now on. */
export async function keepHeldDeposit(tx: Transaction, held: HeldDeposit): Promise<void> {
  // The sweep was faster than this request, which took minutes.
  if (!(await endHold(tx, { ...held, state: 'taken' }))) throw refusal('wallet_payment_stopped')
}

/**
 * Tell what a refund of a deposit has come to: what was held for it has left the wallet, or is back.
 * @param afterProcessed it had come to the card, and came back from the bank later.
 */
export async function endDepositRefund(
  tx: Transaction,
  order: Order,
  refund: Refund,
  { status, afterProcessed }: { status: 'succeeded' | 'failed'; afterProcessed: boolean },
): Promise<void> {
  const { organizationId } = tx
  if (refund.madeAtStripe) return moveAfterwards(tx, order, refund, { status, afterProcessed })
  if (status === 'failed') {
    await publish(tx, 'payments', 'wallet.released', {
      organizationId,
      reservationId: refund.id,
      ...(afterProcessed ? { returned: true } : {}),
    })
    return
  }
  await publish(tx, 'payments', 'deposit.refunded', {
    refundId: refund.id,
    paymentId: refund.paymentId,
    organizationId,
    orderId: order.id,
    userId: order.buyerId,
    amount: { amountMinor: refund.amountMinor, currency: order.currency },
    sandbox: order.sandbox,
    refundedAt: new Date().toISOString(),
  })
}

/** One that nobody here asked for: it leaves the wallet as far as it may, and comes again where it did not arrive. */
async function moveAfterwards(
  tx: Transaction,
  { buyerId, currency, sandbox }: Order,
  refund: Refund,
  { status, afterProcessed }: { status: 'succeeded' | 'failed'; afterProcessed: boolean },
): Promise<void> {
  if (status === 'failed' && !afterProcessed) return
  const name = status === 'succeeded' ? 'deposit.taken_back' : 'deposit.came_back'
  await publish(tx, 'payments', name, {
    movedId: refund.id,
    paymentId: refund.paymentId,
    organizationId: tx.organizationId,
    userId: buyerId,
    amount: { amountMinor: refund.amountMinor, currency },
    fee: null,
    sandbox,
    movedAt: new Date().toISOString(),
  })
}
