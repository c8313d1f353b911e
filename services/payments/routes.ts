import type { paymentsContract, paymentsFiles } from '@azora/contracts/payments.ts'
import { askingCallerOf, callerOf } from '@azora/kit/caller.ts'
import { idCursor } from '@azora/kit/cursor.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { FileHandlers, Handlers } from '@azora/kit/handlers.ts'
import type { OperationsName } from '@azora/kit/operations.ts'
import { actorOf, type RequestContext } from '@azora/kit/request-context.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { bundleRoutes } from './bundles/routes.ts'
import { deleteDetails, selectOptionalDetails, upsertDetails } from './buyers/billing-details.store.ts'
import {
  createCoupon,
  createCourseCoupon,
  endCoupon,
  endCourseCoupon,
  listCoupons,
  listCourseCoupons,
} from './coupons/coupons.ts'
import { selectCourseTaxes } from './courses/courses.store.ts'
import { openDeposit } from './deposits/open-deposit.ts'
import { exchangeRoutes } from './exchange/routes.ts'
import { giftRoutes } from './gifts/routes.ts'
import { institutionFileHandlers, institutionRoutes } from './institutions/routes.ts'
import { invoiceFileHandlers, invoiceHandlers } from './invoices/routes.ts'
import { moneyBackRoutes } from './money-back-routes.ts'
import { openCheckout } from './orders/open-checkout.ts'
import type { OrderTools } from './orders/order-tools.ts'
import { selectOptionalOrder, selectOrders } from './orders/orders.store.ts'
import { quoteCourse } from './orders/quote-order.ts'
import { settleOrder } from './orders/settle-order.ts'
import { schoolOrder, shownOrder } from './orders/shown-order.ts'
import { readPrices, setPrices } from './prices/set-prices.ts'
import { refundOrder } from './refunds/refund-order.ts'
import { revenueRoutes } from './revenue/routes.ts'
import { seatRoutes } from './seats/routes.ts'
import { selectSettings } from './settings/settings.store.ts'
import { saveSettings } from './settings/settings.ts'
import { rawBody, receiveEvent } from './stripe/receive-event.ts'
import { subscriptionRoutes } from './subscriptions/routes.ts'
import { setCourseTax } from './tax/course-tax.ts'
import { readTaxSettings, saveTaxSettings } from './tax/tax-settings.ts'
import { payFromWallet } from './wallet/pay-from-wallet.ts'

type Tools = OrderTools & Pick<ServiceKit, 'others' | 'limiter' | 'sealing'>

/** The operations of payments, each handed to its use case. */
export function routes(tools: Tools): Omit<Handlers<typeof paymentsContract>, OperationsName> {
  const { db, stripe } = tools
  const school = (context: RequestContext) => db.in(actorOf(context).organizationId)
  /** An order of the caller's own; anyone else's is not there for them. */
  async function ownOrder(context: RequestContext, orderId: string) {
    const order = await selectOptionalOrder(school(context), orderId)
    if (!order || order.buyerId !== actorOf(context).userId) throw new AppError('not_found')
    return order
  }
  return {
    ...moneyBackRoutes(tools),
    ...revenueRoutes(tools),
    ...exchangeRoutes(tools),
    ...bundleRoutes(tools),
    ...seatRoutes(tools),
    ...institutionRoutes(tools),
    ...giftRoutes(tools),
    getCoursePrices: ({ courseId }, context) => readPrices(db, askingCallerOf(tools, context), courseId),
    setCoursePrices: ({ courseId, prices }, context) =>
      setPrices(db, askingCallerOf(tools, context), courseId, prices),
    getQuote: (input, context) => quoteCourse(db, askingCallerOf(tools, context), input),
    startCheckout: async (input, context) =>
      shownOrder(await openCheckout(tools, askingCallerOf(tools, context), input)),
    startDeposit: async ({ amount }, context) =>
      shownOrder(await openDeposit(tools, askingCallerOf(tools, context), amount)),
    payFromWallet: async ({ orderId }, context) =>
      shownOrder(await payFromWallet(tools, askingCallerOf(tools, context), orderId)),
    getOrder: async ({ orderId }, context) => shownOrder(await ownOrder(context, orderId)),
    async checkOrder({ orderId }, context) {
      await ownOrder(context, orderId)
      return shownOrder(await settleOrder(tools, actorOf(context).organizationId, orderId))
    },
    async listOrders({ cursor, limit }, context) {
      const { userId } = actorOf(context)
      const found = await selectOrders(school(context), { buyerId: userId, cursor: idCursor(cursor), limit })
      return { ...found, items: found.items.map(shownOrder) }
    },
    async listSchoolOrders({ cursor, ...input }, context) {
      const found = await selectOrders(school(context), { ...input, cursor: idCursor(cursor) })
      return { ...found, items: found.items.map(schoolOrder) }
    },
    refundOrder: async (input, context) =>
      schoolOrder(await refundOrder(tools, askingCallerOf(tools, context), input, context.idempotencyKey)),
    getPaymentSettings: async (_input, context) => ({
      ...(await selectSettings(school(context))),
      sandbox: stripe.sandbox,
    }),
    savePaymentSettings: async (input, context) => ({
      ...(await saveSettings(db, callerOf(context), input)),
      sandbox: stripe.sandbox,
    }),
    ...invoiceHandlers(tools),
    ...subscriptionRoutes(tools),
    listCourseCoupons: ({ cursor, ...input }, context) =>
      listCourseCoupons(db, askingCallerOf(tools, context), { ...input, cursor: idCursor(cursor) }),
    createCourseCoupon: (input, context) => createCourseCoupon(db, askingCallerOf(tools, context), input),
    endCourseCoupon: (input, context) => endCourseCoupon(db, askingCallerOf(tools, context), input),
    listCoupons: ({ cursor, ...input }, context) =>
      listCoupons(db.in(actorOf(context).organizationId), { ...input, cursor: idCursor(cursor) }),
    createCoupon: (input, context) => createCoupon(db, callerOf(context), input),
    endCoupon: (input, context) => endCoupon(db, callerOf(context), input),
    getTaxSettings: (_input, context) => readTaxSettings(school(context)),
    saveTaxSettings: (input, context) => saveTaxSettings(db, callerOf(context), input),
    listCourseTaxes: ({ cursor, limit }, context) =>
      selectCourseTaxes(school(context), { cursor: idCursor(cursor), limit }),
    setCourseTax: (input, context) => setCourseTax(db, callerOf(context), input),
    getBillingDetails: async (_input, context) => ({
      details: await selectOptionalDetails(school(context), actorOf(context).userId),
    }),
    async saveBillingDetails({ details }, context) {
      const { userId } = actorOf(context)
      await (details
        ? upsertDetails(school(context), userId, details)
        : deleteDetails(school(context), userId))
      return { details }
    },
  }
}

export function fileRoutes(tools: Tools): FileHandlers<typeof paymentsFiles> {
  return {
    ...invoiceFileHandlers(tools),
    ...institutionFileHandlers(tools),
    async receiveStripeEvent(_input, _context, req, res) {
      await receiveEvent(tools, await rawBody(req), req.get('stripe-signature'))
      res.json({ received: true })
    },
  }
}
