import assert from 'node:assert/strict'
import { test } from 'node:test'
import { costOfChange } from '../proration/cost-of-change.ts'
import { cancelAtPeriodEnd, cancelNow, keep } from './cancel.ts'
import { changeAtPeriodEnd, changeNow } from './change.ts'
import { pause, resume } from './pause.ts'
import { failed, giveUp, paid, renew } from './payment.ts'
import { endTrial, expire, paidFirst, start } from './start.ts'
import { type Effect, type Outcome, opensCourses, type Subscription, type Terms } from './subscription.ts'

const terms: Terms = {
  plan: 'all',
  seats: 1,
  price: { amountMinor: 3_000, currency: 'ZAR' },
  interval: { unit: 'month', count: 1 },
}
const dearer: Terms = { ...terms, plan: 'more', price: { amountMinor: 6_000, currency: 'ZAR' } }
const yearly: Terms = { ...dearer, interval: { unit: 'year', count: 1 } }
const rule = { dayOfChange: 'after' } as const

function done(outcome: Outcome): Subscription {
  assert.ok('subscription' in outcome, 'refused' in outcome ? outcome.refused : '')
  return outcome.subscription
}
const effectsOf = (outcome: Outcome) => ('effects' in outcome ? outcome.effects : [])

const incomplete = start(terms, '2026-06-01', { trialDays: 0, anchor: 'start' })
const trialing = start(terms, '2026-06-01', { trialDays: 14, anchor: 'start' })
const active = done(paidFirst(incomplete))
const pastDue = done(failed(active, '2026-06-02'))
const paused = done(pause(active, '2026-06-16', null))
const cancelled = done(cancelNow(active, '2026-06-16'))
const expired = done(expire(incomplete, '2026-06-02'))
const states = { incomplete, trialing, active, pastDue, paused, cancelled, expired }

const transitions: Record<string, (subscription: Subscription) => Outcome> = {
  paidFirst,
  expire: one => expire(one, '2026-06-02'),
  endTrial: one => endTrial(one, '2026-06-15'),
  paid,
  failed: one => failed(one, '2026-06-15'),
  giveUp: one => giveUp(one, '2026-06-23', 'cancel'),
  renew: one => renew(one, '2026-07-01'),
  changeNow: one => changeNow(one, dearer, '2026-06-16', rule),
  changeAtPeriodEnd: one => changeAtPeriodEnd(one, dearer),
  pause: one => pause(one, '2026-06-16', null),
  resume: one => resume(one, '2026-06-26'),
  cancelNow: one => cancelNow(one, '2026-06-16'),
  cancelAtPeriodEnd,
  keep,
}

const over = 'subscription_over'
const unfinished = 'subscription_incomplete'
const pausedAlready = 'subscription_paused'
const unpaid = 'subscription_unpaid'

/** From which state each transition leads where; a word with an underscore in it is a refusal. */
const expected: Record<string, Record<keyof typeof states, string>> = {
  paidFirst: all('subscription_not_incomplete', { incomplete: 'active' }),
  expire: all('subscription_not_incomplete', { incomplete: 'expired' }),
  endTrial: all('subscription_not_trialing', { trialing: 'active' }),
  paid: all(over, {
    incomplete: unfinished,
    trialing: 'trialing',
    active: 'active',
    pastDue: 'active',
    paused: 'paused',
  }),
  failed: all(over, {
    incomplete: unfinished,
    trialing: 'past_due',
    active: 'past_due',
    pastDue: 'past_due',
    paused: pausedAlready,
  }),
  giveUp: all('subscription_not_past_due', { pastDue: 'cancelled' }),
  renew: all(over, {
    incomplete: unfinished,
    trialing: 'subscription_period_not_over',
    active: 'active',
    pastDue: 'past_due',
    paused: pausedAlready,
  }),
  changeNow: all(over, {
    incomplete: unfinished,
    trialing: 'trialing',
    active: 'active',
    pastDue: unpaid,
    paused: pausedAlready,
  }),
  changeAtPeriodEnd: all(over, {
    incomplete: unfinished,
    trialing: 'trialing',
    active: 'active',
    pastDue: unpaid,
    paused: pausedAlready,
  }),
  pause: all(over, {
    incomplete: unfinished,
    trialing: 'subscription_in_trial',
    active: 'paused',
    pastDue: unpaid,
    paused: pausedAlready,
  }),
  resume: all('subscription_not_paused', { paused: 'active' }),
  cancelNow: all(over, {
    incomplete: 'cancelled',
    trialing: 'cancelled',
    active: 'cancelled',
    pastDue: 'cancelled',
    paused: 'cancelled',
  }),
  cancelAtPeriodEnd: all(over, {
    incomplete: unfinished,
    trialing: 'trialing',
    active: 'active',
    pastDue: 'past_due',
    paused: pausedAlready,
  }),
  keep: all(over, {
    incomplete: 'subscription_does_not_cancel',
    trialing: 'subscription_does_not_cancel',
    active: 'subscription_does_not_cancel',
    pastDue: 'subscription_does_not_cancel',
    paused: 'subscription_does_not_cancel',
  }),
}

function all(otherwise: string, some: Partial<Record<keyof typeof states, string>>) {
  const names = Object.keys(states) as (keyof typeof states)[]
  return Object.fromEntries(names.map(name => [name, some[name] ?? otherwise])) as Record<
    keyof typeof states,
    string
  >
}

test('Each transition leads from each state where the table says, or is refused for its reason.', () => {
  assert.deepEqual(Object.keys(expected), Object.keys(transitions))
  for (const [name, apply] of Object.entries(transitions))
    for (const [state, subscription] of Object.entries(states)) {
      const outcome = apply(subscription)
      const told = 'refused' in outcome ? outcome.refused : outcome.subscription.status
      assert.equal(told, expected[name]?.[state as keyof typeof states], `${name} of ${state}`)
    }
})

test('Courses open and close with what a transition does to the status, and are said once.', () => {
  for (const apply of Object.values(transitions))
    for (const subscription of Object.values(states)) {
      const outcome = apply(subscription)
      if ('refused' in outcome) continue
      const said = outcome.effects.filter(({ effect }) => effect.endsWith('_courses'))
      const [was, is] = [opensCourses(subscription), opensCourses(outcome.subscription)]
      assert.deepEqual(said, was === is ? [] : [{ effect: is ? 'open_courses' : 'close_courses' }])
    }
  assert.deepEqual(
    Object.entries(states)
      .filter(([, one]) => opensCourses(one))
      .map(([name]) => name),
    ['trialing', 'active', 'pastDue'],
  )
})

test('What a change was said to cost is what its effect bills.', () => {
  const outcome = changeNow(active, dearer, '2026-06-16', rule)
  const effect = effectsOf(outcome).find(one => one.effect === 'prorate') as Effect & { effect: 'prorate' }
  const said = costOfChange(
    active.period,
    active.changes,
    { on: '2026-06-16', price: dearer.price },
    rule,
    'ZAR',
  )
  assert.deepEqual(costOfChange(effect.period, effect.changes, effect.next, rule, 'ZAR'), said)
  assert.equal(said.amount.amountMinor, 1_500)
})

test('Up and down again on one day: the second takes back what the first cost.', () => {
  const up = done(changeNow(active, dearer, '2026-06-16', rule))
  const down = effectsOf(changeNow(up, terms, '2026-06-16', rule))[0] as Effect & { effect: 'prorate' }
  assert.equal(costOfChange(down.period, down.changes, down.next, rule, 'ZAR').amount.amountMinor, -1_500)
})

test('A change at the end of the period begins with the next one, and can be taken back.', () => {
  const waiting = done(changeAtPeriodEnd(active, dearer))
  assert.deepEqual([waiting.terms, waiting.next], [terms, dearer])
  const renewed = done(renew(waiting, '2026-07-01'))
  assert.deepEqual([renewed.terms, renewed.next], [dearer, null])
  assert.deepEqual(renewed.period, { from: '2026-07-01', until: '2026-08-01' })
  assert.equal(done(changeAtPeriodEnd(waiting, terms)).next, null)
  assert.deepEqual(changeAtPeriodEnd(active, terms), { refused: 'subscription_terms_same' })
})

test('Another interval begins at once with a period of its own, or with the next period.', () => {
  const now = changeNow(active, yearly, '2026-06-16', rule)
  assert.deepEqual(done(now).period, { from: '2026-06-16', until: '2027-06-16' })
  assert.equal(effectsOf(now)[0]?.effect, 'change_interval')
  const later = done(renew(done(changeAtPeriodEnd(active, yearly)), '2026-07-01'))
  assert.deepEqual([later.anchor, later.period.until], ['2026-07-01', '2027-07-01'])
})

test('On the day of a change of interval it can be changed again: none of the new period is used yet.', () => {
  const before = { dayOfChange: 'before' } as const
  const day = '2026-06-16'
  const switched = done(changeNow(active, yearly, day, before))
  assert.equal(switched.period.from, '2026-06-17')
  const cost = (outcome: Outcome) => {
    const effect = effectsOf(outcome).find(one => one.effect === 'prorate') as Effect & { effect: 'prorate' }
    return costOfChange(effect.period, effect.changes, effect.next, before, 'ZAR').amount.amountMinor
  }
  assert.equal(cost(cancelNow(switched, day)), -6_000)
  assert.equal(cost(changeNow(switched, { ...yearly, price: terms.price }, day, before)), -3_000)
  const resting = pause(switched, day, null)
  assert.equal(cost(resting), -6_000)
  const again = resume(done(resting), day)
  assert.equal(cost(again), 6_000)
  assert.deepEqual(done(again).period, switched.period)
  // 17 June 2026 to 17 June 2027: 365 days, of which the last ten are left.
  assert.equal(cost(resume(done(resting), '2027-06-07')), 6_000 - Math.round((6_000 * 355) / 365))
})

test('A renewal is refused until its period is over, and bills one period at a time.', () => {
  assert.deepEqual(renew(active, '2026-06-30'), { refused: 'subscription_period_not_over' })
  const outcome = renew(active, '2026-09-15')
  assert.deepEqual(done(outcome).period, { from: '2026-07-01', until: '2026-08-01' })
  assert.deepEqual(effectsOf(outcome), [{ effect: 'invoice_period', period: done(outcome).period }])
})

test('Periods that follow the calendar begin on the first, the first of them in the middle.', () => {
  const aligned = start(terms, '2026-06-20', { trialDays: 0, anchor: 'calendar' })
  assert.deepEqual(aligned.period, { from: '2026-06-01', until: '2026-07-01' })
  assert.deepEqual(aligned.changes, [{ on: '2026-06-20', price: terms.price }])
})

test('Cancelled for the end of the period or trial, it is over then, and open until.', () => {
  const ending = done(cancelAtPeriodEnd(active))
  assert.ok(opensCourses(ending))
  assert.equal(done(renew(ending, '2026-07-03')).endedOn, '2026-07-01')
  assert.equal(done(renew(done(keep(ending)), '2026-07-01')).status, 'active')
  const unwanted = endTrial(done(cancelAtPeriodEnd(trialing)), '2026-06-15')
  assert.equal(done(unwanted).status, 'cancelled')
  assert.deepEqual(effectsOf(unwanted), [{ effect: 'close_courses' }])
  assert.deepEqual(cancelAtPeriodEnd(ending), { refused: 'subscription_already_cancels' })
  assert.deepEqual(pause(ending, '2026-06-16', null), { refused: 'subscription_already_cancels' })
  assert.deepEqual(changeAtPeriodEnd(ending, dearer), { refused: 'subscription_already_cancels' })
})

test('A trial ends on its day, at what was agreed last, and nothing was prorated meanwhile.', () => {
  assert.deepEqual(endTrial(trialing, '2026-06-14'), { refused: 'subscription_trial_not_over' })
  const changed = changeNow(trialing, dearer, '2026-06-10', rule)
  assert.deepEqual(effectsOf(changed), [])
  const began = endTrial(done(changed), '2026-06-15')
  assert.deepEqual(done(began).period, { from: '2026-06-15', until: '2026-07-15' })
  assert.equal(done(began).changes[0]?.price, dearer.price)
})

test('A pause credits, and going on charges what is left of the period that day lies in.', () => {
  const cost = (outcome: Outcome) => {
    const effect = effectsOf(outcome).find(one => one.effect === 'prorate') as Effect & { effect: 'prorate' }
    return costOfChange(effect.period, effect.changes, effect.next, rule, 'ZAR').amount.amountMinor
  }
  assert.equal(cost(pause(active, '2026-06-16', null)), -1_500)
  assert.equal(cost(resume(paused, '2026-06-26')), 500)
  const later = resume(paused, '2026-08-30')
  assert.deepEqual(done(later).period, { from: '2026-08-01', until: '2026-09-01' })
  // Two of 31 days of 3,000: what is due up to the 29th is 2,806.45.
  assert.equal(cost(later), 194)
  assert.deepEqual(pause(active, '2026-06-16', '2026-06-16'), { refused: 'subscription_resumes_in_the_past' })
})

test('The grace is counted from the first failure, and a payment ends it.', () => {
  const again = done(failed(pastDue, '2026-06-09'))
  assert.equal(again.unpaidSince, '2026-06-02')
  assert.equal(done(paid(again)).unpaidSince, null)
  assert.equal(done(giveUp(pastDue, '2026-06-23', 'pause')).status, 'paused')
  assert.equal(done(giveUp(pastDue, '2026-06-23', 'stay_past_due')).status, 'past_due')
})

test('What was never paid is not credited when it is cancelled.', () => {
  assert.deepEqual(effectsOf(cancelNow(pastDue, '2026-06-16')), [{ effect: 'close_courses' }])
  assert.deepEqual(effectsOf(cancelNow(incomplete, '2026-06-16')), [{ effect: 'void_invoice' }])
  assert.equal(effectsOf(cancelNow(active, '2026-06-16'))[0]?.effect, 'prorate')
})

test('Terms of another currency, the same terms, and no seats are refused.', () => {
  const dollars = { ...dearer, price: { amountMinor: 500, currency: 'USD' } }
  assert.deepEqual(changeNow(active, dollars, '2026-06-16', rule), { refused: 'subscription_other_currency' })
  assert.deepEqual(changeNow(active, { ...terms }, '2026-06-16', rule), {
    refused: 'subscription_terms_same',
  })
  assert.throws(
    () => start({ ...terms, seats: 0 }, '2026-06-01', { trialDays: 0, anchor: 'start' }),
    RangeError,
  )
})
