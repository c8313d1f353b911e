import type { Queryable } from '@azora/kit/db.ts'
import { selectTrialBalance, selectTrialBalanceAsOf } from './trial-balance.store.ts'

/** @param asOf with what was booked then and before; now, if undefined. */
export async function trialBalance(db: Queryable, { asOf }: { asOf?: string | undefined }) {
  const rows = await (asOf === undefined ? selectTrialBalance(db) : selectTrialBalanceAsOf(db, asOf))
  const items = rows.map(row => {
    const [debits, credits] = [BigInt(row.debits), BigInt(row.credits)]
    return { ...row, balance: String(row.side === 'debit' ? debits - credits : credits - debits) }
  })
  const sum = (all: typeof items, of: 'debits' | 'credits') =>
    String(all.reduce((total, row) => total + BigInt(row[of]), 0n))
  const totals = [...Map.groupBy(items, ({ currency }) => currency)].map(([currency, all]) => ({
    currency,
    debits: sum(all, 'debits'),
    credits: sum(all, 'credits'),
  }))
  return { items, totals }
}
