import { z } from 'zod'
import { growing, id, time } from '../wire.ts'
import { money, positivePrice, price } from '../wire-money.ts'
import { seatKind } from './seat.ts'
import { subscriptionStatus } from './subscription.ts'

/** What opened courses, or what ended and opens them no more. */
const accessSource = z.enum(['order', 'subscription', 'seat', 'free_seat', 'gift']).meta(growing)

/** `price` is what was paid for it, with its tax; `tax` what of that is tax. */
const item = z.object({
  courseId: id,
  instructorId: id.nullable(),
  price: positivePrice,
  tax: price.optional(),
  /** What the course was called. */
  title: z.string().optional(),
  /** What a coupon took off of its price; absent where nothing was. */
  discount: positivePrice.optional(),
})

/** What a document is for, such as an `order` or a `subscription`, or a `refund`. */
const about = z.object({ type: z.string(), id })

/** What goes back of each course, as the lines of the credit note have it; absent where there is no credit note. */
const backOfCourses = z.array(z.object({ courseId: id, amount: positivePrice, tax: price })).optional()

const invoiceSaid = z.object({
  invoiceId: id,
  organizationId: id,
  userId: id.nullable(),
  number: z.string(),
  about,
  /** Less than zero where an invoice gives more back than it charges. */
  net: money,
  tax: money,
  total: money,
  due: money,
  issuedOn: z.iso.date(),
  dueOn: z.iso.date().nullable(),
  paidOn: z.iso.date().nullable(),
  sandbox: z.boolean(),
})
/** An invoice of an institution, which is paid after it was made. */
const onAccount = {
  invoiceId: id,
  organizationId: id,
  institutionId: id,
  /** The order on account that it is of. */
  orderId: id,
  number: z.string(),
  sandbox: z.boolean(),
}

/** How a dispute ended. */
const disputeOutcome = z.enum(['won', 'lost'])

const subscriptionSaid = z.object({
  subscriptionId: id,
  organizationId: id,
  /** Null where the owner's account is gone. */
  userId: id.nullable(),
  status: subscriptionStatus,
  planId: id,
  planVersion: z.number().int(),
  price: positivePrice,
  period: z.object({ from: z.iso.date(), until: z.iso.date() }),
  cancelsOn: z.iso.date().nullable(),
  resumesOn: z.iso.date().nullable(),
  endedOn: z.iso.date().nullable(),
  sandbox: z.boolean(),
})

/** What the processor took for a bill of a subscription, and gave back or lost. */
const chargeSaid = {
  chargeId: id,
  billId: id,
  subscriptionId: id,
  organizationId: id,
  userId: id.nullable(),
  amount: positivePrice,
  sandbox: z.boolean(),
}

/** What a credit note takes back of the bill, and what of that is tax. */
const credited = { credited: price, tax: price }

const seatSaid = {
  seatId: id,
  poolId: id,
  organizationId: id,
  courseId: id,
  kind: seatKind,
}

/** Money of a deposit that left, or came again, without anybody here having asked for it. */
const depositMoved = {
  /** The refund or the dispute. */
  movedId: id,
  paymentId: id,
  organizationId: id,
  userId: id.nullable(),
  amount: positivePrice,
  /** What that costs, or what of it is given back; null where nothing is, or it is not known. */
  fee: price.nullable(),
  sandbox: z.boolean(),
  movedAt: time,
}

/** The events of payments. Each is of one school, and told once for one fact. */
export const paymentsEvents = {
  /** What a course costs from now on, whole. A lower revision than one already heard is out of date. */
  'course.priced': z.object({
    courseId: id,
    organizationId: id,
    revision: z.number().int(),
    prices: z.array(positivePrice),
  }),
  /** Money has come, for certain. `fee` is what the processor keeps of it; null while it has not said so. */
  'payment.processed': z.object({
    paymentId: id,
    organizationId: id,
    orderId: id,
    /** Null where the buyer's account is gone. */
    userId: id.nullable(),
    amount: positivePrice,
    fee: price.nullable(),
    items: z.array(item),
    sandbox: z.boolean(),
    processedAt: time,
    /** Where it came from the buyer's wallet instead of a processor: what was held there for it. */
    wallet: z.object({ reservationId: id }).optional(),
  }),
  /**
   * Somebody may learn in courses that were not open to them before. `revision` counts what is told of the access of one
   * person: a lower one than one already heard for a course is out of date.
   */
  'course.purchased': z.object({
    organizationId: id,
    /** Null where it was no order that opened them. */
    orderId: id.nullable(),
    userId: id,
    courseIds: z.array(id),
    source: accessSource,
    revision: z.number().int(),
    purchasedAt: time,
  }),
  /** Nothing that was paid opens these courses to them any more. `revision` as in `course.purchased`. */
  'course.access_ended': z.object({
    organizationId: id,
    userId: id,
    courseIds: z.array(id),
    source: accessSource,
    revision: z.number().int(),
    endedAt: time,
  }),
  /** Somebody has taken a seat that was given or paid for, and may learn in its course. */
  'seat.claimed': z.object({ ...seatSaid, userId: id, claimedAt: time }),
  /** A seat that somebody had was taken back. Its course is closed to them unless something else opens it. */
  'seat.withdrawn': z.object({ ...seatSaid, userId: id.nullable(), withdrawnAt: time }),
  /** Money has gone back. `whole`: with it all that was paid for the order has. */
  'refund.processed': z.object({
    refundId: id,
    paymentId: id,
    organizationId: id,
    orderId: id,
    userId: id.nullable(),
    amount: positivePrice,
    whole: z.boolean(),
    /** What of it is tax, as the credit note has it. */
    tax: price.optional(),
    items: z.array(item),
    back: backOfCourses,
    sandbox: z.boolean(),
    processedAt: time,
    /** It went back into the buyer's wallet, from which it had come. */
    toWallet: z.boolean().optional(),
  }),
  /** Money has come for a wallet, for certain. */
  'deposit.paid': z.object({
    paymentId: id,
    organizationId: id,
    orderId: id,
    /** Null where the person's account is gone. */
    userId: id.nullable(),
    amount: positivePrice,
    fee: price.nullable(),
    sandbox: z.boolean(),
    stripeId: z.string(),
    paidAt: time,
  }),
  /** A deposit, or a part of it, has gone back to the card that it came from. */
  'deposit.refunded': z.object({
    refundId: id,
    paymentId: id,
    organizationId: id,
    orderId: id,
    userId: id.nullable(),
    amount: positivePrice,
    sandbox: z.boolean(),
    refundedAt: time,
  }),
  /** What was held in a wallet is not needed any more, or will not be. */
  'wallet.released': z.object({
    organizationId: id,
    reservationId: id,
    /** It had left the wallet already, and came back from the bank. */
    returned: z.boolean().optional(),
  }),
  /** A subscription has begun: its first payment is certain, or the card for the time after its trial is there. */
  'subscription.created': subscriptionSaid,
  'subscription.changed': subscriptionSaid,
  'subscription.paused': subscriptionSaid,
  'subscription.resumed': subscriptionSaid,
  /** A payment is missing. What it opens stays open for now. */
  'subscription.past_due': subscriptionSaid,
  'subscription.cancelled': subscriptionSaid,
  /**
   * What was billed of a subscription is settled, by card, by credit, or because it gives more back than it charges.
   * `paid`, `creditUsed` and `carried`, less `credited`, are the total; `services` says, without tax, for which days it is.
   */
  'subscription.invoice_paid': z.object({
    billId: id,
    invoiceId: id,
    subscriptionId: id,
    organizationId: id,
    userId: id.nullable(),
    total: money,
    tax: money,
    paid: price,
    creditUsed: price,
    credited: price,
    /** What is paid with the next bill instead; less than zero for what earlier ones left to this. */
    carried: money.optional(),
    fee: price.nullable(),
    services: z.array(z.object({ net: money, from: z.iso.date(), until: z.iso.date() })),
    sandbox: z.boolean(),
    processedAt: time,
  }),
  /** An invoice has its number, and never changes from now on. */
  'invoice.finalized': invoiceSaid,
  /** All of an invoice was paid; told after `invoice.finalized`. */
  'invoice.paid': invoiceSaid,
  /** An institution has ordered seats, and owes what its invoice says; told after `invoice.finalized`. */
  'invoice.issued_on_account': z.object({
    ...onAccount,
    total: positivePrice,
    tax: price,
    items: z.array(item),
    dueOn: z.iso.date(),
    issuedAt: time,
  }),
  /** Money has come for an invoice of an institution: all of what was open, or a part of it. `open` is what is left. */
  'invoice.payment_recorded': z.object({
    ...onAccount,
    paymentId: id,
    amount: positivePrice,
    open: price,
    method: z.enum(['transfer', 'card']).meta(growing),
    /** What the processor keeps of it; null where nothing is kept, or it is not known. */
    fee: price.nullable(),
    paidOn: z.iso.date(),
    recordedAt: time,
  }),
  /** An invoice of an institution, of which nothing was paid, was taken back whole by a credit note. */
  'invoice.cancelled': z.object({
    ...onAccount,
    creditNoteId: id,
    total: positivePrice,
    tax: price,
    cancelledAt: time,
  }),
  /** An invoice of an institution was not paid in time; told once. */
  'invoice.overdue': z.object({
    ...onAccount,
    open: positivePrice,
    dueOn: z.iso.date(),
    foundAt: time,
  }),
  /** Something was taken back of an invoice, for good. */
  'credit_note.issued': z.object({
    creditNoteId: id,
    invoiceId: id,
    organizationId: id,
    userId: id.nullable(),
    number: z.string(),
    invoiceNumber: z.string(),
    about,
    net: price,
    tax: price,
    total: price,
    issuedOn: z.iso.date(),
    sandbox: z.boolean(),
  }),
  /** A refund did not come to its buyer. `afterProcessed`: it was told as processed before, and the money is back. */
  'refund.failed': z.object({
    refundId: id,
    paymentId: id,
    organizationId: id,
    orderId: id,
    userId: id.nullable(),
    amount: positivePrice,
    afterProcessed: z.boolean(),
    sandbox: z.boolean(),
    failedAt: time,
  }),
  /** A bank has taken money back until it is decided whose it is. `fee` is what that costs; null where it is not known. */
  'dispute.opened': z.object({
    disputeId: id,
    paymentId: id,
    organizationId: id,
    orderId: id,
    userId: id.nullable(),
    amount: positivePrice,
    fee: price.nullable(),
    reason: z.string(),
    sandbox: z.boolean(),
    openedAt: time,
  }),
  /** A dispute is over: won, the money is back, with what of the fee comes back too; lost, it is the buyer's. */
  'dispute.closed': z.object({
    disputeId: id,
    paymentId: id,
    organizationId: id,
    orderId: id,
    userId: id.nullable(),
    amount: positivePrice,
    outcome: disputeOutcome,
    feeReturned: price.nullable(),
    /** What of a lost amount is tax, by its credit note. */
    tax: price.optional(),
    /** What its credit note takes back: the lost amount, without what refunds have given back or are about to. */
    credited: price.optional(),
    back: backOfCourses,
    sandbox: z.boolean(),
    closedAt: time,
  }),
  /** What was paid for a bill of a subscription went back, or a part of it. */
  'subscription.refunded': z.object({ ...chargeSaid, ...credited, refundId: id, refundedAt: time }),
  /** A refund that was told came back from the bank. */
  'subscription.refund_failed': z.object({ ...chargeSaid, refundId: id, failedAt: time }),
  /** A bank has taken what was paid for a bill, until it is decided whose it is. */
  'subscription.dispute_opened': z.object({
    ...chargeSaid,
    disputeId: id,
    fee: price.nullable(),
    reason: z.string(),
    openedAt: time,
  }),
  /** `credited` and `tax` are zero unless it was lost. */
  'subscription.dispute_closed': z.object({
    ...chargeSaid,
    ...credited,
    disputeId: id,
    outcome: disputeOutcome,
    feeReturned: price.nullable(),
    closedAt: time,
  }),
  /** A deposit was given back at the processor itself, or its bank took it. */
  'deposit.taken_back': z.object(depositMoved),
  /** That came to nothing: the refund did not arrive, or the dispute was won. */
  'deposit.came_back': z.object(depositMoved),
}
