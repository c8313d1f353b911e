import type { Day } from '@azora/billing/calendar/day.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { buyerOf } from '../buyers/buyer.ts'
import type { Stored } from '../subscriptions/subscriptions.store.ts'
import { planOfTerms } from '../subscriptions/terms-of-plan.ts'
import { priceLines, taxTermsOf } from '../tax/tax-terms.ts'
import { insertMoment, type Moment, selectMoments } from './history.store.ts'

/** One that is late counts until its grace is over: then it ends. */
const pays = (status: string): boolean => status === 'active' || status === 'past_due'

/**
 * Write down what a subscription comes to from today on, where that is another thing than before. What was agreed keeps the
 * amount without tax that it had: another rate of tax makes nobody's revenue grow.
 */
export async function noteMoment(tx: Transaction, stored: Stored, day: Day): Promise<void> {
  const { state, currency } = stored
  // It has not begun.
  if (state.status === 'incomplete' || state.status === 'expired') return
  const { price, interval } = state.terms
  const { planId, version: planVersion } = planOfTerms(state.terms)
  const agreed = { planId, planVersion, currency, agreedMinor: price.amountMinor, ...interval }
  const moments = await selectMoments(tx, stored.id)
  const same = moments.filter(one => isSame(one, agreed))
  const known = same.find(({ netMinor }) => netMinor !== null)?.netMinor
  const netMinor = pays(state.status) ? (known ?? (await withoutTax(tx, stored, day))) : null
  const last = moments.at(-1)
  if (last && isSame(last, agreed) && last.status === state.status && last.netMinor === netMinor) return
  const { unit, count, ...terms } = agreed
  await insertMoment(tx, stored.id, { onDay: day, status: state.status, ...terms, netMinor, unit, count })
}

type Agreed = Omit<Moment, 'onDay' | 'status' | 'netMinor'>

const isSame = (one: Agreed, other: Agreed): boolean =>
  one.planId === other.planId &&
  one.planVersion === other.planVersion &&
  one.agreedMinor === other.agreedMinor &&
  one.unit === other.unit &&
  one.count === other.count

async function withoutTax(tx: Transaction, stored: Stored, day: Day): Promise<number> {
  const { ownerId, ownerName, currency, state } = stored
  const buyer = ownerId ? await buyerOf(tx, { id: ownerId, name: ownerName }) : nobody
  const amount = state.terms.price
  const line = { item: '', quantity: 1, amount, category: 'standard', because: { code: 'purchase' } } as const
  return priceLines(await taxTermsOf(tx, buyer), { currency, day, lines: [line] }).net.amountMinor
}

const nobody = { country: null, taxNumber: null }
