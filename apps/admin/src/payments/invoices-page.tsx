import { formatMoney } from '@azora/contracts/money.ts'
import { Badge } from '@azora/ui/badge.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { usePage } from '@azora/web/calls/use-page.ts'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { call } from '../api.ts'
import { CsvButton } from '../lists/csv-button.tsx'
import { EmptyList } from '../lists/empty-list.tsx'
import { List } from '../lists/list.tsx'
import { useFilters } from '../lists/use-filters.ts'
import { useTranslations } from '../messages.ts'
import { PersonLink } from '../people/person-link.tsx'
import { PaymentsNav } from './payments-nav.tsx'
import { PdfButton } from './pdf-button.tsx'

const kinds = ['invoice', 'credit_note'] as const

/** The invoices and credit notes that went out, to find, to read and to export. */
export function InvoicesPage() {
  const t = useTranslations('invoices')
  const locale = useLocale()
  const { values, set, clear, about, filtered } = useFilters(['kind', 'month', 'number'])
  const kind = kinds.find(name => name === values.kind)
  const month = /^\d{4}-\d\d$/.test(values.month ?? '') ? values.month : undefined
  const list = usePage(`invoices ${about}`, (cursor, signal) =>
    call(
      'payments.listSchoolInvoices',
      { limit: 50, cursor, kind, month, number: values.number },
      { signal },
    ),
  )
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        actions={<CsvButton path="/payments/school-invoices.csv" filter={{ kind, month }} />}
      />
      <PaymentsNav />
      <div className="mb-4 grid gap-4 sm:grid-cols-3">
        <NativeSelect
          label={t('kind')}
          value={kind ?? ''}
          onChange={({ target }) => set({ kind: target.value })}
          options={[{ id: '', label: t('anyKind') }, ...kinds.map(id => ({ id, label: t(`kind_${id}`) }))]}
        />
        <TextField
          label={t('month')}
          type="month"
          placeholder="2026-11"
          value={values.month ?? ''}
          onChange={text => set({ month: text })}
        />
        <TextField
          label={t('number')}
          type="search"
          value={values.number ?? ''}
          onChange={text => set({ number: text })}
          maxLength={40}
        />
      </div>
      <List
        list={list}
        caption={t('title')}
        rowKey={one => one.id}
        columns={[
          {
            id: 'number',
            header: t('number'),
            rowHeader: true,
            cell: one => (
              <>
                {one.number}
                <span className="block text-sm font-normal text-muted">{t(`kind_${one.kind}`)}</span>
              </>
            ),
          },
          {
            id: 'buyer',
            header: t('buyer'),
            cell: ({ buyer: { id, name } }) => (id ? <PersonLink id={id} name={name} /> : name),
          },
          {
            id: 'status',
            header: t('status'),
            cell: one => (
              <span className="flex flex-wrap gap-1.5 max-md:justify-end">
                {one.kind === 'credit_note' ? null : one.due.amountMinor > 0 ? (
                  <Badge tone="amber">{t('due')}</Badge>
                ) : one.paidOn ? (
                  <Badge tone="good">{t('paid')}</Badge>
                ) : (
                  <Badge>{t('credited')}</Badge>
                )}
                {one.sandbox ? <Badge tone="amber">{t('sandbox')}</Badge> : null}
              </span>
            ),
          },
          {
            id: 'total',
            header: t('total'),
            align: 'end',
            cell: one => (
              <>
                {formatMoney(one.total, locale)}
                <span className="block text-sm text-muted">
                  {t('taxOf', { amount: formatMoney(one.tax, locale) })}
                </span>
              </>
            ),
          },
          { id: 'at', header: t('at'), cell: one => day.format(new Date(one.issuedOn)) },
          {
            id: 'actions',
            header: t('actions'),
            headerHidden: true,
            align: 'end',
            cell: one => <PdfButton id={one.id} number={one.number} />,
          },
        ]}
        empty={
          <EmptyList
            filtered={filtered}
            clear={clear}
            icon="receipt"
            title={t(filtered ? 'noMatch' : 'none')}
          >
            {t(filtered ? 'noMatchText' : 'noneText')}
          </EmptyList>
        }
      />
    </>
  )
}
