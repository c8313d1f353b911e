import { add, formatMoney, type Money, toDecimal } from '@azora/contracts/money.ts'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { useLoad } from '@azora/web/calls/use-load.ts'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { call } from '../api.ts'
import { Failed, Loading } from '../lists/list.tsx'
import { useTranslations } from '../messages.ts'
import { type Figure, FigureTable } from './figure-table.tsx'

type Sale = OutputOf<'mint.listSchoolSales'>['items'][number]
const amounts = ['discount', 'gross', 'refunded', 'tax', 'instructor', 'school', 'platform', 'fee'] as const
type Amounts = Pick<Sale, (typeof amounts)[number]>
type Row = Amounts & Pick<Sale, 'courseId' | 'title' | 'sold'>

/** What is left of what was paid, without refunds and tax: it is what the shares add up to. */
const netOf = ({ instructor, school, platform }: Amounts) => add(add(instructor, school), platform)

/** What each course brought in some months up to now, in one currency. */
export function CourseTable({ currency, months }: { currency: string; months: number }) {
  const t = useTranslations('revenue')
  const common = useTranslations('common')
  const locale = useLocale()
  const { value, fault, reload } = useLoad('school sales', signal =>
    call('mint.listSchoolSales', monthsUntilNow(months), { signal }),
  )
  if (fault) return <Failed fault={fault} onRetry={reload} />
  if (!value) return <Loading label={common('loading')} />
  const total = value.totals.find(one => one.currency === currency)
  const rows = byCourse(value.items.filter(({ gross }) => gross.currency === currency))
  const money = (name: (typeof amounts)[number] | 'net'): Figure<Row> => {
    const of = (row: Row) => (name === 'net' ? netOf(row) : row[name])
    return {
      id: name,
      header: t(name),
      align: 'end',
      cell: row => <span className="whitespace-nowrap">{formatMoney(of(row), locale)}</span>,
      plain: row => toDecimal(of(row)),
    }
  }
  return (
    <FigureTable<Row>
      caption={t('courses')}
      fileName={`courses-${currency}`}
      rows={total ? [...rows, { ...total, courseId: '', title: t('all') }] : rows}
      rowKey={({ courseId }) => courseId}
      columns={[
        {
          id: 'course',
          header: t('course'),
          rowHeader: true,
          cell: ({ title }) => <span className="block min-w-40 wrap-anywhere">{title}</span>,
          plain: ({ title }) => title,
        },
        {
          id: 'sold',
          header: t('sold'),
          align: 'end',
          cell: ({ sold }) => sold.toLocaleString(locale),
          plain: ({ sold }) => sold,
        },
        ...(
          ['discount', 'gross', 'refunded', 'tax', 'net', 'instructor', 'school', 'platform', 'fee'] as const
        ).map(money),
      ]}
      none={t('noneSold')}
    />
  )
}

/** A row for each course, what brought the most first. */
function byCourse(sales: readonly Sale[]): Row[] {
  const rows = new Map<string, Row>()
  for (const sale of sales) {
    const before = rows.get(sale.courseId)
    rows.set(sale.courseId, before ? together(before, sale) : sale)
  }
  return [...rows.values()].sort((a, b) => b.gross.amountMinor - a.gross.amountMinor)
}

function together(one: Row, other: Row): Row {
  const sums = Object.fromEntries(amounts.map(name => [name, add(one[name], other[name])]))
  return { ...one, ...(sums as Record<keyof Amounts, Money>), sold: one.sold + other.sold }
}

function monthsUntilNow(months: number): { from: string; to: string } {
  const now = new Date()
  const month = (back: number) =>
    new Date(Date.UTC(now.getFullYear(), now.getMonth() - back, 1)).toISOString().slice(0, 7)
  return { from: month(months - 1), to: month(0) }
}
