import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

export type WalletTransaction = {
  id: string
  sequence: number
  walletId: string
  type: 'deposit' | 'withdrawal' | 'transfer' | 'purchase' | 'refund' | 'adjustment'
  /** Less than zero where it left the wallet. */
  amount: number
  currency: string
  status: 'pending' | 'completed' | 'failed'
  stripeId: string | null
  blockchainTxHash: string | null
  description: string | null
  createdAt: string
  senderName: string | null
  recipientName: string | null
  note: string | null
}

const columns = sql`x.id, x.sequence, x.wallet_id, x.type, x.amount, x.currency, x.status, x.stripe_id,
  x.blockchain_tx_hash, x.description, x.created_at, m.sender_name, m.recipient_name, m.note`
const told = sql`left join wallet_messages m on m.organization_id = x.organization_id and m.transfer_id = x.id`

/** Newest first. */
export function selectTransactions(
  db: Queryable,
  { walletId, before, limit }: { walletId: string; before: number | null; limit: number },
): Promise<WalletTransaction[]> {
  return db.rows<WalletTransaction>(sql`
    select ${columns} from transactions x ${told}
    where x.organization_id = ${db.organizationId} and x.wallet_id = ${walletId}
      and (${before}::bigint is null or x.sequence < ${before}::bigint)
    order by x.sequence desc limit ${limit}`)
}

/** What a transfer did to wallets whose people are still here. */
export function selectTouched(
  tx: Transaction,
  transferId: string,
): Promise<
  (Pick<WalletTransaction, 'id' | 'walletId' | 'type' | 'amount' | 'currency' | 'createdAt'> & {
    userId: string
    sandbox: boolean
  })[]
> {
  return tx.rows(sql`
    select x.id, x.wallet_id, x.type, x.amount, x.currency, x.created_at, w.user_id, w.sandbox
    from transactions x join wallets w on w.organization_id = x.organization_id and w.id = x.wallet_id
    where x.organization_id = ${tx.organizationId} and x.id = ${transferId} and w.user_id is not null`)
}

export async function insertOrigin(
  tx: Transaction,
  origin: { transferId: string; stripeId: string | null },
): Promise<void> {
  await tx.run(sql`
    insert into transfer_origins (organization_id, transfer_id, stripe_id)
    values (${tx.organizationId}, ${origin.transferId}, ${origin.stripeId})
    on conflict (organization_id, transfer_id) do nothing`)
}

export async function insertMessage(
  tx: Transaction,
  message: {
    transferId: string
    senderId: string
    senderName: string
    recipientId: string
    recipientName: string
    note: string
  },
): Promise<void> {
  await tx.run(sql`
    insert into wallet_messages (organization_id, transfer_id, sender_id, sender_name, recipient_id, recipient_name, note)
    values (${tx.organizationId}, ${message.transferId}, ${message.senderId}, ${message.senderName},
      ${message.recipientId}, ${message.recipientName}, ${message.note})`)
}

/** What a person has sent to others within 24 hours, from their real and their sandbox's wallet. */
export async function selectSent(
  db: Queryable,
  { userId, currency }: { userId: string; currency: string },
): Promise<number> {
  const { sum } = await db.one<{ sum: number }>(sql`
    select coalesce(sum(t.amount), 0)::bigint as sum from wallets w
    join transfers t on t.organization_id = w.organization_id and t.debit_account_id = w.id
    where w.organization_id = ${db.organizationId} and w.user_id = ${userId} and w.currency = ${currency}
      and t.kind = 'wallet_transfer' and t.phase = 'posted' and t.booked_at > clock_timestamp() - interval '24 hours'`)
  return sum
}

export function selectOptionalTransaction(
  db: Queryable,
  { id, walletId }: { id: string; walletId: string },
): Promise<WalletTransaction | null> {
  return db.optional<WalletTransaction>(sql`
    select ${columns} from transactions x ${told}
    where x.organization_id = ${db.organizationId} and x.id = ${id} and x.wallet_id = ${walletId}`)
}
