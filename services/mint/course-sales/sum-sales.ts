import { allocate } from '@azora/contracts/money.ts'
import type { Moved, Part, Sold } from './course-sales.store.ts'

/** What sales came to, by course and month, from what was booked: pure. Amounts are minor units. */

export type Sums = {
  sold: number
  gross: number
  discount: number
  refunded: number
  fee: number
} & Record<Part, number>

export type CourseMonth = Sums & { courseId: string; title: string; month: string; currency: string }

const parts = ['tax', 'platform', 'school', 'instructor'] as const

const partOf: Record<string, Part> = {
  tax_payable: 'tax',
  platform_revenue: 'platform',
  revenue: 'school',
  instructor_payable: 'instructor',
}

/** By course, month and currency. */
export type SalesByCourse = Map<string, CourseMonth>

/**
 * Add the sales of some payments to what those of others came to.
 *
 * @param sold all sales of the payments, those of others too
 * @param moved what went back of them, and what was kept
 * @param by whose sales are summed; null for everyone's
 * @param within whether a month is asked for: a sale may be of an earlier one, and only its refund in it
 */
export function addSales(
  rows: SalesByCourse,
  { sold, moved }: { sold: readonly Sold[]; moved: readonly Moved[] },
  { by, within }: { by: string | null; within: (month: string) => boolean },
): void {
  const rowOf = ({ courseId, title, currency }: Sold, month: string): CourseMonth => {
    const key = JSON.stringify([courseId, month, currency])
    const known = rows.get(key)
    if (known) return known
    const none = {
      sold: 0,
      gross: 0,
      discount: 0,
      refunded: 0,
      fee: 0,
      tax: 0,
      platform: 0,
      school: 0,
      instructor: 0,
    }
    const row = { courseId, title, month, currency, ...none }
    rows.set(key, row)
    return row
  }
  const isOurs = ({ instructorId }: Sold) => by === null || instructorId === by
  for (const sale of sold) {
    if (!isOurs(sale) || !within(sale.month)) continue
    const row = rowOf(sale, sale.month)
    row.sold += 1
    row.gross += sale.gross
    row.discount += sale.discount
    for (const part of parts) row[part] += sale[part]
  }
  const ofPayment = Map.groupBy(sold, ({ paymentId }) => paymentId)
  for (const { paymentId, month, isFee, accountKind, ownerId, saleId, amount } of moved) {
    const all = ofPayment.get(paymentId) ?? []
    const sales = saleId === null ? all : all.filter(({ bookingId }) => bookingId === saleId)
    const part = partOf[accountKind]
    const weights = sales.map(sale => (isFee ? sale.gross : part ? weightOf(sale, part, ownerId) : 0))
    if (weights.every(weight => weight === 0)) continue
    const currency = sales[0]?.currency ?? ''
    const shares = allocate({ amountMinor: amount, currency }, weights)
    for (const [at, sale] of sales.entries()) {
      const share = shares[at]?.amountMinor ?? 0
      if (!isOurs(sale) || share === 0) continue
      const row = rowOf(sale, month)
      if (isFee) row.fee += share
      else if (part) {
        row.refunded += share
        row[part] -= share
      }
    }
  }
}

/** The newest month first, and of each the courses by title. */
export const inOrder = (rows: SalesByCourse): CourseMonth[] =>
  [...rows.values()].sort(
    (a, b) =>
      b.month.localeCompare(a.month) ||
      a.title.localeCompare(b.title) ||
      a.currency.localeCompare(b.currency),
  )

/** By what a part that goes back is shared among the sales of its payment: what each had given to it. */
function weightOf(sale: Sold, part: Part, ownerId: string): number {
  // The school has the share of an instructor that there is not.
  if (part === 'school') return sale.school + (sale.instructorId === null ? sale.instructor : 0)
  if (part === 'instructor') return sale.instructorId === ownerId ? sale.instructor : 0
  return sale[part]
}

/** All of it, by currency. */
export function totalsOf(rows: readonly CourseMonth[]): (Sums & { currency: string })[] {
  return [...Map.groupBy(rows, ({ currency }) => currency)].map(([currency, all]) => {
    const total = (of: (row: CourseMonth) => number) => all.reduce((sum, row) => sum + of(row), 0)
    return {
      currency,
      sold: total(row => row.sold),
      gross: total(row => row.gross),
      discount: total(row => row.discount),
      refunded: total(row => row.refunded),
      fee: total(row => row.fee),
      tax: total(row => row.tax),
      platform: total(row => row.platform),
      school: total(row => row.school),
      instructor: total(row => row.instructor),
    }
  })
}
