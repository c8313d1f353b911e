import type { Stripe } from 'stripe'
import { z } from 'zod'
import { disputeFeeOf, move } from './balance.ts'
import { cardOfNumber } from './cards.ts'
import { intentOf } from './charges.ts'
import { emit, save } from './emit.ts'
import { invalid } from './failure.ts'
import { list } from './lists.ts'
import { idOf, newId } from './objects.ts'
import { createdShape, flag, id, mergeMetadata, metadata, optionalText, pageShape } from './params.ts'
import { route, taking } from './route.ts'
import { need, type Work } from './work.ts'

/**
 * What the owner of a card objects to at their bank. The money is taken back at once, and with it a fee; an inquiry
 * only asks. Evidence that reads `winning_evidence` or `losing_evidence` decides, as in Stripe's test mode.
 */
const evidenceWithinS = 9 * 24 * 3600

const evidenceFields = [
  'access_activity_log',
  'billing_address',
  'cancellation_policy_disclosure',
  'cancellation_rebuttal',
  'customer_email_address',
  'customer_name',
  'customer_purchase_ip',
  'duplicate_charge_explanation',
  'duplicate_charge_id',
  'product_description',
  'refund_policy_disclosure',
  'refund_refusal_explanation',
  'service_date',
  'shipping_address',
  'shipping_carrier',
  'shipping_date',
  'shipping_tracking_number',
  'uncategorized_text',
] as const
const fileFields = [
  'cancellation_policy',
  'customer_communication',
  'customer_signature',
  'duplicate_charge_documentation',
  'receipt',
  'refund_policy',
  'service_documentation',
  'shipping_documentation',
  'uncategorized_file',
] as const
type EvidenceField = (typeof evidenceFields)[number]

const empty = Object.fromEntries([...evidenceFields, ...fileFields].map(field => [field, null])) as Record<
  EvidenceField | (typeof fileFields)[number],
  null
>

/** The bank tells of it, soon after the payment. */
export function openDispute(work: Work, chargeId: string): void {
  const charge = need(work, 'charge', chargeId, 'charge')
  const kind = cardOfNumber(work.store.hidden(charge.payment_method ?? '').cardNumber ?? '')?.dispute
  if (!kind || charge.disputed || charge.refunded) return
  const inquiry = kind === 'inquiry'
  const dueBy = work.now + evidenceWithinS
  const dispute: Stripe.Dispute = {
    id: newId('dispute'),
    object: 'dispute',
    amount: charge.amount_captured - (charge.amount_refunded - (charge.amount - charge.amount_captured)),
    balance_transactions: [],
    charge: charge.id,
    created: work.now,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: { ...empty, enhanced_evidence: {} },
    evidence_details: {
      due_by: dueBy,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: inquiry,
    livemode: false,
    metadata: {},
    payment_intent: intentOf(charge),
    payment_method_details: {
      type: 'card',
      card: {
        brand: 'visa',
        case_type: inquiry ? 'inquiry' : 'chargeback',
        network: 'visa',
        network_reason_code: '83',
      },
    },
    reason: kind === 'product_not_received' ? kind : 'fraudulent',
    status: inquiry ? 'warning_needs_response' : 'needs_response',
  }
  if (!inquiry) {
    const { id: source, amount, currency } = dispute
    dispute.balance_transactions = [takeMoney(work, source, -amount, disputeFeeOf(currency), currency)]
    // An inquiry leaves the payment as it is.
    save(work, 'charge', { ...charge, disputed: true }, 'charge.updated')
  }
  save(work, 'dispute', dispute, 'charge.dispute.created')
  if (!inquiry) emit(work, 'charge.dispute.funds_withdrawn', dispute)
  work.store.later({ at: dueBy, task: 'end_dispute', id: dispute.id })
}

function takeMoney(work: Work, source: string, amount: number, fee: number, currency: string) {
  return move(work, {
    amount,
    currency,
    fee,
    type: 'adjustment',
    category: amount < 0 ? 'dispute' : 'dispute_reversal',
    source,
    description: amount < 0 ? 'Chargeback withdrawal' : 'Chargeback reversal',
  })
}

/** Nobody answered in time, which is as good as accepting it; what is under review stays so. */
export function endDispute(work: Work, name: string): void {
  const known = need(work, 'dispute', name, 'dispute')
  if (known.status.endsWith('needs_response')) close(work, late(known), false)
}

const late = (known: Stripe.Dispute): Stripe.Dispute => ({
  ...known,
  evidence_details: { ...known.evidence_details, past_due: true },
})

function close(work: Work, known: Stripe.Dispute, won: boolean): Stripe.Dispute {
  const inquiry = known.status.startsWith('warning')
  const closed: Stripe.Dispute = {
    ...known,
    status: inquiry ? 'warning_closed' : won ? 'won' : 'lost',
    is_charge_refundable: inquiry && known.is_charge_refundable,
  }
  if (won && !inquiry) {
    const { id: source, amount, currency } = known
    // The fee comes back with the money.
    const back = takeMoney(work, source, amount, -disputeFeeOf(currency), currency)
    closed.balance_transactions = [...known.balance_transactions, back]
    const charge = need(work, 'charge', idOf(known.charge) ?? '', 'charge')
    save(work, 'charge', { ...charge, disputed: true }, 'charge.updated')
  }
  save(work, 'dispute', closed, 'charge.dispute.closed')
  if (won && !inquiry) emit(work, 'charge.dispute.funds_reinstated', closed)
  return closed
}

const open = (dispute: Stripe.Dispute) => dispute.status.endsWith('needs_response')

const evidence = z.strictObject(
  Object.fromEntries(evidenceFields.map(field => [field, optionalText])) as Record<
    EvidenceField,
    typeof optionalText
  >,
)

export const disputeRoutes = [
  route(
    'GET',
    '/v1/disputes/:id',
    {},
    (work, _params, name): Stripe.Dispute => need(work, 'dispute', name, 'dispute'),
  ),
  route(
    'GET',
    '/v1/disputes',
    taking<Stripe.DisputeListParams>()({
      ...pageShape,
      ...createdShape,
      charge: id.optional(),
      payment_intent: id.optional(),
    }),
    (work, params): Stripe.ApiList<Stripe.Dispute> => {
      const { charge = null, payment_intent = null } = params
      return list(work, 'dispute', '/v1/disputes', params, { charge, payment_intent })
    },
  ),
  route(
    'POST',
    '/v1/disputes/:id',
    taking<Stripe.DisputeUpdateParams>()({
      evidence: evidence.optional(),
      metadata: metadata.optional(),
      submit: flag.optional(),
    }),
    (work, params, name): Stripe.Dispute => {
      const known = need(work, 'dispute', name, 'dispute')
      if (params.evidence && !open(known)) throw invalid('This dispute is already closed')
      // As Stripe has it, evidence is sent to the bank unless `submit` says otherwise.
      const submits = params.evidence !== undefined && params.submit !== false
      const given = { ...known.evidence, ...params.evidence }
      const details = known.evidence_details
      const changed: Stripe.Dispute = {
        ...known,
        evidence: given,
        evidence_details: {
          ...details,
          has_evidence: details.has_evidence || params.evidence !== undefined,
          submission_count: details.submission_count + (submits ? 1 : 0),
          submission_method: submits ? 'manual' : details.submission_method,
        },
        metadata: mergeMetadata(known.metadata, params.metadata),
        status: submits
          ? known.status.startsWith('warning')
            ? 'warning_under_review'
            : 'under_review'
          : known.status,
      }
      save(work, 'dispute', changed, 'charge.dispute.updated')
      const text = submits ? given.uncategorized_text : null
      if (text !== 'winning_evidence' && text !== 'losing_evidence') return changed
      return close(work, changed, text === 'winning_evidence')
    },
  ),
  route('POST', '/v1/disputes/:id/close', {}, (work, _params, name): Stripe.Dispute => {
    const known = need(work, 'dispute', name, 'dispute')
    if (!open(known)) throw invalid('This dispute is already closed')
    return close(work, known, false)
  }),
]
