import { formatMoney, type Money } from '@azora/contracts/money.ts'
import { type Column, Table } from '@azora/ui/table.tsx'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { getLocale, getTranslations } from '../../i18n/server.ts'

export type Sale = OutputOf<'mint.listCourseSales'>['items'][number]

const amounts = ['gross', 'refunded', 'tax', 'platform', 'school', 'instructor', 'fee'] as const

/** What each course sold in one month. */
export async function SalesTable({ month, sales }: { month: string; sales: Sale[] }) {
  const [t, locale] = await Promise.all([getTranslations('sales'), getLocale()])
  const format = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  const amount = (name: (typeof amounts)[number]): Column<Sale> => ({
    id: name,
    header: t(name),
    align: 'end',
    cell: sale => <Amount of={sale[name]} locale={locale} strong={name === 'instructor'} />,
  })
  return (
    <Table
      caption={format.format(new Date(`${month}-01T00:00:00Z`))}
      rows={sales}
      rowKey={({ courseId, gross }) => courseId + gross.currency}
      columns={[
        {
          id: 'course',
          header: t('course'),
          rowHeader: true,
          cell: sale => <span className="block min-w-40 wrap-anywhere">{sale.title}</span>,
        },
        { id: 'sold', header: t('sold'), align: 'end', cell: sale => sale.sold },
        ...amounts.map(amount),
      ]}
    />
  )
}

function Amount({ of, locale, strong }: { of: Money; locale: string; strong: boolean }) {
  const text = formatMoney(of, locale)
  return <span className={`whitespace-nowrap ${strong ? 'font-bold' : ''}`}>{text}</span>
}
