import { formatMoney, type Money, toDecimal } from '@azora/contracts/money.ts'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { useTranslations } from '../messages.ts'
import { type Figure, FigureTable } from './figure-table.tsx'
import { monthName } from './month-name.ts'

type Recurring = OutputOf<'payments.getRecurringRevenue'>['items'][number]
type Movement = OutputOf<'payments.getRevenueMovements'>['items'][number]
type Churn = OutputOf<'payments.getRevenueChurn'>['items'][number]

/** Columns that every table by the month has. */
function useColumns() {
  const t = useTranslations('revenue')
  const locale = useLocale()
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 })
  return {
    month: <Row extends { month: string }>(): Figure<Row> => ({
      id: 'month',
      header: t('month'),
      rowHeader: true,
      cell: ({ month }) => <span className="whitespace-nowrap">{monthName(locale, month)}</span>,
      plain: ({ month }) => month,
    }),
    money: <Row,>(id: string, header: string, of: (row: Row) => Money | null): Figure<Row> => ({
      id,
      header,
      align: 'end',
      cell: row => {
        const amount = of(row)
        return amount ? formatMoney(amount, locale) : t('unknown')
      },
      plain: row => {
        const amount = of(row)
        return amount ? toDecimal(amount) : ''
      },
    }),
    count: <Row,>(id: string, header: string, of: (row: Row) => number): Figure<Row> => ({
      id,
      header,
      align: 'end',
      cell: row => of(row).toLocaleString(locale),
      plain: of,
    }),
    share: <Row,>(id: string, header: string, of: (row: Row) => Churn['customers']): Figure<Row> => ({
      id,
      header,
      align: 'end',
      cell: row => {
        const share = of(row)
        return share ? percent.format(share.numerator / share.denominator) : t('unknown')
      },
      plain: row => {
        const share = of(row)
        return share ? `${share.numerator}/${share.denominator}` : ''
      },
    }),
  }
}

type Props<Row> = { items: readonly Row[]; currency: string }

export function RecurringTable({ items, currency }: Props<Recurring>) {
  const t = useTranslations('revenue')
  const { month, money, count } = useColumns()
  return (
    <FigureTable
      caption={t('recurring')}
      fileName={`recurring-revenue-${currency}`}
      rows={items}
      rowKey={row => row.month}
      columns={[
        month<Recurring>(),
        money<Recurring>('mrr', t('atEnd'), row => row.mrr),
        count<Recurring>('customers', t('customers'), row => row.customers),
      ]}
    />
  )
}

const kinds = ['new', 'reactivation', 'expansion', 'contraction', 'churn'] as const

export function MovementTable({ items, currency }: Props<Movement>) {
  const t = useTranslations('revenue')
  const { month, money } = useColumns()
  return (
    <FigureTable
      caption={t('movements')}
      fileName={`revenue-movements-${currency}`}
      rows={items}
      rowKey={row => row.month}
      columns={[
        month<Movement>(),
        money<Movement>('opening', t('opening'), row => row.opening),
        ...kinds.map(kind => money<Movement>(kind, t(`kind_${kind}`), row => row[kind])),
        money<Movement>('closing', t('closing'), row => row.closing),
      ]}
    />
  )
}

export function ChurnTable({ items, currency }: Props<Churn>) {
  const t = useTranslations('revenue')
  const { month, money, count, share } = useColumns()
  return (
    <FigureTable
      caption={t('churn')}
      fileName={`churn-${currency}`}
      rows={items}
      rowKey={row => row.month}
      columns={[
        month<Churn>(),
        count<Churn>('atStart', t('atStart'), row => row.atStart),
        count<Churn>('left', t('left'), row => row.left),
        share<Churn>('customers', t('customerChurn'), row => row.customers),
        share<Churn>('revenue', t('revenueChurn'), row => row.revenue),
        money<Churn>('lifetimeValue', t('lifetimeValue'), row => row.lifetimeValue),
      ]}
    />
  )
}
