import type { Queryable } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { Actor } from '@azora/kit/identity.ts'
import { sequenceOf } from '../accounts/statement.ts'
import { sendableBy } from './sending.ts'
import { selectTransactions, type WalletTransaction } from './transactions.store.ts'
import { selectEarnings, selectOptionalWallet, selectWallets, type Wallet } from './wallets.store.ts'

function shownWallet({ userId: _, balance, available, ...wallet }: Wallet) {
  const { currency } = wallet
  return {
    ...wallet,
    balance: { amountMinor: balance, currency },
    available: { amountMinor: available, currency },
  }
}

export async function listWallets(db: Queryable, actor: Actor) {
  const [wallets, earnings, sendable] = await Promise.all([
    selectWallets(db, actor.userId),
    selectEarnings(db, actor.userId),
    sendableBy(db, actor),
  ])
  return { items: wallets.map(shownWallet), earnings, sendable }
}

/** A wallet of the person's own; anyone else's is not there for them. @throws AppError `not_found` */
export async function ownWallet(db: Queryable, userId: string, walletId: string): Promise<Wallet> {
  const wallet = await selectOptionalWallet(db, { walletId, userId })
  if (!wallet) throw new AppError('not_found')
  return wallet
}

type Told = Pick<WalletTransaction, 'senderName' | 'recipientName' | 'note'>

/** Who is on the other side, and what was written. */
export const toldOf = ({ senderName, recipientName, note }: Told, incoming: boolean) => ({
  counterparty: incoming ? senderName : recipientName,
  note: note ?? '',
})

export function shownTransaction(transaction: WalletTransaction) {
  const { id, type, status, description, createdAt, amount, currency } = transaction
  const told = toldOf(transaction, amount > 0)
  return { id, type, status, description, createdAt, amount: { amountMinor: amount, currency }, ...told }
}

/** @throws AppError `not_found`, `invalid_input` */
export async function listWalletTransactions(
  db: Queryable,
  userId: string,
  { walletId, cursor, limit }: { walletId: string; cursor?: string | undefined; limit: number },
) {
  await ownWallet(db, userId, walletId)
  const found = await selectTransactions(db, { walletId, before: sequenceOf(cursor), limit: limit + 1 })
  const items = found.slice(0, limit)
  return {
    items: items.map(shownTransaction),
    nextCursor: found.length > limit ? String(items.at(-1)?.sequence) : null,
  }
}
