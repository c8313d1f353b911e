import type { PersonalData } from '@azora/kit/personal-data.ts'
import { endForErased } from '../subscriptions/change-subscription.ts'
import {
  forgetBuyer,
  forgetManager,
  forgetSubscriber,
  selectAccessOf,
  selectAccountOrdersBy,
  selectBillingDetailsOf,
  selectCardsOf,
  selectCouponsMadeBy,
  selectCouponUsesOf,
  selectDifferencesSettledBy,
  selectInstitutionsOf,
  selectInvoicePaymentsBy,
  selectInvoicesOf,
  selectOrdersOf,
  selectPricesSetBy,
  selectRefundRequestsOf,
  selectRefundsBy,
  selectRequestsAnsweredBy,
  selectSeatsGivenBy,
  selectSeatsOf,
  selectSubscriptionsOf,
  selectTaxSettingsSetBy,
} from './privacy.store.ts'

/**
 * What payments knows of a person: what they bought, which prices they set, what they gave back. Books have to be kept
 * for years (in South Africa five, Tax Administration Act 28 of 2011, section 29), so erasing a person takes them out of
 * the books and leaves the amounts. What they subscribe to ends that day: nothing more is charged, and nothing goes back.
 */
export const paymentsPersonalData: PersonalData = {
  gather: async (db, userId) => [
    { name: 'orders.json', content: await selectOrdersOf(db, userId) },
    { name: 'access-to-courses.json', content: await selectAccessOf(db, userId) },
    { name: 'prices-set.json', content: await selectPricesSetBy(db, userId) },
    { name: 'invoices.json', content: await selectInvoicesOf(db, userId) },
    { name: 'coupons-used.json', content: await selectCouponUsesOf(db, userId) },
    { name: 'coupons-made.json', content: await selectCouponsMadeBy(db, userId) },
    { name: 'seats.json', content: await selectSeatsOf(db, userId) },
    { name: 'seats-given.json', content: await selectSeatsGivenBy(db, userId) },
    { name: 'billing-details.json', content: await selectBillingDetailsOf(db, userId) },
    { name: 'tax-settings-set.json', content: await selectTaxSettingsSetBy(db, userId) },
    { name: 'refund-requests.json', content: await selectRefundRequestsOf(db, userId) },
    { name: 'refund-requests-answered.json', content: await selectRequestsAnsweredBy(db, userId) },
    { name: 'differences-settled.json', content: await selectDifferencesSettledBy(db, userId) },
    { name: 'subscriptions.json', content: await selectSubscriptionsOf(db, userId) },
    { name: 'cards.json', content: await selectCardsOf(db, userId) },
    { name: 'institutions.json', content: await selectInstitutionsOf(db, userId) },
    { name: 'orders-on-account.json', content: await selectAccountOrdersBy(db, userId) },
    { name: 'invoice-payments-recorded.json', content: await selectInvoicePaymentsBy(db, userId) },
    { name: 'refunds-made.json', content: await selectRefundsBy(db, userId) },
  ],
  async erase(tx, userId) {
    await endForErased(tx, userId)
    await forgetSubscriber(tx, userId)
    await forgetBuyer(tx, userId)
    await forgetManager(tx, userId)
  },
}
