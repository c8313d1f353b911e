import type { Database } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { Request } from 'express'
import type { Stripe } from 'stripe'
import { z } from 'zod'
import { selectOptionalChargeOfIntent } from '../charges/paid-charges.store.ts'
import { askToSettlePaidCharge } from '../charges/settle-task.ts'
import { selectOptionalOfIntent } from '../orders/payments.store.ts'
import { askToSettleCardSetup, askToSettleCharge } from '../subscriptions/charge-task.ts'
import { askToSettle, askToSettlePayment } from './settle-task.ts'
import { askStripe, type StripeDoor } from './stripe-door.ts'
import { insertOptionalEvent } from './stripe-events.store.ts'

/** What an event of Stripe may be long; those that we hear are a few kilobytes. */
const mostBytes = 512 * 1024

const marked = z.union([
  z.object({ azora_organization: z.uuid(), azora_order: z.uuid() }),
  z.object({ azora_organization: z.uuid(), azora_charge: z.uuid() }),
  z.object({ azora_organization: z.uuid(), azora_card_setup: z.uuid() }),
])

/** What is said of a payment after it came: refunds and disputes, which those who made them elsewhere did not mark. */
const ofPayment = z.object({ payment_intent: z.string() })
const afterwards = /^(refund|charge\.(refund|dispute))/

/** The body as it came: the signature is over its bytes. @throws AppError `payload_too_large`. */
export async function rawBody(req: Request): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of req) {
    size += (chunk as Buffer).length
    if (size > mostBytes) throw new AppError('payload_too_large')
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks)
}

/**
 * Take what Stripe tells: it is stored before it is answered, and once however often it comes. Of what it says nothing
 * is believed but which order it is about; how that stands, Stripe is asked by the job, so events may come in any order.
 *
 * @param signature the header `Stripe-Signature`; older than five minutes it is refused (docs.stripe.com/webhooks).
 * @throws AppError `invalid_input` where it was not signed by Stripe, or too long ago.
 */
export async function receiveEvent(
  { db, stripe }: { db: Database; stripe: StripeDoor },
  body: Buffer,
  signature: string | undefined,
): Promise<void> {
  const event = await verified(stripe, body, signature)
  const about = await aboutOf({ db, stripe }, event)
  if (!about) return
  const { id, type } = event
  const orderId = 'orderId' in about ? about.orderId : null
  await db.in(about.organizationId).transaction(async tx => {
    if (!(await insertOptionalEvent(tx, { id, type, orderId }))) return
    const after = afterwards.test(type)
    if ('setupId' in about) await askToSettleCardSetup(tx, about.setupId)
    else if ('chargeId' in about)
      await (after ? askToSettlePaidCharge : askToSettleCharge)(tx, about.chargeId)
    else await (after ? askToSettlePayment : askToSettle)(tx, about.orderId)
  })
}

/** An order, a charge of a subscription, or a card that somebody leaves. */
type About = { organizationId: string } & ({ orderId: string } | { chargeId: string } | { setupId: string })

/** Null for an event of something else that uses the same account. */
async function aboutOf(
  { db, stripe }: { db: Database; stripe: StripeDoor },
  { data, type }: Stripe.Event,
): Promise<About | null> {
  const object = data.object as { metadata?: unknown }
  const ours = markedOn(object)
  if (ours) return ours
  const payment = afterwards.test(type) ? ofPayment.safeParse(object) : null
  if (!payment?.success) return null
  const intentId = payment.data.payment_intent
  const known =
    (await selectOptionalOfIntent(db.across, intentId)) ??
    (await selectOptionalChargeOfIntent(db.across, intentId))
  if (known) return known
  // What came with the payment may be told before the payment is written down.
  const api = await stripe.open()
  return markedOn(await askStripe(() => api.paymentIntents.retrieve(intentId)))
}

function markedOn({ metadata }: { metadata?: unknown }): About | null {
  const mark = marked.safeParse(metadata)
  if (!mark.success) return null
  const { azora_organization: organizationId } = mark.data
  if ('azora_order' in mark.data) return { organizationId, orderId: mark.data.azora_order }
  if ('azora_charge' in mark.data) return { organizationId, chargeId: mark.data.azora_charge }
  return { organizationId, setupId: mark.data.azora_card_setup }
}

async function verified(
  stripe: StripeDoor,
  body: Buffer,
  signature: string | undefined,
): Promise<Stripe.Event> {
  const [{ webhooks }, secret] = await Promise.all([stripe.open(), stripe.webhookSecret()])
  try {
    return webhooks.constructEvent(body, signature ?? '', secret)
  } catch (failure) {
    throw new AppError('invalid_input', {}, { cause: failure })
  }
}
