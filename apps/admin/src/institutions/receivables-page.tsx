import { formatMoney } from '@azora/contracts/money.ts'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { usePage } from '@azora/web/calls/use-page.ts'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { Link } from 'react-router'
import { call } from '../api.ts'
import { CsvButton } from '../lists/csv-button.tsx'
import { EmptyList } from '../lists/empty-list.tsx'
import { List } from '../lists/list.tsx'
import { useTranslations } from '../messages.ts'
import { InstitutionsNav } from './institutions-nav.tsx'

const ages = ['total', 'notDue', 'late30', 'late60', 'late90', 'later'] as const

/** What institutions owe, by how late it is. */
export function ReceivablesPage() {
  const t = useTranslations('receivables')
  const locale = useLocale()
  const list = usePage('receivables', async (_cursor, signal) => ({
    items: (await call('payments.getReceivables', {}, { signal })).items,
    nextCursor: null,
  }))
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        actions={<CsvButton path="/payments/receivables.csv" filter={{}} />}
      />
      <InstitutionsNav />
      <List
        list={list}
        caption={t('title')}
        rowKey={({ institution, total }) => `${institution.id} ${total.currency}`}
        columns={[
          {
            id: 'institution',
            header: t('institution'),
            rowHeader: true,
            cell: ({ institution: { id, name } }) => (
              <Link
                to={`/institutions/${id}`}
                className="underline decoration-line underline-offset-4 hover:decoration-current"
              >
                {name}
              </Link>
            ),
          },
          ...ages.map(age => ({
            id: age,
            header: t(age),
            align: 'end' as const,
            cell: (row: (typeof list.items)[number]) => {
              const amount = formatMoney(row[age], locale)
              if (age === 'total') return <strong>{amount}</strong>
              return row[age].amountMinor === 0 ? <span className="text-muted">–</span> : amount
            },
          })),
        ]}
        empty={
          <EmptyList filtered={false} clear={() => {}} icon="check" title={t('none')}>
            {t('noneText')}
          </EmptyList>
        }
      />
    </>
  )
}
