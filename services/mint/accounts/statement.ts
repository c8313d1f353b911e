import type { Queryable } from '@azora/kit/db.ts'
import { invalidField } from '@azora/kit/errors.ts'
import { accountNamed } from './read-accounts.ts'
import { selectLines, selectPostedBefore } from './statement.store.ts'

/** A place in the journal, from a cursor. @throws AppError `invalid_input` */
export function sequenceOf(cursor: string | undefined): number | null {
  if (cursor === undefined) return null
  if (!/^\d{1,15}$/.test(cursor)) throw invalidField('cursor', 'cursor_unknown', { code: 'invalid_format' })
  return Number(cursor)
}

/**
 * The lines of an account from `from` until before `until`, with the balance before the first and after each. Opening,
 * lines and closing add up, and so do the pages of one period.
 *
 * @throws AppError `not_found`, `invalid_input`
 */
export async function accountStatement(
  db: Queryable,
  input: { accountId: string; from: string; until: string; cursor?: string | undefined; limit: number },
) {
  const { accountId, from, until, cursor, limit } = input
  const { side, currency } = await accountNamed(db, accountId)
  const period = { accountId, from, until, after: sequenceOf(cursor) }
  const before = await selectPostedBefore(db, period)
  const found = await selectLines(db, { ...period, limit: limit + 1 })
  const signed = (debits: bigint, credits: bigint) => (side === 'debit' ? debits - credits : credits - debits)
  const opening = signed(BigInt(before.debits), BigInt(before.credits))
  let balance = opening
  const items = found.slice(0, limit).map(({ isDebit, amount, ...line }) => {
    const [debit, credit] = isDebit ? [BigInt(amount), 0n] : [0n, BigInt(amount)]
    balance += signed(debit, credit)
    return { ...line, debit: String(debit), credit: String(credit), balance: String(balance) }
  })
  return {
    accountId,
    currency,
    side,
    opening: String(opening),
    closing: String(balance),
    items,
    nextCursor: found.length > limit ? String(items.at(-1)?.sequence) : null,
  }
}
