import type { Money } from '@azora/contracts/money.ts'
import type { refundReason } from '@azora/contracts/payments/shapes.ts'
import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { none, type Sql, sql } from '@azora/kit/sql.ts'
import type { z } from 'zod'
import type { Pricing } from './price-order.ts'

type RefundReason = z.infer<typeof refundReason>

export type OrderStatus = 'open' | 'paid' | 'expired' | 'refunded'

type RefundRow = {
  id: string
  amountMinor: number
  status: 'pending' | 'succeeded' | 'failed'
  reason: RefundReason
  note: string
  /** The courses that were chosen; null where it is of an amount. */
  courseIds: string[] | null
  keepsAccess: boolean
  createdAt: string
}

/** An invoice or a credit note of it. */
type DocumentRow = {
  id: string
  kind: 'invoice' | 'credit_note'
  number: string
  totalMinor: number
  issuedOn: string
}

type RequestRow = {
  id: string
  status: 'open' | 'approved' | 'declined'
  text: string
  courseIds: string[] | null
  answer: string
  createdAt: string
  answeredAt: string | null
}

/** Which version of a bundle an order is of, as it was called then. */
export type OrderBundle = { bundleId: string; version: number; title: string }

export type OrderItem = {
  courseId: string
  title: string
  instructorId: string | null
  amountMinor: number
  /** What of it neither went back nor is about to, by the lines of the invoice. */
  leftMinor: number
  /** Whether another order, paid while this one was open, has the course too. */
  isPaidTwice: boolean
}

/** An order with its items and what went back of it. */
export type Order = {
  id: string
  buyerId: string | null
  buyerName: string
  about: string
  status: OrderStatus
  currency: string
  totalMinor: number
  sandbox: boolean
  stripeSessionId: string | null
  checkoutUrl: string | null
  createdAt: string
  expiresAt: string
  paidAt: string | null
  refundedMinor: number
  /** Of the coupon that it was made with. */
  couponCode: string | null
  /** Which of the school's tax settings hold for it; 0 for those before any. */
  taxVersion: number
  /** Null for one from before taxes were kept. */
  pricing: Pricing | null
  items: OrderItem[]
  /** Null where it is of one course. */
  bundle: OrderBundle | null
  refunds: RefundRow[]
  documents: DocumentRow[]
  disputedMinor: number
  refundRequest: RequestRow | null
  /** Until when the buyer may ask for the money back; null where they may not. */
  refundableUntil: string | null
}

/** As the driver reads times, for those inside JSON. */
const isoTime = (time: Sql): Sql => sql`to_char(${time} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/**
 * What of an item was paid and neither went back nor is about to; an invoice that took a credit note back counts the other
 * way. `o` and `i` name the rows of the order and of the item.
 */
export const itemLeft = (o: Sql, i: Sql): Sql => sql`
  case when ${o}.paid_at is null then 0 else ${i}.amount_minor
    - coalesce((select sum(case n.kind when 'credit_note' then l.net_minor + l.tax_minor else -l.net_minor - l.tax_minor end)
      from invoices s join invoices n on n.organization_id = s.organization_id and n.invoice_id = s.id
      join invoice_lines l on l.organization_id = n.organization_id and l.invoice_id = n.id
      where s.organization_id = ${o}.organization_id and s.about_type = 'order' and s.about_id = ${o}.id
        and s.invoice_id is null and l.credited_position = ${i}.position), 0)
    - coalesce((select sum(b.amount_minor) from payments p
      join refunds r on r.organization_id = p.organization_id and r.payment_id = p.id and r.status = 'pending'
      join refund_items b on b.organization_id = r.organization_id and b.refund_id = r.id and b.position = ${i}.position
      where p.organization_id = ${o}.organization_id and p.order_id = ${o}.id), 0) end`

/** Whether the course of an item `i` of `orders o` was paid by another order of its buyer while this one was open. */
export const isPaidTwice: Sql = sql`
  (o.about not like 'gift:%' and ${itemLeft(sql`o`, sql`i`)} > 0 and exists (
    select from orders first join order_items had on had.organization_id = first.organization_id and had.order_id = first.id
    where first.organization_id = o.organization_id and first.buyer_id = o.buyer_id and first.status = 'paid'
      and first.about not like 'gift:%' and first.paid_at > o.created_at and (first.paid_at, first.id) < (o.paid_at, o.id)
      and had.course_id = i.course_id and ${itemLeft(sql`first`, sql`had`)} > 0))`

/** The items of `orders o`. */
export const orderItems: Sql = sql`
  coalesce((select json_agg(json_build_object('courseId', i.course_id, 'title', i.title, 'instructorId', i.instructor_id,
      'amountMinor', i.amount_minor, 'leftMinor', ${itemLeft(sql`o`, sql`i`)}, 'isPaidTwice', ${isPaidTwice}) order by i.position)
    from order_items i where i.organization_id = o.organization_id and i.order_id = o.id), '[]')`

/** Columns of `orders o`. */
const orderColumns: Sql = sql`
  o.id, o.buyer_id, o.buyer_name, o.about, o.status, o.currency, o.total_minor, o.sandbox, o.stripe_session_id, o.checkout_url, o.created_at,
  o.expires_at, o.paid_at, o.tax_version, o.pricing, o.coupon_code,
  case when o.bundle_id is not null then json_build_object('bundleId', o.bundle_id, 'version', o.bundle_version,
    'title', o.bundle_title) end as bundle,
  coalesce((select p.refunded_minor from payments p
    where p.organization_id = o.organization_id and p.order_id = o.id), 0) as refunded_minor,
  ${orderItems} as items,
  coalesce((select json_agg(json_build_object('id', r.id, 'amountMinor', r.amount_minor, 'status', r.status,
      'reason', r.reason, 'note', r.note, 'keepsAccess', r.keeps_access,
      'courseIds', case when r.of_courses then (select json_agg(i.course_id order by i.position)
        from refund_items b join order_items i on i.organization_id = b.organization_id and i.order_id = o.id
          and i.position = b.position
        where b.organization_id = r.organization_id and b.refund_id = r.id) end,
      'createdAt', ${isoTime(sql`r.created_at`)}) order by r.id)
    from payments p join refunds r on r.organization_id = p.organization_id and r.payment_id = p.id
    where p.organization_id = o.organization_id and p.order_id = o.id), '[]') as refunds,
  coalesce((select json_agg(json_build_object('id', n.id, 'kind', n.kind, 'number', n.number,
      'totalMinor', n.total_minor, 'issuedOn', n.issued_on) order by n.id)
    from invoices n where n.organization_id = o.organization_id and n.about_type = 'order' and n.about_id = o.id),
    '[]') as documents,
  coalesce((select p.disputed_minor from payments p
    where p.organization_id = o.organization_id and p.order_id = o.id), 0) as disputed_minor,
  (select json_build_object('id', q.id, 'status', q.status, 'text', q.text, 'courseIds', q.course_ids, 'answer', q.answer,
      'createdAt', ${isoTime(sql`q.created_at`)}, 'answeredAt', ${isoTime(sql`q.answered_at`)})
    from refund_requests q
    where q.organization_id = o.organization_id and q.order_id = o.id and q.status <> 'withdrawn'
    order by q.id desc limit 1) as refund_request,
  case when o.status = 'paid' and o.total_minor > 0 and o.about not like 'deposit:%' then (
    select o.paid_at + make_interval(days => d.days) from (
      select coalesce((select s.refund_request_days from settings s where s.organization_id = o.organization_id), 14) as days
    ) d where d.days > 0 and not exists (select from refund_requests q
      where q.organization_id = o.organization_id and q.order_id = o.id
        and (q.status in ('open', 'declined') or (q.status = 'approved' and q.course_ids is null)))) end as refundable_until`

export function selectOptionalOrder(db: Queryable, orderId: string): Promise<Order | null> {
  return db.optional<Order>(sql`
    select ${orderColumns} from orders o where o.organization_id = ${db.organizationId} and o.id = ${orderId}`)
}

/**
 * The order by which a buyer may pay, or has paid, for one thing. There is one open order at most; a paid one counts
 * unless all of it went back.
 */
export function selectOptionalOrderAbout(
  db: Queryable,
  { buyerId, about, status }: { buyerId: string; about: string; status: 'open' | 'paid' },
): Promise<Order | null> {
  return db.optional<Order>(sql`
    select ${orderColumns} from orders o
    where o.organization_id = ${db.organizationId} and o.buyer_id = ${buyerId} and o.about = ${about}
      and o.status = ${status} order by o.id desc limit 1`)
}

type Found = {
  buyerId?: string
  status?: OrderStatus | undefined
  courseId?: string | undefined
  cursor?: string | undefined
  limit: number
}

/** A page of orders, the newest first. */
export async function selectOrders(
  db: Queryable,
  { buyerId, status, courseId, cursor, limit }: Found,
): Promise<{ items: Order[]; nextCursor: string | null }> {
  const rows = await db.rows<Order>(sql`
    select ${orderColumns} from orders o
    where o.organization_id = ${db.organizationId}
    ${buyerId ? sql`and o.buyer_id = ${buyerId}` : none}
    ${status ? sql`and o.status = ${status}` : none}
    ${courseId ? sql`and exists (select from order_items i where i.organization_id = o.organization_id and i.order_id = o.id and i.course_id = ${courseId})` : none}
    ${cursor ? sql`and o.id < ${cursor}` : none}
    order by o.id desc limit ${limit + 1}`)
  const items = rows.slice(0, limit)
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

export type HeldOrder = Pick<Order, 'status' | 'stripeSessionId'> & {
  /** Under which it is being paid from a wallet. */
  walletHoldId: string | null
}

/** Hold an order until the transaction ends; how it stands. */
export function lockOptionalOrder(tx: Transaction, orderId: string): Promise<HeldOrder | null> {
  return tx.optional<HeldOrder>(sql`
    select status, stripe_session_id, wallet_hold_id from orders where organization_id = ${tx.organizationId} and id = ${orderId} for update`)
}

export type NewItem = {
  courseId: string
  title: string
  instructorId: string
  /** What the course cost alone; null where it had no price. */
  priceId: string | null
  /** What is paid for it. */
  amountMinor: number
}

type NewOrder = {
  id: string
  buyerId: string
  buyerName: string
  about: string
  total: Money
  taxVersion: number
  pricing: Pricing
  couponCode: string | null
  sandbox: boolean
  expiresAt: string
  bundle: OrderBundle | null
  items: readonly NewItem[]
}

/** @returns false where the buyer has an open order of the same already. */
export async function insertOptionalOrder(tx: Transaction, order: NewOrder): Promise<boolean> {
  const { items, total, bundle } = order
  const made = await tx.run(sql`
    insert into orders (id, organization_id, buyer_id, buyer_name, about, currency, total_minor, tax_version, pricing,
      coupon_code, bundle_id, bundle_version, bundle_title, sandbox, expires_at)
    values (${order.id}, ${tx.organizationId}, ${order.buyerId}, ${order.buyerName}, ${order.about}, ${total.currency},
      ${total.amountMinor}, ${order.taxVersion}, ${JSON.stringify(order.pricing)}::jsonb,
      ${order.couponCode}, ${bundle?.bundleId ?? null}, ${bundle?.version ?? null}, ${bundle?.title ?? null},
      ${order.sandbox}, ${order.expiresAt})
    on conflict (organization_id, buyer_id, about) where status = 'open' do nothing`)
  if (made === 0) return false
  await tx.run(sql`
    insert into order_items (organization_id, order_id, position, course_id, title, instructor_id, price_id, amount_minor)
    select ${tx.organizationId}::uuid, ${order.id}::uuid, position - 1, course_id, title, instructor_id, price_id, amount_minor
    from unnest(${items.map(({ courseId }) => courseId)}::uuid[], ${items.map(({ title }) => title)}::text[],
      ${items.map(({ instructorId }) => instructorId)}::uuid[], ${items.map(({ priceId }) => priceId)}::uuid[],
      ${items.map(({ amountMinor }) => amountMinor)}::bigint[])
      with ordinality as i (course_id, title, instructor_id, price_id, amount_minor, position)`)
  return true
}

/** Take back an order that was made a moment ago. */
export async function deleteOrder(tx: Transaction, orderId: string): Promise<void> {
  await tx.run(sql`delete from orders where organization_id = ${tx.organizationId} and id = ${orderId}`)
}

export async function updateCheckout(
  db: Queryable,
  orderId: string,
  checkout: { sessionId: string; url: string },
): Promise<void> {
  await db.run(sql`
    update orders set stripe_session_id = ${checkout.sessionId}, checkout_url = ${checkout.url}
    where organization_id = ${db.organizationId} and id = ${orderId} and stripe_session_id is null
      and status = 'open' and wallet_hold_id is null`)
}

export async function updatePaid(tx: Transaction, orderId: string, paidAt: string): Promise<void> {
  await tx.run(sql`
    update orders set status = 'paid', paid_at = ${paidAt}
    where organization_id = ${tx.organizationId} and id = ${orderId}`)
}

export async function updateStatus(
  tx: Transaction,
  orderId: string,
  status: 'expired' | 'paid' | 'refunded',
): Promise<void> {
  await tx.run(sql`
    update orders set status = ${status} where organization_id = ${tx.organizationId} and id = ${orderId}`)
  // What it reserved of a coupon is there for others again.
  if (status === 'expired')
    await tx.run(sql`
      update coupon_uses set released_at = now()
      where organization_id = ${tx.organizationId} and order_id = ${orderId} and released_at is null`)
}

export async function updateChecked(db: Queryable, orderId: string): Promise<void> {
  await db.run(sql`
    update orders set checked_at = now() where organization_id = ${db.organizationId} and id = ${orderId}`)
}
