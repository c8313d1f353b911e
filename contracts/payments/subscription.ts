import { z } from 'zod'
import { operation } from '../operation.ts'
import { growing, id, pageOf, paging, time } from '../wire.ts'
import { money, positivePrice, price } from '../wire-money.ts'
import { card } from './card.ts'
import { interval } from './plan.ts'
import { refundReason, tags } from './shapes.ts'

const day = z.iso.date()

/**
 * How a subscription stands. `incomplete`: its first payment is not certain yet. `expired`: that never came. `trialing`,
 * `active`, `past_due` (a payment is missing, and it can still be made): its courses are open. `paused`, `cancelled`: they
 * are not.
 */
export const subscriptionStatus = z
  .enum(['incomplete', 'expired', 'trialing', 'active', 'past_due', 'paused', 'cancelled'])
  .meta(growing)

const agreed = z.object({
  planId: id,
  version: z.number().int(),
  name: z.string(),
  /** Of a whole interval, as it was set. */
  price: positivePrice,
  interval,
})

/** Something that is to be paid. */
const unpaid = z.object({
  amount: price,
  /** Since when; null where it is not late. */
  since: day.nullable(),
  /** What happens next by itself. `wait_for_card`, `wait_for_customer`: nothing, until another card or their word comes. */
  next: z.enum(['charge', 'wait_for_card', 'wait_for_customer', 'wait', 'nothing']).meta(growing),
  /** When the card is tried again. */
  retryOn: day.nullable(),
  /** Until when the courses stay open without it. */
  graceUntil: day.nullable(),
})

/** What was paid by card for a bill, and what became of it. */
const paidBill = {
  /** The bill. */
  id,
  paidAt: time,
  amount: positivePrice,
  /** What went back, or is on its way. */
  refunded: price,
  /** What a bank holds of it, or has taken for the buyer. */
  disputed: price,
  invoiceId: id.nullable(),
}

const subscription = z.object({
  id,
  status: subscriptionStatus,
  plan: agreed,
  startedOn: day,
  period: z.object({ from: day, until: day }),
  /** What begins with the next period, where that is something else. */
  next: agreed.nullable(),
  nextPayment: z.object({ on: day, amount: price }).nullable(),
  cancelsOn: day.nullable(),
  resumesOn: day.nullable(),
  endedOn: day.nullable(),
  unpaid: unpaid.nullable(),
  /** What is kept for you and pays what is due next. */
  credit: price,
  /** Where the first payment is made, or the card for the time after the trial is left. */
  checkoutUrl: z.url().nullable(),
  card: card.nullable(),
  /** What was paid by card so far, the last first: a year of months. */
  payments: z.array(z.object(paidBill)),
  sandbox: z.boolean(),
})

const subscriptionPayment = z.object({
  ...paidBill,
  subscriptionId: id,
  owner: z.object({ id, name: z.string() }).nullable(),
  planName: z.string(),
  sandbox: z.boolean(),
})

/** What is to be done with a subscription. */
const change = {
  action: z.enum(['change_plan', 'pause', 'resume', 'cancel', 'keep']),
  /** For `change_plan`. */
  planId: id.optional(),
  version: z.coerce.number().int().min(1).optional(),
  /** For `change_plan` and `cancel`. */
  when: z.enum(['now', 'period_end']).default('now'),
  /** For `pause`: the day on which it resumes by itself. */
  resumesOn: day.optional(),
}

/** What was shown, and is confirmed. */
const quote = z.object({
  revision: z.number().int(),
  on: day,
  due: price,
  credited: price,
})

const preview = z.object({
  quote,
  /** What `due` less `credited` is made of; less than zero for days that were paid and are not used. */
  lines: z.array(
    z.object({
      code: z.enum(['unused_time', 'remaining_time', 'period', 'credit', 'tax']).meta(growing),
      from: day.nullable(),
      until: day.nullable(),
      days: z.number().int().nullable(),
      ofDays: z.number().int().nullable(),
      amount: money,
    }),
  ),
  /** The payment after that, by then; null where there is none. */
  nextPayment: z.object({ on: day, amount: price }).nullable(),
  /** Until when the courses stay open; null where no end is known. */
  opensUntil: day.nullable(),
})

const schoolSubscription = z.object({
  id,
  owner: z.object({ id, name: z.string() }).nullable(),
  status: subscriptionStatus,
  plan: agreed,
  startedOn: day,
  period: z.object({ from: day, until: day }),
  cancelsOn: day.nullable(),
  endedOn: day.nullable(),
  sandbox: z.boolean(),
})

/** What people pay again and again. */
export const subscriptionOperations = {
  startSubscription: operation({
    method: 'POST',
    path: '/payments/subscriptions',
    access: 'member',
    interactive: true,
    tags,
    successStatus: 201,
    summary: 'Subscribe to a plan: the subscription, with the address of the page on which it is paid.',
    description:
      'Repeating it answers the same. `version` and `price` are what you were shown; where the plan is another by now, it is refused as `price_changed` and nothing is made.',
  })
    .input(z.object({ planId: id, version: z.number().int().min(1), price: positivePrice }))
    .output(subscription),
  getSubscription: operation({
    method: 'GET',
    path: '/payments/subscription',
    access: 'member',
    tags,
    summary: 'Your subscription: the one that lives, or the last one.',
  }).output(z.object({ subscription: subscription.nullable() })),
  checkSubscription: operation({
    method: 'POST',
    path: '/payments/subscription/check',
    access: 'member',
    tags,
    summary: 'Ask the processor now how a payment of your subscription stands.',
  }).output(z.object({ subscription: subscription.nullable() })),
  getSubscriptionPreview: operation({
    method: 'GET',
    path: '/payments/subscription/preview',
    access: 'member',
    tags,
    summary: 'What a change of your subscription costs, to the cent.',
  })
    .input(z.object(change))
    .output(preview),
  changeSubscription: operation({
    method: 'POST',
    path: '/payments/subscription/changes',
    access: 'member',
    interactive: true,
    tags,
    summary: 'Change, pause, resume, cancel or keep your subscription, as it was previewed.',
    description:
      'Refused as `price_changed` where it costs something else than `quote` says; nothing is changed then.',
  })
    .input(z.object({ ...change, quote }))
    .output(subscription),
  paySubscription: operation({
    method: 'POST',
    path: '/payments/subscription/payments',
    access: 'member',
    interactive: true,
    tags,
    successStatus: 201,
    summary: 'Pay what is missing of your subscription: the address of the page on which it is done.',
  }).output(z.object({ checkoutUrl: z.url() })),
  listSchoolSubscriptions: operation({
    method: 'GET',
    path: '/payments/school-subscriptions',
    access: 'payments.read',
    tags,
    summary: 'The subscriptions of the school, the newest first.',
  })
    .input(z.object({ status: subscriptionStatus.optional(), planId: id.optional(), ...paging }))
    .output(pageOf(schoolSubscription)),
  listSubscriptionPayments: operation({
    method: 'GET',
    path: '/payments/subscription-payments',
    access: 'payments.read',
    tags,
    summary: 'What was paid by card for subscriptions of the school, the newest first, with what went back.',
  })
    .input(z.object({ subscriptionId: id.optional(), ...paging }))
    .output(pageOf(subscriptionPayment)),
  refundSubscriptionBill: operation({
    method: 'POST',
    path: '/payments/subscription-bills/{billId}/refunds',
    access: 'office:finance',
    interactive: true,
    stepUp: true,
    tags,
    successStatus: 201,
    summary: 'Give back what was paid for a bill of a subscription, or a part of it.',
    description:
      'Refused as `refund_too_large` where less is left. The subscription continues; what is not earned of it yet is given back first.',
  })
    .input(
      z.object({
        billId: id,
        /** All that is left, without it. */
        amount: positivePrice.optional(),
        reason: refundReason,
        note: z.string().trim().max(500).default(''),
      }),
    )
    .output(subscriptionPayment),
}
