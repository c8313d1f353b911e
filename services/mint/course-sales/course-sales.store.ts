import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { none, sql } from '@azora/kit/sql.ts'

export type CourseSale = {
  bookingId: string
  paymentId: string
  courseId: string
  instructorId: string | null
  title: string
  currency: string
  /** What was paid. */
  gross: number
  /** What a coupon took off before. */
  discount: number
}

export async function insertCourseSale(tx: Transaction, sale: CourseSale): Promise<void> {
  await tx.run(sql`
    insert into course_sales (organization_id, booking_id, payment_id, course_id, instructor_id, title, currency, gross,
      discount)
    values (${tx.organizationId}, ${sale.bookingId}, ${sale.paymentId}, ${sale.courseId}, ${sale.instructorId},
      ${sale.title}, ${sale.currency}, ${sale.gross}, ${sale.discount})
    on conflict (organization_id, booking_id) do nothing`)
}

/** Who has a part of what was sold. */
export type Part = 'tax' | 'platform' | 'school' | 'instructor'

/** A sale of a payment, with what each part got of it. */
export type Sold = CourseSale & { month: string } & Record<Part, number>

export type Months = { from: string; to: string; timeZone: string }

/** When a month begins, as a time. */
const begin = (month: string, timeZone: string) =>
  sql`((${`${month}-01`}::date)::timestamp at time zone ${timeZone})`

/** After the last of the months. */
const end = ({ to, timeZone }: Months) =>
  sql`(((${`${to}-01`}::date + interval '1 month')::timestamp) at time zone ${timeZone})`

/** The payments in which something of an instructor, or of anyone, was sold in these months, or went back. */
export async function selectPayments(
  db: Queryable,
  instructorId: string | null,
  months: Months,
): Promise<string[]> {
  const { from, timeZone } = months
  const rows = await db.rows<{ paymentId: string }>(sql`
    select distinct s.payment_id from course_sales s
    join transfers t on t.organization_id = s.organization_id and t.reference_type = 'payment'
      and t.reference_id = s.payment_id::text
    where s.organization_id = ${db.organizationId}
      ${instructorId === null ? none : sql`and s.instructor_id = ${instructorId}`}
      and t.booked_at >= ${begin(from, timeZone)} and t.booked_at < ${end(months)}
    order by s.payment_id`)
  return rows.map(({ paymentId }) => paymentId)
}

/** All sales of payments, whosever they are, since what goes back of one is shared by all of it. */
export function selectSold(db: Queryable, paymentIds: readonly string[], timeZone: string): Promise<Sold[]> {
  return db.rows<Sold>(sql`
    select s.booking_id, s.payment_id, s.course_id, s.instructor_id, s.title, s.currency, s.gross, s.discount,
      to_char(min(t.booked_at) at time zone ${timeZone}, 'YYYY-MM') as month,
      coalesce(sum(t.amount) filter (where t.kind = 'tax'), 0)::bigint as tax,
      coalesce(sum(t.amount) filter (where t.kind = 'platform'), 0)::bigint as platform,
      coalesce(sum(t.amount) filter (where t.kind = 'school'), 0)::bigint as school,
      coalesce(sum(t.amount) filter (where t.kind = 'instructor'), 0)::bigint as instructor
    from course_sales s
    join transfers t on t.organization_id = s.organization_id and t.booking_id = s.booking_id
    where s.organization_id = ${db.organizationId} and s.payment_id = any(${[...paymentIds]}::uuid[])
    group by s.organization_id, s.booking_id order by s.payment_id, s.booking_id`)
}

/** What went back of payments, or was kept by the processor, by the account that it came from; less than zero where it came back. */
export type Moved = {
  paymentId: string
  month: string
  isFee: boolean
  accountKind: string
  /** Of an instructor's account: whose. */
  ownerId: string
  /** The sale that it is of; null where it is of all of the payment. */
  saleId: string | null
  amount: number
}

export function selectMoved(db: Queryable, paymentIds: readonly string[], months: Months): Promise<Moved[]> {
  const { from, timeZone } = months
  return db.rows<Moved>(sql`
    select t.reference_id as payment_id, to_char(t.booked_at at time zone ${timeZone}, 'YYYY-MM') as month,
      a.kind = 'fees' as is_fee, a.kind as account_kind, a.owner_id,
      case t.kind when 'refund_failed' then refunded.booking_id else corrected.booking_id end as sale_id,
      case when a.id = t.debit_account_id then t.amount else -t.amount end as amount
    from transfers t
    left join transfers corrected on corrected.organization_id = t.organization_id and corrected.id = t.corrects_id
    left join transfers refunded on refunded.organization_id = t.organization_id and refunded.id = corrected.corrects_id
    join accounts a on a.organization_id = t.organization_id and (
      (t.kind in ('refund', 'chargeback') and a.id = t.debit_account_id)
      or (t.kind = 'refund_failed' and a.id = t.credit_account_id)
      or (t.kind = 'processor_fee' and a.kind = 'fees' and a.id in (t.debit_account_id, t.credit_account_id)))
    where t.organization_id = ${db.organizationId} and t.reference_type = 'payment'
      and t.reference_id = any(${[...paymentIds]}::text[])
      and t.booked_at >= ${begin(from, timeZone)} and t.booked_at < ${end(months)}
    order by t.sequence`)
}
