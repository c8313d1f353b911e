import type { Queryable, Transaction, Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

export type CardSetup = {
  id: string
  userId: string
  sandbox: boolean
  currency: string
  status: 'open' | 'done' | 'expired'
  subscriptionId: string | null
  returnPath: string
  stripeSessionId: string | null
  checkoutUrl: string | null
  expiresAt: string
}

const columns = sql`
  id, user_id, sandbox, currency, status, subscription_id, return_path, stripe_session_id, checkout_url, expires_at`

export function selectOptionalSetup(db: Queryable, setupId: string): Promise<CardSetup | null> {
  return db.optional<CardSetup>(sql`
    select ${columns} from card_setups where organization_id = ${db.organizationId} and id = ${setupId}`)
}

export function lockOptionalSetup(tx: Transaction, setupId: string): Promise<CardSetup | null> {
  return tx.optional<CardSetup>(sql`
    select ${columns} from card_setups
    where organization_id = ${tx.organizationId} and id = ${setupId} for update`)
}

export async function selectOpenSetupsOf(db: Queryable, userId: string): Promise<CardSetup[]> {
  return db.rows<CardSetup>(sql`
    select ${columns} from card_setups
    where organization_id = ${db.organizationId} and user_id = ${userId} and status = 'open' order by id desc limit 20`)
}

export async function insertSetup(
  db: Queryable,
  setup: Pick<
    CardSetup,
    'id' | 'userId' | 'sandbox' | 'currency' | 'subscriptionId' | 'returnPath' | 'expiresAt'
  >,
): Promise<void> {
  await db.run(sql`
    insert into card_setups (id, organization_id, user_id, sandbox, currency, subscription_id, return_path, expires_at)
    values (${setup.id}, ${db.organizationId}, ${setup.userId}, ${setup.sandbox}, ${setup.currency},
      ${setup.subscriptionId}, ${setup.returnPath}, ${setup.expiresAt})`)
}

export async function updateSetupPage(
  db: Queryable,
  setupId: string,
  page: { sessionId: string; url: string },
): Promise<void> {
  await db.run(sql`
    update card_setups set stripe_session_id = ${page.sessionId}, checkout_url = ${page.url}
    where organization_id = ${db.organizationId} and id = ${setupId} and stripe_session_id is null`)
}

export async function updateSetupStatus(
  tx: Transaction,
  setupId: string,
  status: 'done' | 'expired',
): Promise<void> {
  await tx.run(sql`
    update card_setups set status = ${status} where organization_id = ${tx.organizationId} and id = ${setupId}`)
}

export async function updateSetupChecked(db: Queryable, setupId: string): Promise<void> {
  await db.run(sql`
    update card_setups set checked_at = now() where organization_id = ${db.organizationId} and id = ${setupId}`)
}

/** Those that have been open for two minutes since anyone asked about them, of every school. */
export function selectOldOpenSetups(db: Unscoped): Promise<{ organizationId: string; setupId: string }[]> {
  return db.rows<{ organizationId: string; setupId: string }>(sql`
    select organization_id, id as setup_id from card_setups
    where status = 'open' and checked_at < now() - interval '2 minutes' order by checked_at limit 100`)
}
