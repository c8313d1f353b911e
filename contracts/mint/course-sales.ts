import { z } from 'zod'
import { operation } from '../operation.ts'
import { id } from '../wire.ts'
import { currencyCode, money, price } from '../wire-money.ts'
import { mintFailures } from './failures.ts'
import { timeZone } from './time-zone.ts'

const tags: [string] = ['mint']

/** `2026-11` */
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)

const amounts = {
  /** How many were sold. */
  sold: z.number().int(),
  gross: price,
  /** What coupons took off before. */
  discount: price,
  /** What went back in this month, of these or earlier sales. */
  refunded: price,
  /** Gross less what went back, as it was shared out. */
  tax: money,
  platform: money,
  school: money,
  instructor: money,
  /** What the processor kept, which the school pays from its share. */
  fee: price,
}

const period = z
  .object({
    /** The first and the last month. */
    from: month,
    to: month,
    timeZone: timeZone.default('Africa/Johannesburg'),
  })
  .refine(({ from, to }) => from <= to, { error: mintFailures.fields.period_backwards, path: ['to'] })

const sales = z.object({
  items: z.array(z.object({ courseId: id, title: z.string(), month, ...amounts })),
  totals: z.array(z.object({ currency: currencyCode, ...amounts })),
})

/** What courses have sold. */
export const courseSaleOperations = {
  listCourseSales: operation({
    method: 'GET',
    path: '/mint/course-sales',
    access: 'course.author',
    tags,
    summary: 'What your courses sold, by course and month, and how it was shared out.',
    description:
      'From the journal: in each row, gross less what was refunded is what tax, platform, school and you have together. A refund counts in the month in which it was made.',
  })
    .input(period)
    .output(sales),
  listSchoolSales: operation({
    method: 'GET',
    path: '/mint/school-sales',
    access: 'ledger.read',
    tags,
    summary: 'What all courses of the school sold, by course and month, and how it was shared out.',
    description: 'As `listCourseSales`, of all instructors. What was sold to subscribers is not in it.',
  })
    .input(period)
    .output(sales),
}

export const courseSaleFiles = {
  exportCourseSales: operation({
    method: 'GET',
    path: '/mint/course-sales.csv',
    access: 'course.author',
    raw: 'download',
    speech: { mediaType: 'text/csv' },
    tags,
    summary: 'What your courses sold, as CSV (RFC 4180).',
  })
    .input(period)
    .output(z.unknown()),
  exportSchoolSales: operation({
    method: 'GET',
    path: '/mint/school-sales.csv',
    access: 'ledger.read',
    raw: 'download',
    speech: { mediaType: 'text/csv' },
    tags,
    summary: 'What all courses of the school sold, as CSV (RFC 4180).',
  })
    .input(period)
    .output(z.unknown()),
}
