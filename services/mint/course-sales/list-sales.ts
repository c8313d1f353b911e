import { csvLine } from '@azora/contracts/csv.ts'
import type { Money } from '@azora/contracts/money.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { type Months, selectMoved, selectPayments, selectSold } from './course-sales.store.ts'
import { addSales, type CourseMonth, inOrder, type SalesByCourse, type Sums, totalsOf } from './sum-sales.ts'

/** Of a year of a large school there are many, and to share them out takes 10 microseconds each: others are served between. */
const paymentsAtOnce = 200

async function salesOf(db: Queryable, instructorId: string | null, months: Months): Promise<CourseMonth[]> {
  const rows: SalesByCourse = new Map()
  const asked = {
    by: instructorId,
    within: (month: string) => month >= months.from && month <= months.to,
  }
  const all = await selectPayments(db, instructorId, months)
  for (let at = 0; at < all.length; at += paymentsAtOnce) {
    const some = all.slice(at, at + paymentsAtOnce)
    const sold = await selectSold(db, some, months.timeZone)
    addSales(rows, { sold, moved: await selectMoved(db, some, months) }, asked)
  }
  return inOrder(rows)
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
