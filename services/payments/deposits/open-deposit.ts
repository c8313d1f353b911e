import { type Money, toDecimal } from '@azora/contracts/money.ts'
import type { AskingCaller } from '@azora/kit/caller.ts'
import { AppError, invalidField } from '@azora/kit/errors.ts'
import { v7 as uuidv7 } from 'uuid'
import { withSession } from '../orders/checkout-session.ts'
import type { OrderTools } from '../orders/order-tools.ts'
import { type Order, selectOptionalOrder } from '../orders/orders.store.ts'
import { selectCurrencies } from '../settings/settings.store.ts'
import { stepOf } from '../stripe/stripe-amounts.ts'
import { insertDeposit } from './deposits.store.ts'

const openMinutes = 60

/**
 * Put money into one's wallet: an order that buys nothing, and at Stripe a session in which it is paid. It is settled as
 * every order is, and mint is told once it was paid.
 *
 * @throws AppError `invalid_input` for a currency in which the school does not sell, or a step that is not charged;
 * `unavailable` while Stripe does not answer.
 */
export async function openDeposit(tools: OrderTools, by: AskingCaller, amount: Money): Promise<Order> {
  const { organizationId, userId } = by.actor
  const school = tools.db.in(organizationId)
  const { currency, amountMinor } = amount
  if (!(await selectCurrencies(school)).includes(currency))
    throw invalidField('amount.currency', 'currency_not_taken')
  const step = stepOf(currency)
  if (amountMinor % step !== 0) {
    const values = { step: toDecimal({ amountMinor: step, currency }) }
    throw invalidField('amount.amountMinor', 'amount_not_charged', { values })
  }
  const { name } = await by.others.auth.me()
  const id = uuidv7()
  await insertDeposit(school, {
    id,
    buyer: { id: userId, name },
    amount,
    sandbox: tools.stripe.sandbox,
    expiresAt: new Date(Date.now() + openMinutes * 60_000).toISOString(),
  })
  const order = await selectOptionalOrder(school, id)
  if (!order) throw new AppError('not_found')
  return withSession(tools, organizationId, order)
}
