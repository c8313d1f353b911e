import type { Failures } from '../failures.ts'

/** What payments refuses. */
export const paymentsFailures = {
  codes: {
    payment_required: { status: 402, message: 'This course has to be bought.' },
    price_changed: { status: 409, message: 'The price has changed. Nothing was charged.' },
    refund_too_large: { status: 409, message: 'Less than that is left to give back. Nothing was refunded.' },
  },
  reasons: {
    course_is_free: { code: 'conflict', message: 'This course is free. You can enrol in it.' },
    already_enrolled: { code: 'conflict', message: 'You are enrolled in this course already.' },
    difference_settled: { code: 'conflict', message: 'This difference is settled already.' },
    dispute_over: { code: 'conflict', message: 'This dispute was answered already, or is over.' },
    refund_requested: { code: 'conflict', message: 'You have asked for this money back already.' },
    refund_request_over: { code: 'conflict', message: 'This request was answered already.' },
    refund_too_late: {
      code: 'conflict',
      message: 'The time in which the school takes requests for this money is over.',
    },
    order_not_paid: {
      code: 'conflict',
      message: 'This order was not paid, so there is nothing to give back.',
    },
    amount_not_taken: {
      code: 'conflict',
      message: 'The payment service does not take this amount. Nothing was charged.',
    },
    tax_rate_missing: {
      code: 'conflict',
      message: 'The school has no tax rate for today, so nothing can be sold. Tell its finance officer.',
    },
    credit_exceeds_invoice: {
      code: 'conflict',
      message: 'Less than that is left of the invoice to credit.',
    },
    payment_under_way: {
      code: 'conflict',
      message: 'This order is just being paid on the payment page. Nothing was taken from the wallet.',
    },
    wallet_payment_stopped: {
      code: 'conflict',
      message: 'This took too long and was stopped. Nothing was taken from the wallet. Try again.',
    },
    wallet_owner_gone: {
      code: 'conflict',
      message: 'The account that this deposit was for is gone. Pay the money back by hand, and book it.',
    },
    payments_not_set_up: {
      code: 'unavailable',
      message: 'Payments are not set up here yet. Tell an administrator.',
    },
    processor_away: {
      code: 'unavailable',
      message: 'The payment service does not answer at the moment. Nothing was charged.',
    },
  },
  fields: {
    currency_not_taken: 'The school does not sell in this currency.',
    currency_not_charged: 'Payments in this currency are not possible.',
    amount_not_charged: 'Payments in this currency are in steps of {step}.',
    tax_number_missing: 'A registered school has a tax number, which stands on its invoices.',
    tax_rate_missing: 'One rate of the school’s own country has to hold today.',
    currency_twice: 'There is one price in each currency.',
  },
} as const satisfies Failures
