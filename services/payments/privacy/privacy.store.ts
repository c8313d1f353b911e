import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { enqueue } from '@azora/kit/jobs.ts'
import { sql } from '@azora/kit/sql.ts'
import { forgetCustomerTask } from '../cards/forget-customer.ts'

/** What payments keeps of a person in a school. The scope is that school's. */

export function selectOrdersOf(db: Queryable, userId: string): Promise<object[]> {
  return db.rows<object>(sql`
    select o.id, o.buyer_name, o.status, o.currency, o.total_minor, o.created_at, o.paid_at, o.sandbox,
      o.bundle_title,
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

export function selectCouponUsesOf(db: Queryable, userId: string): Promise<object[]> {
  return db.rows<object>(sql`
    select c.code, u.used_at, u.released_at from coupon_uses u
    join coupons c on c.organization_id = u.organization_id and c.id = u.coupon_id
    where u.organization_id = ${db.organizationId} and u.user_id = ${userId} order by u.used_at`)
}

export function selectCouponsMadeBy(db: Queryable, userId: string): Promise<object[]> {
  return db.rows<object>(sql`
    select code, created_at, ended_at from coupons
    where organization_id = ${db.organizationId} and created_by = ${userId} order by id`)
}

export function selectSeatsOf(db: Queryable, userId: string): Promise<object[]> {
  return db.rows<object>(sql`
    select p.course_title, p.kind, s.status, s.holder_name, s.email, s.claimed_at, s.withdrawn_at
    from seats s join seat_pools p on p.organization_id = s.organization_id and p.id = s.pool_id
    where s.organization_id = ${db.organizationId} and s.user_id = ${userId} order by s.id`)
}

export function selectSeatsGivenBy(db: Queryable, userId: string): Promise<object[]> {
  return db.rows<object>(sql`
    select kind, course_title, name, giver_name, seats, taken, created_at, ends_at, closed_at from seat_pools
    where organization_id = ${db.organizationId} and given_by = ${userId} order by id`)
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

export function selectSubscriptionsOf(db: Queryable, userId: string): Promise<object[]> {
  return db.rows<object>(sql`
    select s.id, s.owner_name, s.owner_email, s.status, s.state, s.created_at, s.sandbox, v.name as plan,
      coalesce((select json_agg(json_build_object('totalMinor', b.total_minor, 'dueMinor', b.due_minor,
          'currency', b.currency, 'status', b.status, 'openedOn', b.opened_on, 'failures', b.failures,
          'paidAt', b.paid_at) order by b.position)
        from subscription_bills b
        where b.organization_id = s.organization_id and b.subscription_id = s.id), '[]') as bills,
      coalesce((select json_agg(json_build_object('amountMinor', c.amount_minor, 'currency', c.currency,
          'createdAt', c.created_at, 'sandbox', c.sandbox) order by c.id)
        from customer_credits c
        where c.organization_id = s.organization_id and c.owner_id = s.owner_id), '[]') as credits
    from subscriptions s
    join plan_versions v
      on v.organization_id = s.organization_id and v.plan_id = s.plan_id and v.version = s.plan_version
    where s.organization_id = ${db.organizationId} and s.owner_id = ${userId} order by s.id`)
}

export function selectInstitutionsOf(db: Queryable, userId: string): Promise<object[]> {
  return db.rows<object>(sql`
    select n.name, m.manager_name, m.added_at from institution_managers m
    join institutions n on n.organization_id = m.organization_id and n.id = m.institution_id
    where m.organization_id = ${db.organizationId} and m.user_id = ${userId} order by m.added_at`)
}

export function selectAccountOrdersBy(db: Queryable, userId: string): Promise<object[]> {
  return db.rows<object>(sql`
    select o.id, n.name as institution, o.orderer_name, o.course_title, o.seats, o.total_minor, o.currency, o.created_at
    from account_orders o join institutions n on n.organization_id = o.organization_id and n.id = o.institution_id
    where o.organization_id = ${db.organizationId} and o.ordered_by = ${userId} order by o.id`)
}

export function selectInvoicePaymentsBy(db: Queryable, userId: string): Promise<object[]> {
  return db.rows<object>(sql`
    select id, invoice_id, amount_minor, paid_on, reference, created_at from invoice_payments
    where organization_id = ${db.organizationId} and recorded_by = ${userId} order by id`)
}

/** What a person did for an institution is the institution's, and stays without who it was. */
export async function forgetManager(tx: Transaction, userId: string): Promise<void> {
  await tx.run(sql`
    delete from institution_managers where organization_id = ${tx.organizationId} and user_id = ${userId}`)
  await tx.run(sql`
    update account_orders set ordered_by = null, orderer_name = null
    where organization_id = ${tx.organizationId} and ordered_by = ${userId}`)
  await tx.run(sql`
    update invoice_payments set recorded_by = null
    where organization_id = ${tx.organizationId} and recorded_by = ${userId}`)
}

export function selectCardsOf(db: Queryable, userId: string): Promise<object[]> {
  return db.rows<object>(sql`
    select c.brand, c.last4, c.exp_month, c.exp_year, c.created_at, c.sandbox, t.customer_id
    from stripe_customers t
    left join saved_cards c
      on c.organization_id = t.organization_id and c.user_id = t.user_id and c.sandbox = t.sandbox
    where t.organization_id = ${db.organizationId} and t.user_id = ${userId} order by c.id`)
}

/** Have Stripe forget a person; what is left here of their subscriptions is without who it was. */
export async function forgetSubscriber(tx: Transaction, userId: string): Promise<void> {
  const customers = await tx.rows<{ customerId: string; sandbox: boolean }>(sql`
    delete from stripe_customers where organization_id = ${tx.organizationId} and user_id = ${userId}
    returning customer_id, sandbox`)
  for (const customer of customers) await enqueue(tx, forgetCustomerTask, customer)
  await tx.run(sql`
    delete from saved_cards where organization_id = ${tx.organizationId} and user_id = ${userId}`)
  await tx.run(sql`
    delete from card_setups where organization_id = ${tx.organizationId} and user_id = ${userId}`)
  await tx.run(sql`
    update customer_credits set owner_id = null
    where organization_id = ${tx.organizationId} and owner_id = ${userId}`)
  await tx.run(sql`
    update subscription_bills set next_try_on = null,
      pricing = jsonb_set(pricing, '{buyer}',
        '{"id": null, "name": "", "address": [], "country": null, "taxNumber": null}')
    where organization_id = ${tx.organizationId} and subscription_id in (
      select id from subscriptions where organization_id = ${tx.organizationId} and owner_id = ${userId})`)
  await tx.run(sql`
    update subscriptions set owner_id = null, owner_name = '', owner_email = ''
    where organization_id = ${tx.organizationId} and owner_id = ${userId}`)
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
    update coupon_uses set user_id = null
    where organization_id = ${tx.organizationId} and user_id = ${userId}`)
  await tx.run(sql`
    update coupons set created_by = null
    where organization_id = ${tx.organizationId} and created_by = ${userId}`)
  await tx.run(sql`
    delete from billing_details where organization_id = ${tx.organizationId} and user_id = ${userId}`)
  await tx.run(sql`
    update seats set user_id = null, holder_name = null, email = null
    where organization_id = ${tx.organizationId} and user_id = ${userId}`)
  await tx.run(sql`
    update seat_pools set given_by = null, giver_name = null
    where organization_id = ${tx.organizationId} and given_by = ${userId}`)
}
