import type { paymentsContract } from '@azora/contracts/payments.ts'
import { askingCallerOf, callerOf } from '@azora/kit/caller.ts'
import { idCursor } from '@azora/kit/cursor.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { Handlers } from '@azora/kit/handlers.ts'
import { actorOf, type RequestContext } from '@azora/kit/request-context.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { startCardSetup } from '../cards/add-card.ts'
import { type CardSetup, selectOpenSetupsOf, selectOptionalSetup } from '../cards/card-setups.store.ts'
import { selectCards } from '../cards/cards.store.ts'
import { chooseDefault, removeCard } from '../cards/own-cards.ts'
import { settleCardSetup } from '../cards/settle-card-setup.ts'
import { refundBill } from '../charges/refund-bill.ts'
import { listSubscriptionPayments, readSubscriptionPayment } from '../charges/shown-payment.ts'
import type { OrderTools } from '../orders/order-tools.ts'
import { selectOfferedPlans, selectPlans } from '../plans/plans.store.ts'
import { createPlan, savePlan, setPlanStatus } from '../plans/save-plan.ts'
import { schoolPlan, shownPlan } from '../plans/shown-plan.ts'
import { selectCurrencies } from '../settings/settings.store.ts'
import { selectOpenBills } from './bills.store.ts'
import { changeSubscription, previewChange } from './change-subscription.ts'
import { selectOptionalOpenCharge } from './charges.store.ts'
import { openPayPage } from './pay-page.ts'
import { settleCharge } from './settle-charge.ts'
import { schoolSubscription, shownCard, shownSubscription } from './shown-subscription.ts'
import { discard, startSubscription, subscriptionPath } from './start-subscription.ts'
import {
  countSubscribers,
  selectOptionalLatest,
  selectOptionalLive,
  selectSubscriptions,
} from './subscriptions.store.ts'

type Tools = OrderTools & Pick<ServiceKit, 'others'>

type Names =
  | 'listPlans'
  | 'listSchoolPlans'
  | 'createPlan'
  | 'savePlan'
  | 'setPlanStatus'
  | 'listCards'
  | 'addCard'
  | 'checkCardSetup'
  | 'setDefaultCard'
  | 'removeCard'
  | 'startSubscription'
  | 'getSubscription'
  | 'checkSubscription'
  | 'getSubscriptionPreview'
  | 'changeSubscription'
  | 'paySubscription'
  | 'listSchoolSubscriptions'
  | 'listSubscriptionPayments'
  | 'refundSubscriptionBill'

const shownSetup = ({ id, status, checkoutUrl, expiresAt }: CardSetup) => ({
  id,
  status,
  checkoutUrl: status === 'open' ? checkoutUrl : null,
  expiresAt,
})

/** Plans, cards and subscriptions, each operation handed to its use case. */
export function subscriptionRoutes(tools: Tools): Pick<Handlers<typeof paymentsContract>, Names> {
  const { db, stripe } = tools
  const school = (context: RequestContext) => db.in(actorOf(context).organizationId)

  /** What is open of somebody's subscription, asked about at the processor. */
  async function check(context: RequestContext) {
    const { organizationId, userId } = actorOf(context)
    for (const { id } of await selectOpenSetupsOf(school(context), userId))
      await settleCardSetup(tools, organizationId, id)
    const live = await selectOptionalLive(school(context), userId)
    for (const bill of live ? await selectOpenBills(school(context), live.id) : []) {
      const charge = await selectOptionalOpenCharge(school(context), bill.id)
      if (charge) await settleCharge(tools, organizationId, charge.id)
    }
  }

  async function own(context: RequestContext) {
    const { userId } = actorOf(context)
    const stored = await selectOptionalLatest(school(context), userId)
    if (!stored) return { subscription: null }
    return {
      subscription: await shownSubscription(school(context), stored, {
        checkoutUrl: await openPageOf(context, stored.id),
      }),
    }
  }

  /** The page that is open for a first payment or a card. */
  async function openPageOf(context: RequestContext, subscriptionId: string): Promise<string | null> {
    const [bill] = await selectOpenBills(school(context), subscriptionId)
    const charge = bill?.first ? await selectOptionalOpenCharge(school(context), bill.id) : null
    const setups = await selectOpenSetupsOf(school(context), actorOf(context).userId)
    const setup = setups.find(one => one.subscriptionId === subscriptionId)
    return charge?.checkoutUrl ?? setup?.checkoutUrl ?? null
  }

  return {
    async listPlans({ courseId }, context) {
      return { items: (await selectOfferedPlans(school(context), courseId)).map(shownPlan) }
    },
    async listSchoolPlans(_input, context) {
      const subscribers = await countSubscribers(school(context))
      return { items: (await selectPlans(school(context))).map(plan => schoolPlan(plan, subscribers)) }
    },
    createPlan: async (input, context) => schoolPlan(await createPlan(db, callerOf(context), input)),
    savePlan: async (input, context) =>
      schoolPlan(await savePlan(db, callerOf(context), input), await countSubscribers(school(context))),
    setPlanStatus: async (input, context) =>
      schoolPlan(await setPlanStatus(db, callerOf(context), input), await countSubscribers(school(context))),

    async listCards(_input, context) {
      const whose = { userId: actorOf(context).userId, sandbox: stripe.sandbox }
      return { items: (await selectCards(school(context), whose)).map(shownCard) }
    },
    async addCard({ currency }, context) {
      const { organizationId, userId } = actorOf(context)
      const [usual = 'ZAR'] = await selectCurrencies(school(context))
      const wish = { userId, currency: currency ?? usual, returnPath: subscriptionPath }
      return shownSetup(await startCardSetup(tools, organizationId, wish))
    },
    async checkCardSetup({ setupId }, context) {
      const { organizationId, userId } = actorOf(context)
      const setup = await selectOptionalSetup(school(context), setupId)
      if (setup?.userId !== userId) throw new AppError('not_found')
      return shownSetup(await settleCardSetup(tools, organizationId, setupId))
    },
    async setDefaultCard({ cardId }, context) {
      await chooseDefault(tools, actorOf(context), cardId)
      return { ok: true }
    },
    async removeCard({ cardId }, context) {
      await removeCard(tools, actorOf(context), cardId)
      return { ok: true }
    },

    async startSubscription(input, context) {
      const { stored, checkoutUrl } = await startSubscription(tools, askingCallerOf(tools, context), input)
      return shownSubscription(school(context), stored, { checkoutUrl })
    },
    getSubscription: (_input, context) => own(context),
    async checkSubscription(_input, context) {
      await check(context)
      return own(context)
    },
    getSubscriptionPreview: (input, context) => previewChange(tools, actorOf(context), input),
    async changeSubscription(input, context) {
      const { organizationId, userId } = actorOf(context)
      const live = await selectOptionalLive(school(context), userId)
      // What was never paid is not cancelled but taken back, with the page on which it would be paid.
      if (live?.state.status === 'incomplete' && input.action === 'cancel') {
        await discard(tools, organizationId, live)
        const stored = await selectOptionalLatest(school(context), userId)
        return shownSubscription(school(context), stored ?? live)
      }
      const changed = await changeSubscription(tools, actorOf(context), input)
      const stored = await selectOptionalLatest(school(context), userId)
      return shownSubscription(school(context), stored ?? changed)
    },
    async paySubscription(_input, context) {
      const { organizationId, userId } = actorOf(context)
      const stored = await selectOptionalLatest(school(context), userId)
      if (!stored) throw new AppError('not_found')
      const { checkoutUrl } = await openPayPage(tools, organizationId, stored.id, subscriptionPath)
      return { checkoutUrl }
    },
    async listSchoolSubscriptions({ cursor, ...input }, context) {
      const found = await selectSubscriptions(school(context), { ...input, cursor: idCursor(cursor) })
      const items = []
      for (const stored of found.items) items.push(await schoolSubscription(school(context), stored))
      return { items, nextCursor: found.nextCursor }
    },
    listSubscriptionPayments: ({ cursor, ...input }, context) =>
      listSubscriptionPayments(school(context), { ...input, cursor: idCursor(cursor) }),
    async refundSubscriptionBill(input, context) {
      await refundBill(tools, callerOf(context), input, context.idempotencyKey)
      return readSubscriptionPayment(school(context), input.billId)
    },
  }
}
