import { csvLine } from '@azora/contracts/csv.ts'
import type { StatementDocument } from '@azora/documents/document.ts'
import type { Days } from './statement.store.ts'
import type { StatementLine, WalletStatement } from './statement.ts'

type Whose = { walletId: string; school: string; holder: string }

/** `2026-11-28`, where the reader is. */
const dayIn = (timeZone: string) => {
  // The one locale whose dates are written as ISO 8601 has them.
  const format = new Intl.DateTimeFormat('en-CA', { timeZone })
  return (at: string) => format.format(new Date(at))
}

/** What stands in a line: the words of the ledger, and what people wrote. */
const wordsOf: Record<StatementLine['type'], string> = {
  deposit: 'Deposit by card',
  withdrawal: 'Deposit returned to the card',
  transfer: 'Transfer',
  purchase: 'Purchase',
  refund: 'Refund',
  adjustment: 'Adjustment',
}

function describe({ type, description, counterparty, note, amount }: StatementLine): string {
  const other = counterparty ? ` ${amount.amountMinor < 0 ? 'to' : 'from'} ${counterparty}` : ''
  return [`${wordsOf[type]}${other}`, description, note].filter(Boolean).join(': ').slice(0, 400)
}

export function* statementCsv({ opening, closing, items }: WalletStatement, days: Days): Generator<string> {
  const day = dayIn(days.timeZone)
  yield csvLine(['Date', 'Type', 'Description', 'Amount', 'Balance', 'Currency', 'Transaction'])
  yield csvLine([days.from, 'opening', 'Opening balance', '', opening, opening.currency, ''])
  for (const line of items)
    yield csvLine([
      day(line.at),
      line.type,
      describe(line),
      line.amount,
      line.balance,
      line.amount.currency,
      line.id,
    ])
  yield csvLine([days.to, 'closing', 'Closing balance', '', closing, closing.currency, ''])
}

export function statementDocument(
  { opening, closing, items }: WalletStatement,
  days: Days,
  { walletId, school, holder }: Whose,
): StatementDocument {
  const day = dayIn(days.timeZone)
  const party = (name: string) => ({ name, address: [], taxNumber: null })
  return {
    kind: 'statement',
    locale: 'en-ZA',
    paper: 'A4',
    number: `${days.from.slice(0, 7)}-${walletId.slice(-8)}`,
    issuedOn: day(new Date().toISOString()),
    currency: opening.currency,
    seller: party(school),
    logo: null,
    accent: null,
    buyer: party(holder),
    notes: [],
    from: days.from,
    to: days.to,
    opening,
    entries: items.map(line => ({
      on: day(line.at),
      description: describe(line),
      reference: null,
      amount: line.amount,
      balance: line.balance,
    })),
    closing,
  }
}
