import { z } from 'zod'
import { operation } from '../operation.ts'
import { done, growing, id, time } from '../wire.ts'
import { currencyCode } from '../wire-money.ts'
import { tags } from './shapes.ts'

/** A card that was left for later. Its number is the processor's alone. */
export const card = z.object({
  id,
  brand: z.string(),
  last4: z.string(),
  expMonth: z.number().int(),
  expYear: z.number().int(),
  /** Whether it is the one that is charged. */
  isDefault: z.boolean(),
})

/** `open`: its page can be used. `done`: the card is there. `expired`: nobody left one in time. */
const cardSetup = z.object({
  id,
  status: z.enum(['open', 'done', 'expired']).meta(growing),
  checkoutUrl: z.url().nullable(),
  expiresAt: time,
})

const byCard = z.object({ cardId: id })

/** The cards that people leave for later payments. */
export const cardOperations = {
  listCards: operation({
    method: 'GET',
    path: '/payments/cards',
    access: 'member',
    tags,
    summary: 'Your saved cards, the newest first.',
  }).output(z.object({ items: z.array(card) })),
  addCard: operation({
    method: 'POST',
    path: '/payments/cards',
    access: 'member',
    interactive: true,
    tags,
    successStatus: 201,
    summary: 'Leave a card for later payments: the address of the page on which it is done.',
  })
    .input(z.object({ currency: currencyCode.optional() }))
    .output(cardSetup),
  checkCardSetup: operation({
    method: 'POST',
    path: '/payments/card-setups/{setupId}/check',
    access: 'member',
    tags,
    summary: 'Ask the processor now whether a card was left, instead of waiting to be told.',
  })
    .input(z.object({ setupId: id }))
    .output(cardSetup),
  setDefaultCard: operation({
    method: 'PUT',
    path: '/payments/cards/{cardId}/default',
    access: 'member',
    interactive: true,
    tags,
    summary: 'Choose the card that is charged.',
  })
    .input(byCard)
    .output(done),
  removeCard: operation({
    method: 'DELETE',
    path: '/payments/cards/{cardId}',
    access: 'member',
    interactive: true,
    tags,
    summary: 'Remove a saved card.',
    description: 'Refused as `card_in_use` for your last card, while a subscription is charged to it.',
  })
    .input(byCard)
    .output(done),
}
