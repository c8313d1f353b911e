import { paymentsNotes } from './notes/payments.ts'
import { subscriptionNotes } from './notes/subscriptions.ts'
import { operationsOf } from './operations.ts'
import { accountFiles, accountOrderOperations } from './payments/account-order.ts'
import { bundleOperations } from './payments/bundle.ts'
import { buyerOperations } from './payments/buyer.ts'
import { cardOperations } from './payments/card.ts'
import { couponOperations } from './payments/coupon.ts'
import { disputeOperations } from './payments/dispute.ts'
import { paymentsEvents } from './payments/events.ts'
import { exchangeRateOperations } from './payments/exchange-rate.ts'
import { giftOperations } from './payments/gift.ts'
import { institutionOperations, ownInstitutionOperations } from './payments/institution.ts'
import { invoiceFiles, invoiceOperations } from './payments/invoice.ts'
import { orderOperations } from './payments/order.ts'
import { planOperations } from './payments/plan.ts'
import { priceOperations } from './payments/price.ts'
import { reconciliationOperations } from './payments/reconciliation.ts'
import { refundRequestOperations } from './payments/refund-request.ts'
import { revenueOperations } from './payments/revenue.ts'
import { seatOperations } from './payments/seat.ts'
import { settingsOperations, stripeFiles } from './payments/settings.ts'
import { subscriptionOperations } from './payments/subscription.ts'
import { taxOperations } from './payments/tax.ts'
import { defineService } from './service.ts'

/** What things cost, who bought what, and everything that is said to Stripe. */
export const paymentsContract = {
  ...priceOperations,
  ...orderOperations,
  ...bundleOperations,
  ...seatOperations,
  ...institutionOperations,
  ...ownInstitutionOperations,
  ...accountOrderOperations,
  ...giftOperations,
  ...refundRequestOperations,
  ...disputeOperations,
  ...reconciliationOperations,
  ...settingsOperations,
  ...taxOperations,
  ...couponOperations,
  ...invoiceOperations,
  ...buyerOperations,
  ...planOperations,
  ...cardOperations,
  ...subscriptionOperations,
  ...exchangeRateOperations,
  ...revenueOperations,
  ...operationsOf('payments'),
}

export const paymentsFiles = { ...stripeFiles, ...invoiceFiles, ...accountFiles }

export const payments = defineService({
  name: 'payments',
  title: 'Payments',
  about: 'Prices, orders, payments, refunds, plans and subscriptions.',
  keepsPersonalData: true,
  operations: paymentsContract,
  files: paymentsFiles,
  events: paymentsEvents,
  innerEvents: ['course.priced', 'wallet.released'],
  notes: { ...subscriptionNotes, ...paymentsNotes },
})
