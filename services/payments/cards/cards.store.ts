import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import { v7 as uuidv7 } from 'uuid'

export type SavedCard = {
  id: string
  stripePaymentMethodId: string
  brand: string
  last4: string
  expMonth: number
  expYear: number
  isDefault: boolean
}

type Whose = { userId: string; sandbox: boolean }

const columns = sql`id, stripe_payment_method_id, brand, last4, exp_month, exp_year, is_default`

export function selectCards(db: Queryable, { userId, sandbox }: Whose): Promise<SavedCard[]> {
  return db.rows<SavedCard>(sql`
    select ${columns} from saved_cards
    where organization_id = ${db.organizationId} and user_id = ${userId} and sandbox = ${sandbox}
    order by id desc limit 50`)
}

/** The card that is charged. */
export function selectOptionalDefaultCard(
  db: Queryable,
  { userId, sandbox }: Whose,
): Promise<SavedCard | null> {
  return db.optional<SavedCard>(sql`
    select ${columns} from saved_cards
    where organization_id = ${db.organizationId} and user_id = ${userId} and sandbox = ${sandbox} and is_default`)
}

/** Changes of a person's cards are made one after another, until the transaction ends. */
export async function lockCards(tx: Transaction, userId: string): Promise<void> {
  await tx.run(
    sql`select pg_advisory_xact_lock(hashtextextended('azora cards ' || ${tx.organizationId}::text || ${userId}::text, 0))`,
  )
}

/** @returns whether it is the person's. */
export async function updateDefault(tx: Transaction, whose: Whose, cardId: string): Promise<boolean> {
  await tx.run(sql`
    update saved_cards set is_default = false
    where organization_id = ${tx.organizationId} and user_id = ${whose.userId} and sandbox = ${whose.sandbox}
      and is_default and id <> ${cardId}`)
  const changed = await tx.run(sql`
    update saved_cards set is_default = true
    where organization_id = ${tx.organizationId} and user_id = ${whose.userId} and sandbox = ${whose.sandbox}
      and id = ${cardId}`)
  return changed === 1
}

export type NewCard = Omit<SavedCard, 'id' | 'isDefault'>

/** Keep a card, as the one that is charged from now on. Who leaves the same twice has it once. */
export async function saveCard(tx: Transaction, whose: Whose, card: NewCard): Promise<void> {
  await lockCards(tx, whose.userId)
  await tx.run(sql`
    insert into saved_cards (id, organization_id, user_id, sandbox, stripe_payment_method_id, brand, last4, exp_month,
      exp_year)
    values (${uuidv7()}, ${tx.organizationId}, ${whose.userId}, ${whose.sandbox}, ${card.stripePaymentMethodId},
      ${card.brand}, ${card.last4}, ${card.expMonth}, ${card.expYear})
    on conflict (stripe_payment_method_id) do nothing`)
  const made = await tx.optional<{ id: string }>(sql`
    select id from saved_cards
    where organization_id = ${tx.organizationId} and stripe_payment_method_id = ${card.stripePaymentMethodId}`)
  if (made) await updateDefault(tx, whose, made.id)
}

export async function deleteCard(tx: Transaction, cardId: string): Promise<void> {
  await tx.run(sql`delete from saved_cards where organization_id = ${tx.organizationId} and id = ${cardId}`)
}

export function selectOptionalCustomer(
  db: Queryable,
  { userId, sandbox }: Whose,
): Promise<{ customerId: string } | null> {
  return db.optional<{ customerId: string }>(sql`
    select customer_id from stripe_customers
    where organization_id = ${db.organizationId} and user_id = ${userId} and sandbox = ${sandbox}`)
}

/** The one that there is stays. */
export async function insertCustomer(db: Queryable, whose: Whose, customerId: string): Promise<void> {
  await db.run(sql`
    insert into stripe_customers (organization_id, user_id, sandbox, customer_id)
    values (${db.organizationId}, ${whose.userId}, ${whose.sandbox}, ${customerId}) on conflict do nothing`)
}
