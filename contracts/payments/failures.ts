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
    bundle_changed: {
      code: 'conflict',
      message: 'The bundle has changed. Nothing was charged.',
    },
    bundle_incomplete: {
      code: 'conflict',
      message: 'A course of this bundle is not sold any more. Nothing was charged.',
    },
    bundle_owned: { code: 'conflict', message: 'You have all the courses of this bundle already.' },
    credit_limit_reached: {
      code: 'conflict',
      message: 'With this order more would be open than this institution may owe. Nothing was ordered.',
    },
    institution_closed: { code: 'conflict', message: 'This institution is closed. Nothing was ordered.' },
    institution_overdue: {
      code: 'conflict',
      message: 'An invoice of this institution is long overdue. It has to be paid before the next order.',
    },
    invoice_paid_in_part: {
      code: 'conflict',
      message: 'Money has come for this invoice, so it cannot be cancelled.',
    },
    invoice_closed: { code: 'conflict', message: 'This invoice is paid or cancelled. Nothing was recorded.' },
    manager_unknown: { code: 'conflict', message: 'No member of the school has this email address.' },
    payment_recorded_already: {
      code: 'conflict',
      message: 'A payment with this amount, day and reference is recorded for this invoice.',
    },
    payment_too_large: {
      code: 'conflict',
      message: 'Less than that is open of this invoice. Nothing was recorded.',
    },
    difference_settled: { code: 'conflict', message: 'This difference is settled already.' },
    dispute_over: { code: 'conflict', message: 'This dispute was answered already, or is over.' },
    course_being_paid: {
      code: 'conflict',
      message:
        'A course of this is in another order of yours that is just being paid. Nothing was charged. Look again in a moment.',
    },
    course_refunded: {
      code: 'conflict',
      message: 'Nothing is left of this course to give back. Nothing was refunded.',
    },
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
    subscribed_already: {
      code: 'conflict',
      message: 'You have a subscription already. You can change its plan.',
    },
    nothing_to_pay: { code: 'conflict', message: 'Nothing is missing of this subscription.' },
    charge_under_way: {
      code: 'conflict',
      message: 'A payment is under way. Wait a moment and look again.',
    },
    card_in_use: {
      code: 'conflict',
      message: 'Your subscription is charged to this card. Add another one first.',
    },
    subscription_over: { code: 'conflict', message: 'This subscription has ended.' },
    subscription_unpaid: {
      code: 'conflict',
      message: 'A payment of this subscription is missing. It has to come first.',
    },
    subscription_incomplete: { code: 'conflict', message: 'This subscription was not paid yet.' },
    subscription_paused: { code: 'conflict', message: 'This subscription is paused.' },
    subscription_not_paused: { code: 'conflict', message: 'This subscription is not paused.' },
    subscription_in_trial: { code: 'conflict', message: 'A trial cannot be paused.' },
    subscription_not_trialing: { code: 'conflict', message: 'This subscription is not in its trial.' },
    subscription_not_incomplete: { code: 'conflict', message: 'This subscription has begun already.' },
    subscription_not_past_due: { code: 'conflict', message: 'No payment of this subscription is missing.' },
    subscription_already_cancels: {
      code: 'conflict',
      message: 'This subscription is cancelled for the end of its period.',
    },
    subscription_does_not_cancel: { code: 'conflict', message: 'This subscription is not cancelled.' },
    subscription_period_not_over: { code: 'conflict', message: 'The period is not over.' },
    subscription_trial_not_over: { code: 'conflict', message: 'The trial is not over.' },
    subscription_terms_same: { code: 'conflict', message: 'This is the plan that you have.' },
    subscription_other_currency: {
      code: 'conflict',
      message: 'This plan is not sold in the currency of your subscription.',
    },
    subscription_resumes_in_the_past: {
      code: 'conflict',
      message: 'The day on which it resumes has to be later than today.',
    },
    coupon_unknown: { code: 'conflict', message: 'There is no such coupon.' },
    coupon_not_yet_valid: { code: 'conflict', message: 'This coupon cannot be used yet.' },
    coupon_expired: { code: 'conflict', message: 'This coupon has expired.' },
    coupon_used_up: { code: 'conflict', message: 'This coupon was used as often as it can be.' },
    coupon_used_by_you: { code: 'conflict', message: 'You have used this coupon as often as you can.' },
    coupon_for_other_items: { code: 'conflict', message: 'This coupon is for other courses.' },
    coupon_below_minimum: { code: 'conflict', message: 'This coupon is for larger orders.' },
    coupon_in_another_currency: { code: 'conflict', message: 'This coupon is for another currency.' },
    coupon_code_taken: { code: 'conflict', message: 'Another coupon has this code.' },
    seat_code_unknown: { code: 'conflict', message: 'There is no such code.' },
    seat_over: { code: 'conflict', message: 'This code cannot be used any more.' },
    seats_out: { code: 'conflict', message: 'All seats of this code are taken.' },
    seats_too_few: { code: 'conflict', message: 'Fewer seats than that are left. Nobody was invited.' },
    seat_pool_over: { code: 'conflict', message: 'No more of these seats are given.' },
    seat_yours_already: { code: 'conflict', message: 'You have a seat in this course already.' },
    seat_of_other_school: { code: 'conflict', message: 'This code is for another school.' },
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
    amount_too_large: 'A payment is of up to {most}.',
    ends_before_it_begins: 'It ends after it begins.',
    tax_number_missing: 'A registered school has a tax number, which stands on its invoices.',
    tax_rate_missing: 'One rate of the school’s own country has to hold today.',
    seat_code_mistyped: 'This is not a whole code, or a character of it is wrong.',
    ends_in_the_past: 'It ends later than now.',
    amount_or_courses: 'Say an amount or courses, not both.',
    course_not_in_order: 'This course is not in the order.',
    currency_same: 'It is the rate to another currency.',
    rate_to_come: 'Nobody knows the rate of a day to come.',
    rates_not_read:
      'Line {line} cannot be read. The first line begins with Date and names currencies, each other one begins with a day.',
    no_rate_wanted: 'It has no rate of a currency in which the school sells or reports.',
    course_twice: 'Each course is in a bundle once.',
    course_unknown: 'The school has no such course.',
    paid_in_the_future: 'Money that has come has come by today.',
    plan_missing: 'Say which plan, and its version.',
    currency_twice: 'There is one price in each currency.',
  },
} as const satisfies Failures
