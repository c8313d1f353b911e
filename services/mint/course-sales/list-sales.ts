import { csvLine } from '@azora/contracts/csv.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { type Months, selectMoved, selectSold } from './course-sales.store.ts'
import { type CourseMonth, type Sums, sumSales, totalsOf } from './sum-sales.ts'

async function salesOf(db: Queryable, instructorId: string, months: Months): Promise<CourseMonth[]> {
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
    refunded: money(row.refunded),
    tax: money(row.tax),
    platform: money(row.platform),
    school: money(row.school),
    instructor: money(row.instructor),
    fee: money(row.fee),
  }
}

/** What an instructor's courses sold, by course and month, the newest month first. */
export async function listCourseSales(db: Queryable, instructorId: string, months: Months) {
  const rows = await salesOf(db, instructorId, months)
  return {
    items: rows.map(row => {
      const { currency: _, ...amounts } = shown(row)
      return { courseId: row.courseId, title: row.title, month: row.month, ...amounts }
    }),
    totals: totalsOf(rows).map(shown),
  }
}

const headings = [
  'Month',
  'Course',
  'Sold',
  'Gross',
  'Refunded',
  'Tax',
  'Platform',
  'School',
  'Instructor',
  'Processing fee',
  'Currency',
]

export async function courseSalesCsv(db: Queryable, instructorId: string, months: Months): Promise<string> {
  const { items } = await listCourseSales(db, instructorId, months)
  const lines = items.map(({ month, title, sold, gross, refunded, tax, platform, school, instructor, fee }) =>
    csvLine([month, title, sold, gross, refunded, tax, platform, school, instructor, fee, gross.currency]),
  )
  return [csvLine(headings), ...lines].join('')
}
