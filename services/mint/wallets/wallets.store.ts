import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** A wallet; balances are numbers, since an account of one holds no more than a number does. */
export type Wallet = {
  id: string
  userId: string | null
  balance: number
  available: number
  currency: string
  sandbox: boolean
  blockchainAddress: string | null
  createdAt: string
}

const columns = sql`id, user_id, balance, available, currency, sandbox, blockchain_address, created_at`

export function selectWallets(db: Queryable, userId: string): Promise<Wallet[]> {
  return db.rows<Wallet>(sql`
    select ${columns} from wallets where organization_id = ${db.organizationId} and user_id = ${userId}
    order by sandbox, currency`)
}

export function selectOptionalWallet(
  db: Queryable,
  { walletId, userId }: { walletId: string; userId: string },
): Promise<Wallet | null> {
  return db.optional<Wallet>(sql`
    select ${columns} from wallets
    where organization_id = ${db.organizationId} and id = ${walletId} and user_id = ${userId}`)
}

/** What a person has earned by teaching and was not paid out. */
export function selectEarnings(
  db: Queryable,
  userId: string,
): Promise<{ amountMinor: number; currency: string }[]> {
  return db.rows(sql`
    select credits_posted - debits_posted as amount_minor, currency from accounts
    where organization_id = ${db.organizationId} and kind = 'instructor_payable' and owner_type = 'person'
      and owner_id = ${userId} order by currency`)
}
