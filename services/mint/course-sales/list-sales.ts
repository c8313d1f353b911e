import { csvLine } from '@azora/contracts/csv.ts'
import type { Money } from '@azora/contracts/money.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { type Months, selectMoved, selectSold } from './course-sales.store.ts'
import { type CourseMonth, type Sums, sumSales, totalsOf } from './sum-sales.ts'

async function salesOf(db: Queryable, instructorId: string | null, months: Months): Promise<CourseMonth[]> {
  const sold = await selectSold(db, instructorId, months)
  const paymentIds = [...new Set(sold.map(({ paymentId }) => paymentId))]
  const moved = paymentIds.length > 0 ? await selectMoved(db, paymentIds, months) : []
  return sumSales(sold, moved, {
    by: instructorId,
    within: month => month >= months.from && month <= months.to,
  })
}

function shown<T extends Sums & { currency: string }>({ currency, sold, ...row }: T) {
  const money = (amountMinor: number) => ({ amountMinor, currency })
  return {
    currency,
    sold,
    gross: money(row.gross),
    discount: money(row.discount),
    refunded: money(row.refunded),
    tax: money(row.tax),
    platform: money(row.platform),
    school: money(row.school),
    instructor: money(row.instructor),
    fee: money(row.fee),
  }
}

/** What an instructor's courses sold, or all of the school's, by course and month, the newest month first. */
export async function listCourseSales(db: Queryable, instructorId: string | null, months: Months) {
  const rows = await salesOf(db, instructorId, months)
  return {
    items: rows.map(row => {
      const { currency: _, ...amounts } = shown(row)
      return { courseId: row.courseId, title: row.title, month: row.month, ...amounts }
    }),
    totals: totalsOf(rows).map(shown),
  }
}

type Shown = Awaited<ReturnType<typeof listCourseSales>>['items'][number]

/** The columns of the files, in their order. */
const columns = {
  Month: row => row.month,
  Course: row => row.title,
  Sold: row => row.sold,
  Gross: row => row.gross,
  Refunded: row => row.refunded,
  Tax: row => row.tax,
  Platform: row => row.platform,
  School: row => row.school,
  Instructor: row => row.instructor,
  'Processing fee': row => row.fee,
  Currency: row => row.gross.currency,
  Discounts: row => row.discount,
} satisfies Record<string, (row: Shown) => string | number | Money>

export async function courseSalesCsv(
  db: Queryable,
  instructorId: string | null,
  months: Months,
): Promise<string> {
  const { items } = await listCourseSales(db, instructorId, months)
  const lines = items.map(row => csvLine(Object.values(columns).map(cell => cell(row))))
  return [csvLine(Object.keys(columns)), ...lines].join('')
}
