import { randomUUID } from 'node:crypto'
import {
  admins,
  members,
  membersAs,
  nothing,
  ofCourse,
  owners,
  type Row,
  visitorsToo,
  type World,
} from '../callers.ts'
import { bundleRows } from './bundles.ts'
import { institutionRows } from './institutions.ts'
import { operationsRows } from './operations.ts'
import { seatRows } from './seats.ts'
import { subscriptionRows } from './subscriptions.ts'

const unknownInvoice = () => ({ invoiceId: randomUUID() })
const unknownOrder = () => ({ orderId: randomUUID() })
const refused = [401, 403, 403, 403, 403, 403, 403, 403, 403]

let coupons = 0
const coupon = () => ({
  code: `ROW-${++coupons}`,
  off: { basisPoints: 1_000 },
  validFrom: null,
  validUntil: null,
  mostUses: null,
  mostPerPerson: null,
})

const taxSettings = {
  registered: false,
  entity: { name: 'A School', address: [], country: 'ZA', taxNumber: null, registrationNumber: null },
  taxName: 'VAT',
  pricesIncludeTax: true,
  rates: [],
  abroad: { business: 'standard', private: 'standard' },
  numberPrefix: '',
  locale: 'en-ZA',
  paper: 'A4',
  timeZone: 'Africa/Johannesburg',
  notes: [],
}

export const paymentsRows: Record<string, Row> = {
  ...bundleRows,
  ...seatRows,
  ...institutionRows,
  'payments.getCoursePrices': { expect: owners(), input: ofCourse },
  'payments.setCoursePrices': {
    expect: owners(),
    input: (world: World) => ({ ...ofCourse(world), prices: [] }),
  },
  // The course is free, and another school does not have it.
  'payments.startCheckout': {
    expect: [401, 409, 409, 409, 409, 409, 404, 404, 404],
    input: (world: World) => ({ ...ofCourse(world), price: { amountMinor: 45_000, currency: 'ZAR' } }),
  },
  // The school does not take this currency.
  'payments.startDeposit': {
    expect: membersAs(400),
    input: () => ({ amount: { amountMinor: 10_000, currency: 'KWD' } }),
  },
  'payments.payFromWallet': { expect: membersAs(404), input: unknownOrder },
  'payments.getQuote': {
    expect: [401, 409, 409, 409, 409, 409, 404, 404, 404],
    input: (world: World) => ({ ...ofCourse(world), currency: 'ZAR' }),
  },
  'payments.listInvoices': { expect: members, input: nothing },
  'payments.getInvoice': { expect: membersAs(404), input: unknownInvoice },
  'payments.downloadInvoice': { expect: membersAs(404), input: unknownInvoice },
  'payments.listSchoolInvoices': { expect: admins(), auditor: 200, finance: 200, input: nothing },
  'payments.downloadSchoolInvoice': {
    expect: admins(404),
    auditor: 404,
    finance: 404,
    input: unknownInvoice,
  },
  'payments.exportSchoolInvoices': { expect: admins(), auditor: 200, finance: 200, input: nothing },
  'payments.getOrder': { expect: membersAs(404), input: unknownOrder },
  'payments.checkOrder': { expect: membersAs(404), input: unknownOrder },
  'payments.listOrders': { expect: members, input: nothing },
  'payments.listSchoolOrders': { expect: admins(), auditor: 200, finance: 200, input: nothing },
  'payments.listSubscriptionPayments': { expect: admins(), auditor: 200, finance: 200, input: nothing },
  'payments.listExchangeRates': { expect: admins(), auditor: 200, finance: 200, input: nothing },
  'payments.saveExchangeRate': {
    expect: refused,
    finance: 200,
    input: () => ({ from: 'USD', to: 'ZAR', rate: '18.1234', on: '2026-01-05', source: 'A bank' }),
  },
  'payments.importExchangeRates': {
    expect: refused,
    finance: 200,
    input: () => ({ base: 'EUR', source: 'A bank', csv: 'Date,ZAR\n2026-01-05,19.7' }),
  },
  'payments.getRecurringRevenue': {
    expect: admins(),
    auditor: 200,
    finance: 200,
    input: () => ({ currency: 'ZAR' }),
  },
  'payments.getRevenueMovements': {
    expect: admins(),
    auditor: 200,
    finance: 200,
    input: () => ({ currency: 'ZAR' }),
  },
  'payments.getRevenueChurn': {
    expect: admins(),
    auditor: 200,
    finance: 200,
    input: () => ({ currency: 'ZAR' }),
  },
  'payments.getRevenueCohorts': {
    expect: admins(),
    auditor: 200,
    finance: 200,
    input: () => ({ currency: 'ZAR' }),
  },
  'payments.refundSubscriptionBill': {
    expect: refused,
    finance: 404,
    input: () => ({ billId: randomUUID(), reason: 'other' }),
  },
  'payments.refundOrder': {
    expect: refused,
    finance: 404,
    input: () => ({ ...unknownOrder(), reason: 'other' }),
  },
  'payments.requestRefund': {
    expect: membersAs(404),
    input: () => ({ ...unknownOrder(), text: 'No time.' }),
  },
  'payments.withdrawRefundRequest': {
    expect: membersAs(404),
    input: () => ({ ...unknownOrder(), requestId: randomUUID() }),
  },
  'payments.listRefundRequests': { expect: admins(), auditor: 200, finance: 200, input: nothing },
  'payments.approveRefundRequest': {
    expect: refused,
    finance: 404,
    input: () => ({ requestId: randomUUID() }),
  },
  'payments.declineRefundRequest': {
    expect: refused,
    finance: 404,
    input: () => ({ requestId: randomUUID(), answer: 'No.' }),
  },
  'payments.listDisputes': { expect: admins(), auditor: 200, finance: 200, input: nothing },
  'payments.answerDispute': {
    expect: refused,
    finance: 404,
    input: () => ({ disputeId: randomUUID(), evidence: 'They were there.' }),
  },
  'payments.acceptDispute': { expect: refused, finance: 404, input: () => ({ disputeId: randomUUID() }) },
  'payments.listReconciliations': { expect: admins(), auditor: 200, finance: 200, input: nothing },
  'payments.startReconciliation': { expect: refused, finance: 202, input: nothing },
  'payments.listDifferences': { expect: admins(), auditor: 200, finance: 200, input: nothing },
  'payments.settleDifference': {
    expect: refused,
    finance: 404,
    input: () => ({ differenceId: randomUUID(), note: 'Seen.' }),
  },
  'payments.getPaymentSettings': { expect: members, input: nothing },
  'payments.savePaymentSettings': {
    expect: refused,
    finance: 200,
    input: () => ({ currencies: ['ZAR'] }),
  },
  ...subscriptionRows,
  'payments.listCourseCoupons': { expect: owners(), input: ofCourse },
  'payments.createCourseCoupon': {
    expect: owners(201),
    input: (world: World) => ({ ...ofCourse(world), ...coupon() }),
  },
  'payments.endCourseCoupon': {
    expect: owners(404),
    input: (world: World) => ({ ...ofCourse(world), couponId: randomUUID() }),
  },
  'payments.listCoupons': { expect: admins(), auditor: 200, finance: 200, input: nothing },
  'payments.createCoupon': { expect: refused, finance: 201, input: () => ({ ...coupon(), courseIds: null }) },
  'payments.endCoupon': { expect: refused, finance: 404, input: () => ({ couponId: randomUUID() }) },
  'payments.getTaxSettings': { expect: admins(), auditor: 200, finance: 200, input: nothing },
  // Somebody has saved since, or nobody.
  'payments.saveTaxSettings': {
    expect: refused,
    finance: 409,
    input: () => ({ ...taxSettings, version: 999 }),
  },
  'payments.listCourseTaxes': { expect: admins(), auditor: 200, finance: 200, input: nothing },
  'payments.setCourseTax': {
    expect: refused,
    finance: 404,
    input: () => ({ courseId: randomUUID(), category: 'exempt' }),
  },
  'payments.getBillingDetails': { expect: members, input: nothing },
  'payments.saveBillingDetails': { expect: members, input: () => ({ details: null }) },
  // Nobody but Stripe can sign what it tells.
  'payments.receiveStripeEvent': { expect: visitorsToo(400), input: nothing },
  ...operationsRows('payments'),
}
