import { expire, paidFirst, start } from '@azora/billing/subscriptions/start.ts'
import type { Money } from '@azora/contracts/money.ts'
import type { AskingCaller } from '@azora/kit/caller.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { AppError, refusal } from '@azora/kit/errors.ts'
import { v7 as uuidv7 } from 'uuid'
import { startCardSetup, withPage } from '../cards/add-card.ts'
import { selectOpenSetupsOf } from '../cards/card-setups.store.ts'
import { selectOptionalDefaultCard } from '../cards/cards.store.ts'
import { settleCardSetup } from '../cards/settle-card-setup.ts'
import type { OrderTools } from '../orders/order-tools.ts'
import { selectOptionalPlan } from '../plans/plans.store.ts'
import { applyOutcome } from './apply.ts'
import { firstLines } from './bill-lines.ts'
import { selectOpenBills } from './bills.store.ts'
import { beginTrial } from './card-came.ts'
import { selectOptionalOpenCharge } from './charges.store.ts'
import { openBill } from './open-bill.ts'
import { endPage, openPayPage } from './pay-page.ts'
import { schoolDay } from './school-day.ts'
import { settleCharge } from './settle-charge.ts'
import {
  hasSubscribedBefore,
  insertOptionalSubscription,
  lockOptionalSubscription,
  type Stored,
  selectOptionalLive,
  selectOptionalSubscription,
} from './subscriptions.store.ts'
import { termsOfPlan } from './terms-of-plan.ts'

/** Where the owner of a subscription comes back to. */
export const subscriptionPath = '/account/subscription'

type Wish = { planId: string; version: number; price: Money }

/**
 * Subscribe to a plan. It opens nothing before its first payment, or the card for the time after its trial, is certain. Of
 * two tabs that do this at once both get the same, since a person has one subscription that lives.
 *
 * @throws AppError `not_found` for a plan that is not offered; `price_changed`; `conflict` for who subscribes already;
 * `unavailable` while Stripe does not answer.
 */
export async function startSubscription(
  tools: OrderTools,
  by: AskingCaller,
  wish: Wish,
  now = new Date(),
): Promise<{ stored: Stored; checkoutUrl: string | null }> {
  const { organizationId, userId } = by.actor
  const school = tools.db.in(organizationId)
  const live = await selectOptionalLive(school, userId)
  if (live && !isOf(live, wish, tools)) await discard(tools, organizationId, live, now)
  const { name, email } = await by.others.auth.me()
  const stored = await school.transaction(async tx => {
    const made = await begin(tx, { ...wish, userId, name, email }, tools.stripe.sandbox, now)
    if (!isOf(made, wish, tools)) throw refusal('subscribed_already')
    return made
  })
  return withWayToPay(tools, organizationId, stored.id, now)
}

/** Whether it is the one that is wished for, and waits for its payment. */
const isOf = ({ state, planId, planVersion, sandbox }: Stored, wish: Wish, { stripe }: OrderTools): boolean =>
  state.status === 'incomplete' &&
  planId === wish.planId &&
  planVersion === wish.version &&
  state.terms.price.amountMinor === wish.price.amountMinor &&
  state.terms.price.currency === wish.price.currency &&
  sandbox === stripe.sandbox

type Begun = Wish & { userId: string; name: string; email: string }

/** The subscription of the person that lives, made now where there is none. */
async function begin(tx: Transaction, wish: Begun, sandbox: boolean, now: Date): Promise<Stored> {
  const { userId: ownerId, planId, price } = wish
  const plan = await selectOptionalPlan(tx, planId)
  if (plan?.status !== 'offered') throw new AppError('not_found')
  const terms = termsOfPlan(plan, price.currency)
  if (plan.version !== wish.version || terms?.price.amountMinor !== price.amountMinor)
    throw new AppError('price_changed')
  const day = await schoolDay(tx, now)
  const trialDays = (await hasSubscribedBefore(tx, ownerId)) ? 0 : plan.trialDays
  const made = await insertOptionalSubscription(tx, {
    id: uuidv7(),
    ownerId,
    ownerName: wish.name,
    ownerEmail: wish.email,
    planId,
    planVersion: plan.version,
    currency: price.currency,
    sandbox,
    state: start(terms, day, { trialDays: 0, anchor: 'start' }),
    trialDays,
  })
  const live = await selectOptionalLive(tx, ownerId)
  // Who held it has ended it since.
  if (!live) throw refusal('charge_under_way')
  if (!made) return live
  // Its day is set with the first change of its state.
  const stored = await applyOutcome(tx, live, { subscription: live.state, effects: [] }, { now, day })
  if (trialDays > 0) return stored
  const bill = await openBill(tx, stored, firstLines(stored.state), { day, now, first: true })
  return bill.status === 'paid' ? applyOutcome(tx, stored, paidFirst(stored.state), { now, day }) : stored
}

/** How it stands, and the page on which it is paid, or the card is left. */
async function withWayToPay(
  tools: OrderTools,
  organizationId: string,
  id: string,
  now: Date,
): Promise<{ stored: Stored; checkoutUrl: string | null }> {
  const school = tools.db.in(organizationId)
  const stored = await selectOptionalSubscription(school, id)
  if (!stored?.ownerId) throw new AppError('not_found')
  const { ownerId: userId, sandbox, currency, trialDays } = stored
  if (stored.state.status !== 'incomplete') return { stored, checkoutUrl: null }
  if (trialDays === 0) {
    const { checkoutUrl } = await openPayPage(tools, organizationId, id, subscriptionPath)
    return { stored, checkoutUrl }
  }
  if (await selectOptionalDefaultCard(school, { userId, sandbox })) {
    const begun = await school.transaction(async tx => {
      const held = await lockOptionalSubscription(tx, id)
      return held && beginTrial(tx, held, now)
    })
    return { stored: begun ?? stored, checkoutUrl: null }
  }
  const open = (await selectOpenSetupsOf(school, userId)).find(
    one => one.subscriptionId === id && one.sandbox === sandbox,
  )
  const setup = open
    ? await withPage(tools, organizationId, open.id)
    : await startCardSetup(tools, organizationId, {
        userId,
        currency,
        returnPath: subscriptionPath,
        subscriptionId: id,
      })
  return { stored, checkoutUrl: setup.checkoutUrl }
}

/**
 * End a subscription that was never paid, with its page, so that nobody pays for it any more.
 * @throws AppError `conflict` where it is more than that, or becomes so meanwhile.
 */
export async function discard(
  tools: OrderTools,
  organizationId: string,
  { id, ownerId, sandbox, state }: Stored,
  now = new Date(),
): Promise<void> {
  if (state.status !== 'incomplete') throw refusal('subscribed_already')
  const school = tools.db.in(organizationId)
  const [bill] = await selectOpenBills(school, id)
  const charge = bill && (await selectOptionalOpenCharge(school, bill.id))
  if (charge) {
    await endPage(tools, charge.stripeSessionId, sandbox)
    await settleCharge(tools, organizationId, charge.id, now)
  }
  const setups = ownerId ? await selectOpenSetupsOf(school, ownerId) : []
  for (const setup of setups.filter(({ subscriptionId }) => subscriptionId === id)) {
    await endPage(tools, setup.stripeSessionId, sandbox)
    await settleCardSetup(tools, organizationId, setup.id, now)
  }
  await school.transaction(async tx => {
    const held = await lockOptionalSubscription(tx, id)
    if (held?.state.status !== 'incomplete') throw refusal('subscribed_already')
    if (bill && (await selectOptionalOpenCharge(tx, bill.id))) throw refusal('charge_under_way')
    const day = await schoolDay(tx, now)
    await applyOutcome(tx, held, expire(held.state, day), { now, day })
  })
}
