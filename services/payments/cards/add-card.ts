import { leaveProcess } from '@azora/kit/context.ts'
import { AppError } from '@azora/kit/errors.ts'
import { v7 as uuidv7 } from 'uuid'
import type { OrderTools } from '../orders/order-tools.ts'
import { askStripe } from '../stripe/stripe-door.ts'
import { type CardSetup, insertSetup, selectOptionalSetup, updateSetupPage } from './card-setups.store.ts'
import { customerOf } from './customer.ts'

/** How long the page stays open. Stripe keeps one for at least half an hour, and a day at most. */
const openMinutes = 60

type Wish = {
  userId: string
  currency: string
  /** Where the person comes back to. */
  returnPath: string
  /** The subscription that begins its trial with the card. */
  subscriptionId?: string | null
}

/** Open a page on which a person leaves a card. @throws AppError `unavailable` while Stripe does not answer. */
export async function startCardSetup(
  tools: OrderTools,
  organizationId: string,
  { userId, currency, returnPath, subscriptionId = null }: Wish,
): Promise<CardSetup> {
  const id = uuidv7()
  await insertSetup(tools.db.in(organizationId), {
    id,
    userId,
    sandbox: tools.stripe.sandbox,
    currency,
    subscriptionId,
    returnPath,
    expiresAt: new Date(Date.now() + openMinutes * 60_000).toISOString(),
  })
  return withPage(tools, organizationId, id)
}

/** The setup with its page at Stripe, made now where there is none. */
export async function withPage(
  tools: OrderTools,
  organizationId: string,
  setupId: string,
): Promise<CardSetup> {
  const school = tools.db.in(organizationId)
  const setup = await requireSetup(tools, organizationId, setupId)
  if (setup.stripeSessionId || setup.status !== 'open') return setup
  const customer = await customerOf(tools, organizationId, setup.userId)
  await leaveProcess('Opening a page for a card')
  const stripe = await tools.stripe.open()
  const mark = { azora_organization: organizationId, azora_card_setup: setup.id }
  const page = `${tools.publicUrl}${setup.returnPath}`
  const session = await askStripe(() =>
    stripe.checkout.sessions.create(
      {
        mode: 'setup',
        currency: setup.currency.toLowerCase(),
        customer,
        client_reference_id: setup.id,
        metadata: mark,
        setup_intent_data: { metadata: mark },
        expires_at: Math.floor(Date.parse(setup.expiresAt) / 1000),
        success_url: `${page}?card=${setup.id}`,
        cancel_url: page,
      },
      { idempotencyKey: `card-setup-${setup.id}` },
    ),
  )
  if (!session.url) throw new Error(`Stripe opened session ${session.id} without an address.`)
  await updateSetupPage(school, setup.id, { sessionId: session.id, url: session.url })
  return requireSetup(tools, organizationId, setupId)
}

async function requireSetup(tools: OrderTools, organizationId: string, setupId: string): Promise<CardSetup> {
  const setup = await selectOptionalSetup(tools.db.in(organizationId), setupId)
  if (!setup) throw new AppError('not_found')
  return setup
}
