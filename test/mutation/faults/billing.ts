import type { Fault } from '../fault.ts'

const timeline = 'billing/proration/timeline.ts'
const cost = 'billing/proration/cost-of-change.ts'
const credit = 'billing/invoices/credit-of-line.ts'
const note = 'billing/invoices/credit-note.ts'
const coupon = 'billing/coupons/coupon.ts'
const discount = 'billing/coupons/discount.ts'
const dunning = 'billing/dunning/schedule.ts'
const payment = 'billing/subscriptions/payment.ts'
const change = 'billing/subscriptions/change.ts'
const movements = 'billing/analytics/movements.ts'
const bounds = 'documents/bounds.ts'
const runs = 'documents/text/runs.ts'

export const billingFaults: Fault[] = [
  {
    says: 'a coupon reduces a second time what is prorated',
    file: 'billing/invoices/invoice.ts',
    from: 'reducible: !isProrated(line)',
    to: 'reducible: true',
  },
  {
    says: 'what comes back is taxed at the rate of today',
    file: 'billing/invoices/invoice.ts',
    from: 'line.suppliedOn ?? input.day',
    to: 'input.day',
  },
  {
    says: 'what comes back is taxed as it would be today',
    file: 'billing/invoices/invoice.ts',
    from: 'line.billedAt?.rate ??',
    to: '',
  },
  {
    says: 'a month is counted from the one before',
    file: 'billing/calendar/interval.ts',
    from: ".add(steps[unit](count * times), { overflow: 'constrain' })",
    to: ".add(steps[unit](count), { overflow: 'constrain' })",
  },
  {
    says: 'a day is told by the clocks of Greenwich',
    file: 'billing/calendar/day.ts',
    from: '.toZonedDateTimeISO(timeZone)',
    to: ".toZonedDateTimeISO('UTC')",
  },
  {
    says: 'the part of a period is rounded by itself',
    file: 'billing/proration/portion.ts',
    from: 'return subtract(upTo(part.until), upTo(part.from))',
    to: "return multiply(amount, { numerator: daysBetween(part.from, part.until), denominator }, 'half_up')",
  },
  {
    says: 'the day of a change belongs to what comes, whatever the rule',
    file: timeline,
    from: "if (rule.dayOfChange === 'after')",
    to: 'if (true)',
  },
  {
    says: 'something cancelled on its first day was never used',
    file: timeline,
    from: 'return atDawn ?? standing(changes.filter(({ on, price }) => on === day && price !== null))',
    to: 'return atDawn',
  },
  {
    says: 'changes out of order are taken',
    file: timeline,
    from: 'if (changes.some(({ on }, at) => on < (changes[at - 1]?.on ?? on)))',
    to: 'if (false)',
  },
  {
    says: 'what was to begin later begins all the same',
    file: timeline,
    from: '...changes.filter(({ on }) => on <= next.on),',
    to: '...changes,',
  },
  {
    says: 'unused time is charged a second time',
    file: cost,
    from: "amount: code === 'unused_time' ? negate(amount) : amount,",
    to: 'amount,',
  },
  {
    says: 'the tax of an invoice is rounded line by line',
    file: 'billing/tax/tax.ts',
    from: "if (rounding === 'line') return",
    to: 'if (true) return',
  },
  {
    says: 'a price with tax is taxed as one without',
    file: 'billing/tax/tax.ts',
    from: "denominator: prices === 'exclusive' ? denominator : denominator + numerator,",
    to: 'denominator,',
  },
  {
    says: 'the last day of a rate is already of the next',
    file: 'billing/tax/tax-rule.ts',
    from: '(until === null || day < until)',
    to: '(until === null || day <= until)',
  },
  {
    says: 'more is credited than a line was',
    file: credit,
    from: 'if (subtract(most, amount).amountMinor < 0)',
    to: 'if (false)',
  },
  {
    says: 'the tax of a credit is rounded by itself',
    file: credit,
    from: 'return { net, tax: clamp(inProportion(line.tax, net, line.net), before.tax, line.tax) }',
    to: 'return { net, tax: add(before.tax, inProportion(line.tax, wanted, line.net)) }',
  },
  {
    says: 'credits exceed an invoice that gave something back',
    file: note,
    from: 'if (compare(all.gross, invoiced.gross) > 0)',
    to: 'if (false)',
  },
  {
    says: 'a coupon is redeemed once too often',
    file: coupon,
    from: 'redemptions >= mostRedemptions',
    to: 'redemptions > mostRedemptions',
  },
  {
    says: 'a coupon holds for a period too many',
    file: coupon,
    from: '(periods === null || number < periods)',
    to: '(periods === null || number <= periods)',
  },
  {
    says: 'a coupon takes off more than there is',
    file: discount,
    from: 'return compare(off.amount, of) > 0 ? of : off.amount',
    to: 'return off.amount',
  },
  {
    says: 'a coupon reduces what comes back',
    file: discount,
    from: 'holdsFor(coupon, item) && amount && amount.amountMinor > 0',
    to: 'holdsFor(coupon, item) && amount',
  },
  {
    says: 'an expired credit pays',
    file: 'billing/credit/credit.ts',
    from: '(expiresOn === null || day < expiresOn)',
    to: '(expiresOn === null || day <= expiresOn)',
  },
  {
    says: 'a stolen card is tried again',
    file: dunning,
    from: "hard: 'wait_for_card',",
    to: 'hard: null,',
  },
  {
    says: 'a card is tried after the grace',
    file: dunning,
    from: 'return next && next < graceEnds ?',
    to: 'return next ?',
  },
  {
    says: 'each failure begins the grace again',
    file: payment,
    from: 'const unpaidSince = subscription.unpaidSince ?? day',
    to: 'const unpaidSince = day',
  },
  {
    says: 'a period is billed before the last is over',
    file: payment,
    from: "if (status === 'trialing' || day < period.until)",
    to: "if (status === 'trialing')",
  },
  {
    says: 'terms are changed while a payment is missing',
    file: change,
    from: "if (subscription.status === 'past_due') return 'subscription_unpaid'",
    to: '',
  },
  {
    says: 'a customer who comes back is new',
    file: movements,
    from: "return paidBefore ? 'reactivation' : 'new'",
    to: "return 'new'",
  },
  {
    says: 'a day is among the movements of two stretches',
    file: movements,
    from: 'if (kind && on > from && on <= to)',
    to: 'if (kind && on >= from && on <= to)',
  },
  {
    says: 'a bundle is split equally',
    file: 'billing/pricing/bundle.ts',
    from: 'weights.some(Boolean) ? weights : weights.map(() => 1)',
    to: 'weights.map(() => 1)',
  },
  {
    says: 'a record that was sent twice counts twice',
    file: 'billing/pricing/usage.ts',
    from: 'const within = [...once.values()].filter',
    to: 'const within = [...records].filter',
  },
  {
    says: 'the digits of currencies are forgotten when they are exchanged',
    file: 'billing/exchange/exchange.ts',
    from: 'numerator: numerator * 10n ** BigInt(exponentOf(to)),',
    to: 'numerator: numerator * 100n,',
  },
  {
    says: 'a document is made that does not add up',
    file: bounds,
    from: "same(of([total, ...settlements.map(({ amount }) => amount)]), due, 'The amount due')",
    to: '',
  },
  {
    says: 'a picture of any size is put on a page',
    file: 'documents/page/logo.ts',
    from: 'if (width === 0 || height === 0 || width * height > mostPixels) return false',
    to: '',
  },
  {
    says: 'words from right to left are set in the order of their memory',
    file: runs,
    from: 'return reorder(runs).map(',
    to: 'return runs.map(',
  },
  {
    says: 'Arabic digits are turned around',
    file: runs,
    from: '/\\p{L}/u.test(text) || isSetRightToLeft(text) === wanted ? text :',
    to: 'text !== "" ? text :',
  },
  {
    says: 'headings of a table are read aloud on each page',
    file: 'documents/page/table.ts',
    from: 'repeatHead(sheet, row, places, columns)\n    }',
    to: 'drawRow(sheet, body, row, places, columns, true)\n    }',
  },
]
