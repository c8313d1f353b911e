import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { none, type Sql, sql } from '@azora/kit/sql.ts'

export type AccountOrderStatus = 'open' | 'paid' | 'cancelled'

type PaymentRow = {
  id: string
  amountMinor: number
  method: 'transfer' | 'card'
  paidOn: string
  reference: string
}

/** Seats on account, with how their invoice stands. Amounts in minor units. */
export type AccountOrder = {
  id: string
  institutionId: string
  institutionName: string
  invoiceId: string
  invoiceNumber: string
  issuedOn: string
  poolId: string
  courseId: string
  courseTitle: string
  seats: number
  taken: number
  currency: string
  totalMinor: number
  taxMinor: number
  paidMinor: number
  creditedMinor: number
  dueOn: string
  sandbox: boolean
  orderedBy: string | null
  ordererName: string | null
  createdAt: string
  cancelledAt: string | null
  payments: PaymentRow[]
  creditNote: { id: string; number: string } | null
}

/** Columns of `account_orders o`, `institutions n`, `invoices i` and `seat_pools p`. */
const columns: Sql = sql`
  o.id, o.institution_id, n.name as institution_name, o.invoice_id, i.number as invoice_number, i.issued_on::text,
  o.pool_id, o.course_id, o.course_title, o.seats, p.taken, o.currency, o.total_minor, o.tax_minor, o.paid_minor,
  o.credited_minor, o.due_on::text, o.sandbox, o.ordered_by, o.orderer_name, o.created_at, o.cancelled_at,
  coalesce((select json_agg(json_build_object('id', m.id, 'amountMinor', m.amount_minor, 'method', m.method,
      'paidOn', m.paid_on, 'reference', m.reference) order by m.id)
    from invoice_payments m where m.organization_id = o.organization_id and m.invoice_id = o.invoice_id), '[]')
    as payments,
  (select json_build_object('id', k.id, 'number', k.number) from invoices k
    where k.organization_id = o.organization_id and k.invoice_id = o.invoice_id and k.kind = 'credit_note')
    as credit_note`

const joined: Sql = sql`
  account_orders o
  join institutions n on n.organization_id = o.organization_id and n.id = o.institution_id
  join invoices i on i.organization_id = o.organization_id and i.id = o.invoice_id
  join seat_pools p on p.organization_id = o.organization_id and p.id = o.pool_id`

export function selectOptionalAccountOrder(db: Queryable, orderId: string): Promise<AccountOrder | null> {
  return db.optional<AccountOrder>(sql`
    select ${columns} from ${joined} where o.organization_id = ${db.organizationId} and o.id = ${orderId}`)
}

type Found = {
  institutionId?: string | undefined
  status?: AccountOrderStatus | undefined
  cursor?: string | undefined
  limit: number
}

const ofStatus: Record<AccountOrderStatus, Sql> = {
  open: sql`and o.paid_minor + o.credited_minor < o.total_minor`,
  paid: sql`and o.paid_minor + o.credited_minor = o.total_minor and o.cancelled_at is null`,
  cancelled: sql`and o.cancelled_at is not null`,
}

/** A page of orders on account, the newest first. */
export async function selectAccountOrders(
  db: Queryable,
  { institutionId, status, cursor, limit }: Found,
): Promise<{ items: AccountOrder[]; nextCursor: string | null }> {
  const rows = await db.rows<AccountOrder>(sql`
    select ${columns} from ${joined} where o.organization_id = ${db.organizationId}
    ${institutionId ? sql`and o.institution_id = ${institutionId}` : none}
    ${status ? ofStatus[status] : none}
    ${cursor ? sql`and o.id < ${cursor}` : none}
    order by o.id desc limit ${limit + 1}`)
  const items = rows.slice(0, limit)
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

type NewAccountOrder = {
  id: string
  institutionId: string
  invoiceId: string
  poolId: string
  course: { id: string; title: string }
  seats: number
  currency: string
  totalMinor: number
  taxMinor: number
  dueOn: string
  sandbox: boolean
  orderer: { id: string; name: string }
}

export async function insertAccountOrder(tx: Transaction, order: NewAccountOrder): Promise<void> {
  const { course, orderer } = order
  await tx.run(sql`
    insert into account_orders (id, organization_id, institution_id, invoice_id, pool_id, course_id, course_title,
      seats, currency, total_minor, tax_minor, due_on, sandbox, ordered_by, orderer_name)
    values (${order.id}, ${tx.organizationId}, ${order.institutionId}, ${order.invoiceId}, ${order.poolId},
      ${course.id}, ${course.title}, ${order.seats}, ${order.currency}, ${order.totalMinor}, ${order.taxMinor},
      ${order.dueOn}, ${order.sandbox}, ${orderer.id}, ${orderer.name})`)
}

/** Hold an order until the transaction ends, so that what is paid of it is counted one after another. */
export async function lockOptionalAccountOrder(
  tx: Transaction,
  which: { orderId: string } | { invoiceId: string },
): Promise<AccountOrder | null> {
  const held = await tx.optional<{ id: string }>(sql`
    select id from account_orders where organization_id = ${tx.organizationId}
    ${'orderId' in which ? sql`and id = ${which.orderId}` : sql`and invoice_id = ${which.invoiceId}`} for update`)
  return held && selectOptionalAccountOrder(tx, held.id)
}

export async function addPaid(tx: Transaction, orderId: string, amountMinor: number): Promise<void> {
  await tx.run(sql`
    update account_orders set paid_minor = paid_minor + ${amountMinor}::bigint
    where organization_id = ${tx.organizationId} and id = ${orderId}`)
}

export async function updateCancelled(
  tx: Transaction,
  orderId: string,
  { creditedMinor, at }: { creditedMinor: number; at: string },
): Promise<void> {
  await tx.run(sql`
    update account_orders set credited_minor = ${creditedMinor}, cancelled_at = ${at}
    where organization_id = ${tx.organizationId} and id = ${orderId}`)
}

type NewPayment = {
  id: string
  invoiceId: string
  amountMinor: number
  method: 'transfer' | 'card'
  paidOn: string
  reference: string
  recordedBy: string | null
}

/** @returns false where the same is there already. */
export async function insertOptionalInvoicePayment(tx: Transaction, payment: NewPayment): Promise<boolean> {
  const made = await tx.run(sql`
    insert into invoice_payments (id, organization_id, invoice_id, amount_minor, method, paid_on, reference, recorded_by)
    values (${payment.id}, ${tx.organizationId}, ${payment.invoiceId}, ${payment.amountMinor}, ${payment.method},
      ${payment.paidOn}, ${payment.reference}, ${payment.recordedBy})
    on conflict (organization_id, invoice_id, paid_on, reference, amount_minor) do nothing`)
  return made === 1
}
