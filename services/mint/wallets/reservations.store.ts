import type { Transaction } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

export type Purpose = 'purchase' | 'deposit_refund'

export type Reservation = {
  id: string
  state: 'held' | 'posted' | 'released'
  walletId: string | null
  purpose: Purpose | null
  amount: number | null
}

/** @returns false where there is one of this id, which a transaction that makes it just now is waited for. */
export async function insertOptionalHeld(
  tx: Transaction,
  held: { id: string; walletId: string; purpose: Purpose; amount: number },
): Promise<boolean> {
  const made = await tx.run(sql`
    insert into wallet_reservations (organization_id, id, state, wallet_id, purpose, amount)
    values (${tx.organizationId}, ${held.id}, 'held', ${held.walletId}, ${held.purpose}, ${held.amount})
    on conflict (organization_id, id) do nothing`)
  return made === 1
}

/** One that was released before it was held. @returns as above */
export async function insertOptionalReleased(tx: Transaction, id: string): Promise<boolean> {
  const made = await tx.run(sql`
    insert into wallet_reservations (organization_id, id, state, ended_at)
    values (${tx.organizationId}, ${id}, 'released', clock_timestamp())
    on conflict (organization_id, id) do nothing`)
  return made === 1
}

export function lockOptionalReservation(tx: Transaction, id: string): Promise<Reservation | null> {
  return tx.optional<Reservation>(sql`
    select id, state, wallet_id, purpose, amount from wallet_reservations
    where organization_id = ${tx.organizationId} and id = ${id} for update`)
}

export async function updateEnded(tx: Transaction, id: string, state: 'posted' | 'released'): Promise<void> {
  await tx.run(sql`
    update wallet_reservations set state = ${state}, ended_at = clock_timestamp()
    where organization_id = ${tx.organizationId} and id = ${id} and state = 'held'`)
}
