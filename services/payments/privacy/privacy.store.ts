import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** What payments keeps of a person in a school. The scope is that school's. */

export function selectOrdersOf(db: Queryable, userId: string): Promise<object[]> {
  return db.rows<object>(sql`
    select o.id, o.buyer_name, o.status, o.currency, o.total_minor, o.created_at, o.paid_at, o.sandbox,
      (select json_agg(json_build_object('courseId', i.course_id, 'title', i.title, 'amountMinor', i.amount_minor)
          order by i.position)
        from order_items i where i.organization_id = o.organization_id and i.order_id = o.id) as items,
      p.stripe_payment_intent_id, p.processed_at,
      coalesce((select json_agg(json_build_object('amountMinor', r.amount_minor, 'status', r.status,
          'reason', r.reason, 'note', r.note, 'createdAt', r.created_at) order by r.id)
        from refunds r where r.organization_id = p.organization_id and r.payment_id = p.id), '[]') as refunds
    from orders o left join payments p on p.organization_id = o.organization_id and p.order_id = o.id
    where o.organization_id = ${db.organizationId} and o.buyer_id = ${userId} order by o.id`)
}

export function selectPricesSetBy(db: Queryable, userId: string): Promise<object[]> {
  return db.rows<object>(sql`
    select course_id, currency, amount_minor, created_at, ended_at from course_prices
    where organization_id = ${db.organizationId} and set_by = ${userId} order by id`)
}

export function selectRefundsBy(db: Queryable, userId: string): Promise<object[]> {
  return db.rows<object>(sql`
    select r.id, r.amount_minor, r.reason, r.note, r.created_at from refunds r
    where r.organization_id = ${db.organizationId} and r.requested_by = ${userId} order by r.id`)
}

export function selectAccessOf(db: Queryable, userId: string): Promise<object[]> {
  return db.rows<object>(sql`
    select course_id, source, source_id, began_at, ended_at from access_grants
    where organization_id = ${db.organizationId} and user_id = ${userId} order by began_at, id`)
}

export function selectInvoicesOf(db: Queryable, userId: string): Promise<object[]> {
  return db.rows<object>(sql`
    select kind, number, issued_on, document from invoices
    where organization_id = ${db.organizationId} and buyer_id = ${userId} order by id`)
}

export function selectBillingDetailsOf(db: Queryable, userId: string): Promise<object[]> {
  return db.rows<object>(sql`
    select details, updated_at from billing_details
    where organization_id = ${db.organizationId} and user_id = ${userId}`)
}

export function selectTaxSettingsSetBy(db: Queryable, userId: string): Promise<object[]> {
  return db.rows<object>(sql`
    select version, set_at from tax_settings
    where organization_id = ${db.organizationId} and set_by = ${userId} order by version`)
}

export function selectRefundRequestsOf(db: Queryable, userId: string): Promise<object[]> {
  return db.rows<object>(sql`
    select q.order_id, q.text, q.status, q.answer, q.created_at, q.answered_at
    from refund_requests q join orders o on o.organization_id = q.organization_id and o.id = q.order_id
    where q.organization_id = ${db.organizationId} and o.buyer_id = ${userId} order by q.id`)
}

export function selectRequestsAnsweredBy(db: Queryable, userId: string): Promise<object[]> {
  return db.rows<object>(sql`
    select id, status, answer, answered_at from refund_requests
    where organization_id = ${db.organizationId} and answered_by = ${userId} order by id`)
}

export function selectDifferencesSettledBy(db: Queryable, userId: string): Promise<object[]> {
  return db.rows<object>(sql`
    select id, kind, reference, note, settled_at from differences
    where organization_id = ${db.organizationId} and settled_by = ${userId} order by id`)
}

/**
 * The books stay, as the law asks, without who it was. An invoice keeps the name that it went out with, which the law asks
 * for too (South Africa: VAT Act 89 of 1991, section 20 (4)), and nothing leads from it to the person any more.
 */
export async function forgetBuyer(tx: Transaction, userId: string): Promise<void> {
  await tx.run(sql`
    update refunds set note = '' where organization_id = ${tx.organizationId} and payment_id in (
      select p.id from payments p join orders o on o.organization_id = p.organization_id and o.id = p.order_id
      where p.organization_id = ${tx.organizationId} and o.buyer_id = ${userId})`)
  await tx.run(sql`
    update refund_requests q set text = '', answer = '' from orders o
    where q.organization_id = ${tx.organizationId} and o.organization_id = q.organization_id and o.id = q.order_id
      and o.buyer_id = ${userId}`)
  await tx.run(sql`
    update refund_requests set answered_by = null
    where organization_id = ${tx.organizationId} and answered_by = ${userId}`)
  await tx.run(sql`
    update differences set settled_by = null
    where organization_id = ${tx.organizationId} and settled_by = ${userId}`)
  await tx.run(sql`
    update orders set buyer_id = null, buyer_name = '',
      pricing = jsonb_set(pricing, '{buyer}', '{"name": "", "address": [], "country": null, "taxNumber": null}')
    where organization_id = ${tx.organizationId} and buyer_id = ${userId}`)
  await tx.run(sql`
    update course_prices set set_by = null
    where organization_id = ${tx.organizationId} and set_by = ${userId}`)
  await tx.run(sql`
    update refunds set requested_by = null
    where organization_id = ${tx.organizationId} and requested_by = ${userId}`)
  await tx.run(sql`
    delete from access_grants where organization_id = ${tx.organizationId} and user_id = ${userId}`)
  await tx.run(sql`
    delete from access_revisions where organization_id = ${tx.organizationId} and user_id = ${userId}`)
  await tx.run(sql`
    update invoices set buyer_id = null
    where organization_id = ${tx.organizationId} and buyer_id = ${userId}`)
  await tx.run(sql`
    delete from billing_details where organization_id = ${tx.organizationId} and user_id = ${userId}`)
}
