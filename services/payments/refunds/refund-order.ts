import { type Money, toDecimal } from '@azora/contracts/money.ts'
import { recordAudit } from '@azora/kit/audit.ts'
import type { AskingCaller, Caller } from '@azora/kit/caller.ts'
import { leaveProcess } from '@azora/kit/context.ts'
import type { ScopedDatabase, Transaction } from '@azora/kit/db.ts'
import { AppError, invalidField, refusal } from '@azora/kit/errors.ts'
import type { Stripe } from 'stripe'
import { v5 as uuidv5, v7 as uuidv7 } from 'uuid'
import { isDeposit } from '../deposits/deposit-order.ts'
import { type HeldDeposit, holdDeposit, keepHeldDeposit } from '../deposits/refund-deposit.ts'
import type { OrderTools } from '../orders/order-tools.ts'
import { lockOptionalOrder, type Order, selectOptionalOrder } from '../orders/orders.store.ts'
import { selectOptionalPayment } from '../orders/payments.store.ts'
import { askToSettle } from '../stripe/settle-task.ts'
import { stepOf, toStripe } from '../stripe/stripe-amounts.ts'
import { isRefused, markOf } from '../stripe/stripe-door.ts'
import { selectOptionalHoldState } from '../wallet/holds.store.ts'
import { releaseHold } from '../wallet/release-hold.ts'
import { itemsOfAmount, itemsOfCourses } from './refund-items.ts'
import { type Refund, reserveRefund, selectOptionalRefund, updateRefundAsked } from './refunds.store.ts'
import { takeRefund } from './take-refund.ts'

type Wish = {
  orderId: string
  amount?: Money | undefined
  /** The courses whose money goes back, instead of an amount; without both, all that is left. */
  courseIds?: readonly string[] | undefined
  reason: string
  note: string
  keepAccess?: boolean
}

/**
 * Give money back. What is to go back is set aside first; then Stripe is asked, under the refund's own id. Where it does not
 * answer, the job that is enqueued with the refund asks again. Of a deposit, what goes back to the card is held in the wallet
 * before.
 *
 * @param key under which the caller may repeat it. Stripe is asked after the first commit, so a process may die before its
 * answer is kept under the key: the id of the refund follows from it, and the repeated call finds the refund.
 * @throws AppError as `setRefundAside`; `conflict` for a wallet with too little.
 */
export async function refundOrder(
  tools: OrderTools,
  by: AskingCaller,
  wish: Wish,
  key: string | null = null,
): Promise<Order> {
  const { organizationId, userId } = by.actor
  const school = tools.db.in(organizationId)
  const { refundId, made } =
    key === null
      ? { refundId: uuidv7(), made: false }
      : await refundUnder(school, uuidv5(`${userId} ${key}`, wish.orderId))
  if (!made) await setRefundAsideHeld(school, by, wish, refundId)
  // Whatever keeps Stripe from it, the refund stands, and the job goes on with it and logs why: who were told that it
  // failed would ask for another.
  await pursueRefund(tools, organizationId, refundId).catch(() => {})
  const order = await selectOptionalOrder(school, wish.orderId)
  if (!order) throw new AppError('not_found')
  return order
}

/**
 * Which refund a key stands for. A hold of its id that was let go belongs to a try that came to nothing, and mint holds
 * nothing under that id again: the next try has the id that follows from it.
 * @throws AppError `conflict` while the hold of a try is under way.
 */
async function refundUnder(
  school: ScopedDatabase,
  first: string,
): Promise<{ refundId: string; made: boolean }> {
  for (let refundId = first; ; refundId = uuidv5('again', refundId)) {
    if (await selectOptionalRefund(school, refundId)) return { refundId, made: true }
    const state = await selectOptionalHoldState(school, refundId)
    if (state === null) return { refundId, made: false }
    if (state === 'started') throw refusal('still_answering')
  }
}

async function setRefundAsideHeld(
  school: ScopedDatabase,
  by: AskingCaller,
  wish: Wish,
  refundId: string,
): Promise<void> {
  const held = await holdDeposit(school, by, { refundId, orderId: wish.orderId, amount: wish.amount })
  const setAside = school.transaction(async tx => {
    await setRefundAside(tx, by, { ...wish, amount: held?.amount ?? wish.amount }, { id: refundId, held })
    if (held) await keepHeldDeposit(tx, held)
  })
  await setAside.catch(async failure => {
    if (held) await school.transaction(tx => releaseHold(tx, held))
    throw failure
  })
}

/**
 * Set aside what is to go back of an order, in one statement that refuses more than is left, so of two refunds at once no
 * more goes back than has come, and of two of the same course one is refused. What was paid from a wallet goes back there
 * at once, by the ledger alone.
 *
 * @returns the id of the refund, which is to be pursued once this is committed.
 * @throws AppError `not_found`; `conflict` for an order that was not paid; `refund_too_large`; as `itemsOfCourses`.
 */
export async function setRefundAside(
  tx: Transaction,
  by: Caller,
  { orderId, amount, courseIds, reason, note, keepAccess = false }: Wish,
  { id = uuidv7(), held = null }: { id?: string; held?: HeldDeposit | null } = {},
): Promise<string> {
  if (!(await lockOptionalOrder(tx, orderId))) throw new AppError('not_found')
  const order = await selectOptionalOrder(tx, orderId)
  const payment = await selectOptionalPayment(tx, orderId)
  if (!order || !payment) throw refusal('order_not_paid')
  // Else the card would have it, and the wallet too.
  if (isDeposit(order) && !held) throw refusal('order_not_paid')
  const { currency } = order
  if (amount && amount.currency !== currency) throw invalidField('amount.currency', 'currency_not_taken')
  if (amount && courseIds) throw invalidField('courseIds', 'amount_or_courses')
  const step = stepOf(currency)
  const chosen = courseIds ? itemsOfCourses(order, courseIds, step) : null
  const left = payment.amountMinor - payment.refundedMinor - payment.disputedMinor
  const amountMinor = chosen?.reduce((sum, item) => sum + item.amountMinor, 0) ?? amount?.amountMinor ?? left
  if (amountMinor % step !== 0) {
    const values = { step: toDecimal({ amountMinor: step, currency }) }
    throw invalidField('amount.amountMinor', 'amount_not_charged', { values })
  }
  if (amountMinor <= 0 || amountMinor > left) throw new AppError('refund_too_large')
  const wanted = {
    ...{ id, paymentId: payment.id, amountMinor, reason, note },
    items: chosen ?? itemsOfAmount(order, { amountMinor, currency }),
    ofCourses: chosen !== null,
    keepsAccess: keepAccess,
    requestedBy: by.actor.userId,
  }
  if (!(await reserveRefund(tx, wanted))) throw new AppError('refund_too_large')
  await recordAudit(tx, 'payments', by, {
    action: 'order.refunded',
    subject: { kind: 'order', id: orderId },
    details: { amountMinor, currency, reason, ...(courseIds ? { courseIds } : {}) },
  })
  if (payment.stripePaymentIntentId !== null) {
    await askToSettle(tx, orderId)
    return id
  }
  const refund = await selectOptionalRefund(tx, id)
  if (refund) await takeRefund(tx, refund, { status: 'succeeded', stripeRefundId: null })
  return id
}

/** Ask Stripe for a pending refund, or how it stands, and write down what it has come to. Safe to repeat. */
export async function pursueRefund(
  tools: OrderTools,
  organizationId: string,
  refundId: string,
): Promise<void> {
  const school = tools.db.in(organizationId)
  const refund = await selectOptionalRefund(school, refundId)
  if (refund?.status !== 'pending') return
  const order = await selectOptionalOrder(school, refund.orderId)
  // The sandbox knows nothing of Stripe's refunds; that it refuses says nothing about them.
  if (!order || (tools.stripe.sandbox && !order.sandbox)) return
  await leaveProcess('Giving money back')
  const stripe = await tools.stripe.open()
  const told = await askFor(stripe, refund, order, organizationId).catch(failure => {
    // Nothing is left there to give back, or the charge cannot be refunded: it never will be.
    if (isRefused(failure)) return null
    throw failure
  })
  if (told === null) {
    await school.transaction(tx => takeRefund(tx, refund, { status: 'failed', stripeRefundId: null }))
  } else if (told.status === 'succeeded' || told.status === 'failed' || told.status === 'canceled') {
    const status = told.status === 'succeeded' ? 'succeeded' : 'failed'
    await school.transaction(tx => takeRefund(tx, refund, { status, stripeRefundId: told.id }))
  } else await updateRefundAsked(school, refundId, told.id)
}

/**
 * The refund at Stripe, made now unless it is there. Stripe forgets keys after some days, so what was asked for before
 * is looked for by our own mark first.
 */
async function askFor(stripe: Stripe, refund: Refund, order: Order, organizationId: string) {
  if (refund.stripeRefundId) return stripe.refunds.retrieve(refund.stripeRefundId)
  const { stripePaymentIntentId, amountMinor } = refund
  if (stripePaymentIntentId === null)
    throw new Error(`Refund ${refund.id} is of a wallet, and still pending.`)
  for await (const made of stripe.refunds.list({ payment_intent: stripePaymentIntentId, limit: 100 }))
    if (made.metadata?.azora_refund === refund.id) return made
  return stripe.refunds.create(
    {
      payment_intent: stripePaymentIntentId,
      amount: toStripe({ amountMinor, currency: order.currency }).amount,
      metadata: { ...markOf(organizationId, order.id), azora_refund: refund.id },
    },
    { idempotencyKey: `refund-${refund.id}` },
  )
}
