import { may } from '@azora/contracts/permissions.ts'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { Table } from '@azora/ui/table.tsx'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { useLoad } from '@azora/web/calls/use-load.ts'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { useAccount } from '@azora/web/session/signed-in.tsx'
import { call } from '../api.ts'
import { Failed, Loading } from '../lists/list.tsx'
import { useTranslations } from '../messages.ts'
import { PaymentsNav } from './payments-nav.tsx'
import { RateFile } from './rate-file.tsx'
import { RateForm } from './rate-form.tsx'

type Rate = OutputOf<'payments.listExchangeRates'>['items'][number]

/** What currencies are worth in each other: the latest rates, one to save, and files of a central bank. */
export function ExchangeRatesPage() {
  const t = useTranslations('exchangeRates')
  const common = useTranslations('common')
  const mayEdit = may(useAccount(), 'office:finance')
  const { value, fault, reload } = useLoad('exchange rates', signal =>
    call('payments.listExchangeRates', {}, { signal }),
  )
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} />
      <PaymentsNav />
      {fault ? <Failed fault={fault} onRetry={reload} /> : null}
      <div className="flex flex-col gap-8">
        {mayEdit ? null : <Notice tone="info">{t('readOnly')}</Notice>}
        {value ? <LatestRates rates={value.items} /> : fault ? null : <Loading label={common('loading')} />}
        {mayEdit ? (
          <div className="grid items-start gap-6 lg:grid-cols-2">
            <RateForm onSaved={reload} />
            <RateFile onTaken={reload} />
          </div>
        ) : null}
      </div>
    </>
  )
}

function LatestRates({ rates }: { rates: readonly Rate[] }) {
  const t = useTranslations('exchangeRates')
  const locale = useLocale()
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  return (
    <Table
      caption={t('latest')}
      captionHidden
      rows={rates}
      rowKey={({ from, to }) => `${from} ${to}`}
      empty={<EmptyState title={t('none')}>{t('noneText')}</EmptyState>}
      columns={[
        {
          id: 'pair',
          header: t('pair'),
          rowHeader: true,
          cell: ({ from, to }) => t('pairOf', { from, to }),
        },
        { id: 'rate', header: t('rate'), align: 'end', cell: ({ rate }) => rate },
        {
          id: 'on',
          header: t('on'),
          cell: ({ on }) => (
            <span className="whitespace-nowrap">{day.format(new Date(`${on}T00:00:00Z`))}</span>
          ),
        },
        { id: 'source', header: t('source'), cell: ({ source }) => source },
      ]}
    />
  )
}
