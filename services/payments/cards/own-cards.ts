import { leaveProcess } from '@azora/kit/context.ts'
import { AppError, refusal } from '@azora/kit/errors.ts'
import type { Actor } from '@azora/kit/identity.ts'
import type { OrderTools } from '../orders/order-tools.ts'
import { askStripe, isRefused } from '../stripe/stripe-door.ts'
import { selectOptionalLive } from '../subscriptions/subscriptions.store.ts'
import { deleteCard, lockCards, selectCards, updateDefault } from './cards.store.ts'

/** Choose the card that is charged. @throws AppError `not_found` for a card of nobody or of somebody else */
export async function chooseDefault(
  { db, stripe }: Pick<OrderTools, 'db' | 'stripe'>,
  { organizationId, userId }: Actor,
  cardId: string,
): Promise<void> {
  await db.in(organizationId).transaction(async tx => {
    await lockCards(tx, userId)
    if (!(await updateDefault(tx, { userId, sandbox: stripe.sandbox }, cardId)))
      throw new AppError('not_found')
  })
}

/**
 * Remove a card, here and at Stripe. Where it was the one that is charged, the newest of the others is from now on.
 * @throws AppError `not_found`; `card_in_use` for the last one of who has a subscription; `unavailable` while Stripe does
 * not answer: it is gone here then, and nothing is charged to it any more.
 */
export async function removeCard(
  { db, stripe: door }: Pick<OrderTools, 'db' | 'stripe'>,
  { organizationId, userId }: Actor,
  cardId: string,
): Promise<void> {
  const whose = { userId, sandbox: door.sandbox }
  const removed = await db.in(organizationId).transaction(async tx => {
    await lockCards(tx, userId)
    const cards = await selectCards(tx, whose)
    const card = cards.find(({ id }) => id === cardId)
    if (!card) throw new AppError('not_found')
    const others = cards.filter(({ id }) => id !== cardId)
    const live = await selectOptionalLive(tx, userId)
    const charged = live && live.state.status !== 'incomplete' && !live.state.cancelsAtPeriodEnd
    if (others.length === 0 && charged) throw refusal('card_in_use')
    await deleteCard(tx, cardId)
    const [newest] = others
    if (card.isDefault && newest) await updateDefault(tx, whose, newest.id)
    return card
  })
  await leaveProcess('Removing a card')
  const stripe = await door.open()
  await askStripe(() => stripe.paymentMethods.detach(removed.stripePaymentMethodId)).catch(failure => {
    // It is detached already.
    if (!isRefused(failure)) throw failure
  })
}
