import { toDecimal } from '@azora/contracts/money.ts'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { useTranslations } from '../messages.ts'
import { type Figure, FigureTable } from './figure-table.tsx'
import { monthName } from './month-name.ts'

type Cohort = OutputOf<'payments.getRevenueCohorts'>['items'][number]

/** A row for those who first paid in a month, a column for each month since: how many still pay, and what they come to. */
export function CohortTable({ items, currency }: { items: readonly Cohort[]; currency: string }) {
  const t = useTranslations('revenue')
  const locale = useLocale()
  const longest = Math.max(0, ...items.map(({ months }) => months.length))
  const since = Array.from(
    { length: longest },
    (_, at): Figure<Cohort> => ({
      id: String(at),
      header: t('monthsSince', { n: at }),
      align: 'end',
      cell: ({ months }) => months[at]?.customers.toLocaleString(locale) ?? '',
      plain: ({ months }) => {
        const found = months[at]
        return found ? `${found.customers} (${toDecimal(found.mrr)})` : ''
      },
    }),
  )
  return (
    <FigureTable
      caption={t('cohorts')}
      fileName={`cohorts-${currency}`}
      rows={items}
      rowKey={({ month }) => month}
      columns={[
        {
          id: 'month',
          header: t('firstPaid'),
          rowHeader: true,
          cell: ({ month }) => <span className="whitespace-nowrap">{monthName(locale, month)}</span>,
          plain: ({ month }) => month,
        },
        ...since,
      ]}
    />
  )
}
