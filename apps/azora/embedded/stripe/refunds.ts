import type { Stripe } from 'stripe'
import { z } from 'zod'
import { move } from './balance.ts'
import { cardOfNumber } from './cards.ts'
import { intentOf, refundable } from './charges.ts'
import { emit, save } from './emit.ts'
import { invalid } from './failure.ts'
import { list } from './lists.ts'
import { idOf, newId } from './objects.ts'
import { amount, createdShape, id, mergeMetadata, metadata, pageShape } from './params.ts'
import { route, taking } from './route.ts'
import { need, type Work } from './work.ts'

/** How long the refunds of the cards for that take to fail, or to come. */
const refundTakesS = 5

function chargeNamed(
  work: Work,
  given: { charge?: string | undefined; payment_intent?: string | undefined },
): Stripe.Charge {
  if (given.charge) return need(work, 'charge', given.charge, 'charge')
  if (!given.payment_intent)
    throw invalid(
      'One of the following params should be provided for this request: payment_intent or charge.',
    )
  const intent = need(work, 'payment_intent', given.payment_intent, 'payment_intent')
  const charge = idOf(intent.latest_charge)
  if (!charge || intent.status !== 'succeeded')
    throw invalid(`This PaymentIntent (${intent.id}) does not have a successful charge to refund.`, {
      param: 'payment_intent',
    })
  return need(work, 'charge', charge, 'charge')
}

/** @throws StripeFailure where nothing, or not so much, can be paid back. */
function checked(charge: Stripe.Charge, wanted: number | undefined): number {
  if (charge.status !== 'succeeded' || !charge.captured)
    throw invalid(`Charge ${charge.id} has not been captured and cannot be refunded.`, { param: 'charge' })
  if (charge.disputed)
    throw invalid(`Charge ${charge.id} has been charged back; cannot issue a refund.`, {
      code: 'charge_disputed',
    })
  const left = refundable(charge)
  if (left === 0)
    throw invalid(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' })
  const paidBack = wanted ?? left
  if (paidBack > left)
    throw invalid(`Refund amount (${paidBack}) is greater than unrefunded amount on charge (${left})`, {
      param: 'amount',
    })
  return paidBack
}

function refund(
  work: Work,
  charge: Stripe.Charge,
  paidBack: number,
  more: Pick<Stripe.Refund, 'reason' | 'metadata'>,
) {
  const method = charge.payment_method ? work.store.hidden(charge.payment_method) : {}
  const fate = cardOfNumber(method.cardNumber ?? '')?.refund
  const made: Stripe.Refund = {
    id: newId('refund'),
    object: 'refund',
    amount: paidBack,
    balance_transaction: null,
    charge: charge.id,
    created: work.now,
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: {
      type: 'card',
      card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' },
    },
    metadata: more.metadata,
    payment_intent: intentOf(charge),
    payment_method: charge.payment_method,
    reason: more.reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: fate === 'succeeds_later' ? 'pending' : 'succeeded',
    transfer_reversal: null,
  }
  made.balance_transaction = move(work, {
    amount: -paidBack,
    currency: charge.currency,
    fee: 0,
    type: 'refund',
    category: 'refund',
    source: made.id,
    description: 'REFUND FOR CHARGE',
  }).id
  const refunded = charge.amount_refunded + paidBack
  save(
    work,
    'charge',
    { ...charge, amount_refunded: refunded, refunded: refunded === charge.amount },
    'charge.refunded',
  )
  save(work, 'refund', made, 'refund.created')
  if (fate) work.store.later({ at: work.now + refundTakesS, task: 'finish_refund', id: made.id })
  return made
}

/** What comes of a refund later: the bank took it, or sent it back. */
export function finishRefund(work: Work, name: string): void {
  const known = need(work, 'refund', name, 'refund')
  if (known.status === 'pending') {
    const come: Stripe.Refund = { ...known, status: 'succeeded' }
    save(work, 'refund', come, 'refund.updated', 'charge.refund.updated')
    return
  }
  const charge = need(work, 'charge', idOf(known.charge) ?? '', 'charge')
  const failed: Stripe.Refund = {
    ...known,
    status: 'failed',
    failure_reason: 'unknown',
    failure_balance_transaction: move(work, {
      amount: known.amount,
      currency: known.currency,
      fee: 0,
      type: 'refund_failure',
      category: 'refund_failure',
      source: known.id,
      description: 'REFUND FAILURE',
    }).id,
  }
  const given = charge.amount_refunded - known.amount
  save(work, 'charge', { ...charge, amount_refunded: given, refunded: false }, 'charge.updated')
  save(work, 'refund', failed, 'refund.updated', 'charge.refund.updated')
  emit(work, 'refund.failed', failed)
}

export const refundRoutes = [
  route(
    'POST',
    '/v1/refunds',
    taking<Stripe.RefundCreateParams>()({
      amount: amount.optional(),
      charge: id.optional(),
      metadata: metadata.optional(),
      payment_intent: id.optional(),
      reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
    }),
    (work, params): Stripe.Refund => {
      const charge = chargeNamed(work, params)
      return refund(work, charge, checked(charge, params.amount), {
        reason: params.reason ?? null,
        metadata: mergeMetadata(null, params.metadata),
      })
    },
  ),
  route(
    'GET',
    '/v1/refunds/:id',
    {},
    (work, _params, name): Stripe.Refund => need(work, 'refund', name, 'id'),
  ),
  route(
    'POST',
    '/v1/refunds/:id',
    taking<Stripe.RefundUpdateParams>()({ metadata: metadata.optional() }),
    (work, params, name): Stripe.Refund => {
      const known = need(work, 'refund', name, 'id')
      return save(
        work,
        'refund',
        { ...known, metadata: mergeMetadata(known.metadata, params.metadata) },
        'refund.updated',
        'charge.refund.updated',
      )
    },
  ),
  route(
    'GET',
    '/v1/refunds',
    taking<Stripe.RefundListParams>()({
      ...pageShape,
      ...createdShape,
      charge: id.optional(),
      payment_intent: id.optional(),
    }),
    (work, params): Stripe.ApiList<Stripe.Refund> => {
      const { charge = null, payment_intent = null } = params
      return list(work, 'refund', '/v1/refunds', params, { charge, payment_intent })
    },
  ),
]
