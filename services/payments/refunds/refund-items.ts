import { allocate, type Money } from '@azora/contracts/money.ts'
import { AppError, invalidField, refusal } from '@azora/kit/errors.ts'
import type { Order } from '../orders/orders.store.ts'

/** What goes back of an order's items, by their place in it: pure. */

/** In minor units, more than zero. */
export type RefundItem = { position: number; amountMinor: number }

const sumOf = (items: readonly { amountMinor: number }[]) =>
  items.reduce((sum, { amountMinor }) => sum + amountMinor, 0)

/** An amount, spread over what is left of the items by largest remainder, as a credit note spreads it over their lines. */
export function itemsOfAmount({ items }: Pick<Order, 'items'>, amount: Money): RefundItem[] {
  const left = items.map(({ leftMinor }) => Math.max(0, leftMinor))
  if (left.every(one => one === 0)) return []
  return allocate(amount, left).flatMap(({ amountMinor }, position) =>
    amountMinor > 0 ? [{ position, amountMinor }] : [],
  )
}

/**
 * All that is left of some courses. Where the processor takes a currency in steps only, the sum is rounded down to one; with
 * the last course goes what that left of those before it.
 *
 * @param step in minor units
 * @throws AppError `course_not_in_order`; `course_refunded` where nothing is left of one; `refund_too_large` for less
 * than a step.
 */
export function itemsOfCourses(
  { items, refunds, currency }: Pick<Order, 'items' | 'refunds' | 'currency'>,
  courseIds: readonly string[],
  step: number,
): RefundItem[] {
  const bought = new Set(items.map(({ courseId }) => courseId))
  const strange = courseIds.findIndex(courseId => !bought.has(courseId))
  if (strange >= 0) throw invalidField(`courseIds.${strange}`, 'course_not_in_order')
  const before = new Set(
    refunds.filter(({ status }) => status !== 'failed').flatMap(refund => refund.courseIds ?? []),
  )
  const left = items.map(({ courseId, leftMinor: amountMinor }, position) => ({
    ...{ courseId, position, amountMinor },
    isChosen: courseIds.includes(courseId),
  }))
  if (left.some(one => one.isChosen && (one.amountMinor <= 0 || before.has(one.courseId))))
    throw refusal('course_refunded')
  const isLast = left.every(one => one.isChosen || one.amountMinor <= 0 || before.has(one.courseId))
  const taken = left.filter(one => one.amountMinor > 0 && (isLast || one.isChosen))
  const all = sumOf(taken)
  const amount = { amountMinor: all - (all % step), currency }
  if (amount.amountMinor === 0) throw new AppError('refund_too_large')
  const weights = taken.map(({ amountMinor }) => amountMinor)
  return allocate(amount, weights).flatMap(({ amountMinor }, at) => {
    const { position } = taken[at] ?? { position: 0 }
    return amountMinor > 0 ? [{ position, amountMinor }] : []
  })
}
