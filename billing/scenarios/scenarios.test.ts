import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Money, zero } from '@azora/contracts/money.ts'
import { inMinorUnits } from '../analytics/fraction.ts'
import { monthly } from '../analytics/mrr.ts'
import { type Day, dayAt } from '../calendar/day.ts'
import { nextStep, usualSchedule } from '../dunning/schedule.ts'
import { convert, inverse, rateFrom } from '../exchange/exchange.ts'
import {
  creditNoteOf,
  creditNoteOfAmount,
  creditNoteOfRest,
  type LineCredit,
} from '../invoices/credit-note.ts'
import { creditOf } from '../invoices/credit-of-line.ts'
import { invoiceOf } from '../invoices/invoice.ts'
import { splitBundle } from '../pricing/bundle.ts'
import { priceOf } from '../pricing/price-model.ts'
import { usageOf } from '../pricing/usage.ts'
import { costOfInterval } from '../proration/change-of-interval.ts'
import { costOfChange } from '../proration/cost-of-change.ts'
import { type Change, chargeOf } from '../proration/timeline.ts'
import { earnedByMonth } from '../recognition/deferred-revenue.ts'
import { failed, giveUp, paid } from '../subscriptions/payment.ts'
import { endTrial, start } from '../subscriptions/start.ts'
import type { Outcome, Subscription } from '../subscriptions/subscription.ts'
import { southAfricanVat } from '../tax/south-africa.ts'
import { taxOf } from '../tax/tax.ts'
import { changes } from './changes.ts'
import { charges } from './charges.ts'
import { credits } from './credits.ts'
import { invoices } from './invoices.ts'
import { prices } from './prices.ts'
import { revenue } from './revenue.ts'
import type {
  CreditScenario,
  InvoiceScenario,
  PriceChange,
  Scenario,
  TrialScenario,
  When,
} from './scenario.ts'

const table: readonly Scenario[] = [...charges, ...changes, ...prices, ...invoices, ...credits, ...revenue]

const dayOf = (when: When): Day => (typeof when === 'string' ? when : dayAt(new Date(when.at), when.timeZone))

function changeOf([when, amountMinor]: PriceChange, currency: string): Change {
  return { on: dayOf(when), price: amountMinor === null ? null : { amountMinor, currency } }
}

function invoiceFor(scenario: InvoiceScenario) {
  const { currency = 'ZAR' } = scenario
  return invoiceOf({
    currency,
    day: scenario.day ?? '2026-06-01',
    jurisdiction: scenario.jurisdiction ?? 'ZA',
    rules: scenario.rules ?? southAfricanVat,
    prices: scenario.prices ?? 'exclusive',
    taxRounding: scenario.taxRounding ?? 'line',
    lines: scenario.lines.map(line => ({
      item: line.item ?? 'course',
      quantity: line.quantity ?? 1,
      amount: { amountMinor: line.amount, currency },
      category: line.category ?? 'standard',
      because: line.because ?? { code: 'purchase' },
      suppliedOn: line.suppliedOn,
      ...(line.billedAt && { billedAt: line.billedAt }),
    })),
    coupons: scenario.coupons ?? [],
    credits: scenario.credits ?? [],
  })
}

function invoiceFigures(scenario: InvoiceScenario) {
  const invoice = invoiceFor(scenario)
  const { discount, net, tax, total, due, toCredit } = invoice
  const of = ({ amountMinor }: Money) => amountMinor
  const all = {
    discount: of(discount),
    net: of(net),
    tax: of(tax),
    total: of(total),
    due: of(due),
    toCredit: of(toCredit),
    nets: invoice.lines.map(line => of(line.net)),
  }
  return Object.fromEntries(Object.entries(all).filter(([name]) => name in scenario.expected))
}

function creditFigures({ invoice, credits, currency = 'ZAR' }: CreditScenario) {
  const money = (amountMinor: number) => ({ amountMinor, currency })
  const lines = invoice.map(([net, tax]) => ({ net: money(net), tax: money(tax), gross: money(net + tax) }))
  const before: LineCredit[] = []
  return credits.map(credit => {
    const wanted = (line: number) => [
      {
        line,
        credit:
          'rest' in credit
            ? ('rest' as const)
            : 'net' in credit
              ? { net: money(credit.net) }
              : { gross: money('gross' in credit ? credit.gross : 0) },
      },
    ]
    const note =
      'line' in credit
        ? creditNoteOf(lines, before, wanted(credit.line), currency)
        : 'all' in credit
          ? creditNoteOfRest(lines, before, currency)
          : creditNoteOfAmount(lines, before, money(credit.gross))
    if ('refused' in note) return note.refused
    before.push(...note.lines)
    return [note.net.amountMinor, note.tax.amountMinor, note.gross.amountMinor]
  })
}

function done(outcome: Outcome): Subscription {
  assert.ok('subscription' in outcome, 'refused' in outcome ? outcome.refused : '')
  return outcome.subscription
}

/** A trial that ends, day by day, as the service will live through it. */
function trialFigures({ startsOn, trialDays, price, declineCode, paidOn }: TrialScenario) {
  const terms = {
    plan: 'all-courses',
    seats: 1,
    price: { amountMinor: price, currency: 'ZAR' },
    interval: { unit: 'month', count: 1 },
  } as const
  const trialing = start(terms, startsOn, { trialDays, anchor: 'start' })
  const ended = trialing.period.until
  const { due } = invoiceFor({
    kind: 'invoice',
    name: '',
    because: '',
    day: ended,
    lines: [{ amount: price }],
    expected: { net: 0, tax: 0, total: 0 },
  })
  let subscription = done(failed(done(endTrial(trialing, ended)), ended))
  assert.equal(subscription.status, 'past_due')
  const failures = [{ on: ended, declineCode }]
  const retries: Day[] = []
  for (;;) {
    const step = nextStep(usualSchedule, failures, failures.at(-1)?.on ?? ended, false)
    if (step.step === 'retry') {
      retries.push(step.on)
      if (step.on === paidOn) {
        subscription = done(paid(subscription))
        return { due: due.amountMinor, retries, ends: subscription.status, on: step.on }
      }
      failures.push({ on: step.on, declineCode })
      continue
    }
    assert.ok(step.step !== 'finish', 'the grace is not over')
    const last = nextStep(usualSchedule, failures, step.until, false)
    assert.ok(last.step === 'finish')
    subscription = done(giveUp(subscription, step.until, last.action))
    return { due: due.amountMinor, retries, ends: subscription.status, on: subscription.endedOn }
  }
}

/** What comes out for a scenario, in the form of what is expected. */
function outcomeOf(scenario: Scenario): unknown {
  const { currency = 'ZAR' } = scenario
  const money = (amountMinor: number) => ({ amountMinor, currency })
  switch (scenario.kind) {
    case 'charge': {
      const { from, until, dayOfChange } = scenario
      const timeline = scenario.changes.map(change => changeOf(change, currency))
      return chargeOf({ from, until }, timeline, { dayOfChange }, currency).amountMinor
    }
    case 'change': {
      const { from, until, dayOfChange, next, lines } = scenario
      const timeline = scenario.changes.map(change => changeOf(change, currency))
      const cost = costOfChange(
        { from, until },
        timeline,
        changeOf(next, currency),
        { dayOfChange },
        currency,
      )
      if (lines)
        assert.deepEqual(
          cost.lines.map(({ amount }) => amount.amountMinor),
          lines,
        )
      return cost.amount.amountMinor
    }
    case 'interval': {
      const { from, until, dayOfChange, next, expectedPeriod } = scenario
      const timeline = scenario.changes.map(change => changeOf(change, currency))
      const cost = costOfInterval(
        { from, until },
        timeline,
        { ...next, price: money(next.price) },
        { dayOfChange },
      )
      assert.deepEqual([cost.period.from, cost.period.until], expectedPeriod)
      return cost.amount.amountMinor
    }
    case 'cancel': {
      const { from, until, dayOfChange, cancelled, rate } = scenario
      const period = { from, until }
      const timeline = scenario.changes.map(change => changeOf(change, currency))
      const price = timeline[0]?.price ?? zero(currency)
      const next = { on: dayOf(cancelled), price: null }
      const { amount } = costOfChange(period, timeline, next, { dayOfChange }, currency)
      const billed = taxOf(price, { numerator: rate[0], denominator: rate[1] }, 'exclusive')
      const credit = creditOf(billed, [], { net: money(-amount.amountMinor) })
      assert.ok('net' in credit)
      return [credit.net.amountMinor, credit.tax.amountMinor, credit.gross.amountMinor]
    }
    case 'price':
      return priceOf(scenario.model, scenario.quantity, currency).amount.amountMinor
    case 'usage': {
      const { from, until, how, timeZone, model } = scenario
      const records = scenario.records.map(([id, at, quantity]) => ({ id, at: new Date(at), quantity }))
      return priceOf(model, usageOf(records, how, { from, until }, timeZone), currency).amount.amountMinor
    }
    case 'bundle':
      return splitBundle(money(scenario.price), scenario.alone.map(money)).map(part => part.amountMinor)
    case 'invoice':
      return invoiceFigures(scenario)
    case 'credit':
      return creditFigures(scenario)
    case 'exchange': {
      const [decimal, from, to] = scenario.rate
      const rate = rateFrom(decimal, { from, to, on: '2026-06-01', source: 'the table of scenarios' })
      const [amountMinor, paidIn] = scenario.amount
      const amount = { amountMinor, currency: paidIn }
      return convert(amount, scenario.inverse ? inverse(rate) : rate, 'half_up').amountMinor
    }
    case 'recognition': {
      const { amount, from, until } = scenario
      return earnedByMonth(money(amount), { from, until }).map(month => month.amount.amountMinor)
    }
    case 'mrr':
      return inMinorUnits(monthly(money(scenario.price), scenario.interval), currency).amountMinor
    case 'trial':
      return trialFigures(scenario)
  }
}

test('The table of scenarios has sixty at least, each with a name of its own.', () => {
  assert.ok(table.length >= 60, String(table.length))
  assert.equal(new Set(table.map(({ name }) => name)).size, table.length)
})

for (const scenario of table)
  test(`${scenario.name}. (${scenario.because})`, () => {
    assert.deepEqual(outcomeOf(scenario), scenario.expected)
  })
