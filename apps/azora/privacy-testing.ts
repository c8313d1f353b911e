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
