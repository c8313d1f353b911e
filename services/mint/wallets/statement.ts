import type { Money } from '@azora/contracts/money.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { refusal } from '@azora/kit/errors.ts'
import { accountStatement } from '../accounts/statement.ts'
import { ownWallet, toldOf } from './read-wallets.ts'
import { type Days, selectAbout, selectBounds } from './statement.store.ts'
import type { WalletTransaction } from './transactions.store.ts'

export type StatementLine = {
  id: string
  at: string
  type: WalletTransaction['type']
  description: string | null
  counterparty: string | null
  note: string
  /** Less than zero where it left the wallet. */
  amount: Money
  balance: Money
}
export type WalletStatement = { opening: Money; closing: Money; items: StatementLine[] }

/** As many as fit in a document (`documents/bounds.ts`), and are read by anyone. */
const mostLines = 2000

const typeOf: Record<string, WalletTransaction['type']> = {
  wallet_deposit: 'deposit',
  wallet_transfer: 'transfer',
  wallet_purchase: 'purchase',
  wallet_refund: 'refund',
  wallet_withdrawal: 'withdrawal',
}

/**
 * What happened to a wallet on these days, between the balance before and the balance after. It is the statement of
 * the account, so it adds up as that does.
 *
 * @throws AppError `not_found`; `conflict` (`statement_too_long`).
 */
export async function walletStatement(
  db: Queryable,
  userId: string,
  { walletId, ...days }: Days & { walletId: string },
): Promise<WalletStatement> {
  const { currency } = await ownWallet(db, userId, walletId)
  const bounds = await selectBounds(db, days)
  const { opening, closing, items, nextCursor } = await accountStatement(db, {
    accountId: walletId,
    ...bounds,
    limit: mostLines,
  })
  if (nextCursor !== null) throw refusal('statement_too_long')
  const about = await selectAbout(
    db,
    items.map(line => line.transferId),
  )
  const money = (amount: string | bigint): Money => ({ amountMinor: Number(amount), currency })
  const lines = items.map(
    ({ transferId: id, at, kind, description, debit, credit, balance }): StatementLine => {
      const amount = BigInt(credit) - BigInt(debit)
      const told = about.get(id)
      return {
        id,
        at,
        type: typeOf[kind] ?? 'adjustment',
        description,
        counterparty: told ? toldOf(told, amount > 0n).counterparty : null,
        note: told?.note ?? '',
        amount: money(amount),
        balance: money(balance),
      }
    },
  )
  return { opening: money(opening), closing: money(closing), items: lines }
}
