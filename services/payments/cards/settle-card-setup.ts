import { leaveProcess } from '@azora/kit/context.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { Stripe } from 'stripe'
import type { OrderTools } from '../orders/order-tools.ts'
import { askStripe } from '../stripe/stripe-door.ts'
import { cardCame } from '../subscriptions/card-came.ts'
import {
  type CardSetup,
  lockOptionalSetup,
  selectOptionalSetup,
  updateSetupChecked,
  updateSetupStatus,
} from './card-setups.store.ts'
import { type NewCard, saveCard } from './cards.store.ts'

/** A page that was never opened can no longer be used after this: Stripe takes none that ends within 30 minutes. */
const openWithinMinutes = 25

/**
 * Ask Stripe whether a card was left, and keep it. However often, the card is kept once: the setup is held while it is.
 * @throws AppError `not_found`; `unavailable` while Stripe does not answer.
 */
export async function settleCardSetup(
  tools: OrderTools,
  organizationId: string,
  setupId: string,
  now = new Date(),
): Promise<CardSetup> {
  const school = tools.db.in(organizationId)
  const setup = await selectOptionalSetup(school, setupId)
  if (!setup) throw new AppError('not_found')
  if (setup.status !== 'open') return setup
  await updateSetupChecked(school, setupId)
  const end = () =>
    school.transaction(async tx => {
      const held = await lockOptionalSetup(tx, setupId)
      if (held?.status === 'open' && held.stripeSessionId === setup.stripeSessionId)
        await updateSetupStatus(tx, setupId, 'expired')
    })
  const { stripeSessionId } = setup
  if (stripeSessionId === null) {
    // With less than half an hour left its page cannot be opened any more.
    if (Date.parse(setup.expiresAt) - now.getTime() < (60 - openWithinMinutes) * 60_000) await end()
  } else if (setup.sandbox !== tools.stripe.sandbox) {
    // A card of the sandbox is of no use any more; one of Stripe's waits until Stripe is back.
    if (setup.sandbox) await end()
  } else {
    await leaveProcess('Asking whether a card was left')
    const stripe = await tools.stripe.open()
    const session = await askStripe(() =>
      stripe.checkout.sessions.retrieve(stripeSessionId, { expand: ['setup_intent.payment_method'] }),
    )
    const card = session.status === 'complete' ? cardOf(session.setup_intent) : null
    if (session.status === 'expired') await end()
    else if (card)
      await school.transaction(async tx => {
        const held = await lockOptionalSetup(tx, setupId)
        if (held?.status !== 'open') return
        await updateSetupStatus(tx, setupId, 'done')
        await saveCard(tx, held, card)
        await cardCame(tx, held, now)
      })
  }
  return (await selectOptionalSetup(school, setupId)) ?? setup
}

function cardOf(intent: string | Stripe.SetupIntent | null): NewCard | null {
  if (!intent || typeof intent === 'string') return null
  const method = intent.payment_method
  return method && typeof method !== 'string' ? savedCardOf(method) : null
}

/** What is kept of a card. Another kind of payment method is not kept. */
export function savedCardOf(method: Stripe.PaymentMethod): NewCard | null {
  const { card } = method
  if (!card) return null
  return {
    stripePaymentMethodId: method.id,
    brand: card.brand,
    last4: card.last4,
    expMonth: card.exp_month,
    expYear: card.exp_year,
  }
}
