import { csvLine } from '@azora/contracts/csv.ts'
import type { Money } from '@azora/contracts/money.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { accountStatement } from '../accounts/statement.ts'
import { trialBalance } from '../accounts/trial-balance.ts'
import type { JournalFilter } from '../transfers/journal.store.ts'
import { listTransfers } from '../transfers/journal.ts'

/** The books as CSV: page by page, so that a long journal takes no more memory than a short one. */

const pageLength = 500

/** Sums of a ledger may be more than an amount holds: those are written in minor units, and say so. */
function exact(minor: string, currency: string): Money | string {
  const amountMinor = Number(minor)
  return Number.isSafeInteger(amountMinor) ? { amountMinor, currency } : `${minor} minor units`
}

export async function* trialBalanceCsv(
  db: Queryable,
  input: { asOf?: string | undefined },
): AsyncGenerator<string> {
  const { items, totals } = await trialBalance(db, input)
  yield csvLine(['Kind', 'Side', 'Accounts', 'Debits', 'Credits', 'Balance', 'Currency'])
  for (const { kind, side, accounts, debits, credits, balance, currency } of items) {
    const amounts = [debits, credits, balance].map(amount => exact(amount, currency))
    yield csvLine([kind, side, accounts, ...amounts, currency])
  }
  for (const { currency, debits, credits } of totals)
    yield csvLine(['total', '', '', exact(debits, currency), exact(credits, currency), '', currency])
}

export async function* transfersCsv(db: Queryable, filter: JournalFilter): AsyncGenerator<string> {
  yield csvLine([
    'Sequence',
    'Time',
    'Phase',
    'Kind',
    'Debit account',
    'Debit kind',
    'Credit account',
    'Credit kind',
    'Amount',
    'Currency',
    'Description',
    'Reference',
    'Booking',
    'Transfer',
  ])
  let cursor: string | undefined
  do {
    const page = await listTransfers(db, { ...filter, cursor, limit: pageLength })
    for (const {
      sequence,
      at,
      phase,
      kind,
      amountMinor,
      currency,
      description,
      reference,
      ...one
    } of page.items)
      yield csvLine([
        sequence,
        at,
        phase,
        kind,
        one.debitAccountId,
        one.debitKind,
        one.creditAccountId,
        one.creditKind,
        { amountMinor, currency },
        currency,
        description,
        reference && `${reference.type}:${reference.id}`,
        one.bookingId,
        one.id,
      ])
    cursor = page.nextCursor ?? undefined
  } while (cursor)
}

export async function* statementCsv(
  db: Queryable,
  period: { accountId: string; from: string; until: string },
): AsyncGenerator<string> {
  yield csvLine([
    'Sequence',
    'Time',
    'Kind',
    'Description',
    'Debit',
    'Credit',
    'Balance',
    'Currency',
    'Transfer',
  ])
  let cursor: string | undefined
  let isFirst = true
  do {
    const page = await accountStatement(db, { ...period, cursor, limit: pageLength })
    const { currency } = page
    if (isFirst)
      yield csvLine(['', period.from, 'opening', '', '', '', exact(page.opening, currency), currency, ''])
    isFirst = false
    for (const { sequence, at, kind, description, debit, credit, balance, transferId } of page.items) {
      const amounts = [debit, credit, balance].map(amount => exact(amount, currency))
      yield csvLine([sequence, at, kind, description, ...amounts, currency, transferId])
    }
    cursor = page.nextCursor ?? undefined
    if (!cursor)
      yield csvLine(['', period.until, 'closing', '', '', '', exact(page.closing, currency), currency, ''])
  } while (cursor)
}
