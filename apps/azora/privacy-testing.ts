import { randomUUID } from 'node:crypto'
import type pg from 'pg'

/** A wallet of a person, and a transfer that they booked for the school. */
export async function leaveMoney(
  admin: pg.Client,
  { organizationId, userId }: { organizationId: string; userId: string },
): Promise<void> {
  const [wallet, cash] = [randomUUID(), randomUUID()]
  await admin.query(
    `insert into mint.accounts (organization_id, id, kind, side, owner_type, owner_id, currency, may_overdraw)
     values ($1, $2, 'wallet_liability', 'credit', 'person', $4, 'ZAR', false),
       ($1, $3, 'cash_at_bank', 'debit', 'school', '', 'ZAR', true)`,
    [organizationId, wallet, cash, userId],
  )
  await admin.query(
    `insert into mint.transfers (organization_id, id, phase, debit_account_id, credit_account_id, amount, released,
       currency, kind, created_by, booked_at)
     values ($1, gen_random_uuid(), 'posted', $3, $2, 700, 0, 'ZAR', 'deposit', $4, now())`,
    [organizationId, wallet, cash, userId],
  )
}

/** What a person has bought, a price that they set, and a refund that they made. */
export async function leavePurchase(
  admin: pg.Client,
  { organizationId, userId, name }: { organizationId: string; userId: string; name: string },
): Promise<void> {
  const [course, order, payment] = [randomUUID(), randomUUID(), randomUUID()]
  await admin.query(
    `insert into payments.courses (id, organization_id, instructor_id, title, as_of)
     values ($2, $1, $3, 'Rivers', now())`,
    [organizationId, course, userId],
  )
  await admin.query(
    `insert into payments.course_prices (id, organization_id, course_id, currency, amount_minor, set_by)
     values (gen_random_uuid(), $1, $2, 'ZAR', 45000, $3)`,
    [organizationId, course, userId],
  )
  await admin.query(
    `insert into payments.orders (id, organization_id, buyer_id, buyer_name, about, status, currency, total_minor,
       sandbox, expires_at, paid_at)
     values ($2, $1, $3, $4, 'course:' || $5, 'paid', 'ZAR', 45000, true, now(), now())`,
    [organizationId, order, userId, name, course],
  )
  await admin.query(
    `insert into payments.order_items (organization_id, order_id, position, course_id, title, instructor_id, price_id,
       amount_minor) values ($1, $2, 0, $3, 'Rivers', null, gen_random_uuid(), 45000)`,
    [organizationId, order, course],
  )
  await admin.query(
    `insert into payments.payments (id, organization_id, order_id, stripe_payment_intent_id, amount_minor, processed_at)
     values ($2, $1, $3, 'pi_1', 45000, now())`,
    [organizationId, payment, order],
  )
  await admin.query(
    `insert into payments.refunds (id, organization_id, payment_id, amount_minor, reason, note, requested_by)
     values (gen_random_uuid(), $1, $2, 500, 'other', 'A note', $3)`,
    [organizationId, payment, userId],
  )
}
