import type { Database } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { Request } from 'express'
import type { Stripe } from 'stripe'
import { z } from 'zod'
import { askToSettle } from './settle-task.ts'
import type { StripeDoor } from './stripe-door.ts'
import { insertOptionalEvent } from './stripe-events.store.ts'

/** What an event of Stripe may be long; those that we hear are a few kilobytes. */
const mostBytes = 512 * 1024

/** Events without our mark belong to something else that uses the same account. */
const marked = z.object({ azora_organization: z.uuid(), azora_order: z.uuid() })

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
  const object = event.data.object as { metadata?: unknown }
  const mark = marked.safeParse(object.metadata)
  if (!mark.success) return
  const { azora_organization: organizationId, azora_order: orderId } = mark.data
  await db.in(organizationId).transaction(async tx => {
    if (await insertOptionalEvent(tx, { id: event.id, type: event.type, orderId }))
      await askToSettle(tx, orderId)
  })
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
