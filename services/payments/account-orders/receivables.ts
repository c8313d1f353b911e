import { csvLine } from '@azora/contracts/csv.ts'
import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Database, Queryable } from '@azora/kit/db.ts'
import { today } from '../tax/tax-rates.ts'
import { taxSettingsOf } from '../tax/tax-settings.ts'
import { type Receivable, selectReceivables } from './open-amounts.store.ts'

const ages = ['notDue', 'late30', 'late60', 'late90', 'later'] as const
type Age = (typeof ages)[number]

/** @param days by which it is late; zero or less where it is not. */
export function ageOf(days: number): Age {
  if (days <= 0) return 'notDue'
  if (days <= 30) return 'late30'
  if (days <= 60) return 'late60'
  return days <= 90 ? 'late90' : 'later'
}

const openOf = ({ totalMinor, paidMinor, creditedMinor }: Receivable) =>
  totalMinor - paidMinor - creditedMinor

/** What institutions owe, each in each currency, by how late it is at the clocks of the school. */
export async function readReceivables(db: Queryable, sandbox: boolean) {
  const on = today((await taxSettingsOf(db)).settings)
  const rows = await selectReceivables(db, { on, sandbox })
  const groups = Map.groupBy(rows, ({ institutionId, currency }) => `${institutionId} ${currency}`)
  const items = [...groups.values()].flatMap(group => {
    const [first] = group
    if (!first) return []
    const { institutionId: id, institutionName: name, currency } = first
    const sum = (of: readonly Receivable[]) => ({
      amountMinor: of.reduce((all, one) => all + openOf(one), 0),
      currency,
    })
    const aged = (age: Age) => sum(group.filter(one => ageOf(one.daysLate) === age))
    return [
      {
        institution: { id, name },
        notDue: aged('notDue'),
        late30: aged('late30'),
        late60: aged('late60'),
        late90: aged('late90'),
        later: aged('later'),
        total: sum(group),
      },
    ]
  })
  return { on, items }
}

const headings = [
  'institution',
  'invoice',
  'issued_on',
  'due_on',
  'days_late',
  'currency',
  'total',
  'paid',
  'credited',
  'open',
]

/** The invoices that are open, as CSV (RFC 4180). It leaves a trace in the audit log. */
export async function receivablesCsv(db: Database, by: Caller, sandbox: boolean): Promise<string> {
  return db.in(by.actor.organizationId).transaction(async tx => {
    const on = today((await taxSettingsOf(tx)).settings)
    const rows = await selectReceivables(tx, { on, sandbox })
    await recordAudit(tx, 'payments', by, { action: 'receivables.exported', details: { on } })
    const lines = rows.map(row => {
      const money = (amountMinor: number) => ({ amountMinor, currency: row.currency })
      return csvLine([
        row.institutionName,
        row.invoiceNumber,
        row.issuedOn,
        row.dueOn,
        Math.max(0, row.daysLate),
        row.currency,
        money(row.totalMinor),
        money(row.paidMinor),
        money(row.creditedMinor),
        money(openOf(row)),
      ])
    })
    return [csvLine(headings), ...lines].join('')
  })
}
