import { formatMoney } from '@azora/contracts/money.ts'
import { Card } from '@azora/ui/card.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { useLoad } from '@azora/web/calls/use-load.ts'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { type ReactNode, useState } from 'react'
import { call } from '../api.ts'
import { Failed, Loading } from '../lists/list.tsx'
import { useTranslations } from '../messages.ts'
import { CohortTable } from './cohort-table.tsx'
import { ChurnTable, MovementTable, RecurringTable } from './month-tables.tsx'
import { RevenueChart } from './revenue-chart.tsx'

const months = 12

/** What subscriptions bring: each figure with how it is worked out, drawn, as a table, and to take along. */
export function RevenuePage() {
  const t = useTranslations('revenue')
  const common = useTranslations('common')
  const { value, fault, reload } = useLoad('payment settings', signal =>
    call('payments.getPaymentSettings', {}, { signal }),
  )
  const [chosen, setChosen] = useState<string | null>(null)
  const currencies = value?.currencies ?? []
  const currency = chosen ?? currencies[0]
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} />
      {fault ? <Failed fault={fault} onRetry={reload} /> : null}
      {currency ? (
        <>
          <div className="mb-6 max-w-60">
            <NativeSelect
              label={t('currency')}
              value={currency}
              onChange={({ target }) => setChosen(target.value)}
              options={currencies.map(id => ({ id, label: id }))}
            />
          </div>
          <Figures currency={currency} />
        </>
      ) : fault ? null : (
        <Loading label={common('loading')} />
      )}
    </>
  )
}

async function readFigures(currency: string, signal: AbortSignal) {
  const asked = { currency, months }
  const [recurring, movements, churn, cohorts] = await Promise.all([
    call('payments.getRecurringRevenue', asked, { signal }),
    call('payments.getRevenueMovements', asked, { signal }),
    call('payments.getRevenueChurn', asked, { signal }),
    call('payments.getRevenueCohorts', asked, { signal }),
  ])
  return { recurring, movements, churn, cohorts }
}

function Figures({ currency }: { currency: string }) {
  const t = useTranslations('revenue')
  const common = useTranslations('common')
  const locale = useLocale()
  const { value, fault, reload } = useLoad(`revenue ${currency}`, signal => readFigures(currency, signal))
  if (fault) return <Failed fault={fault} onRetry={reload} />
  if (!value) return <Loading label={common('loading')} />
  const { recurring, movements, churn, cohorts } = value
  // Months before the first customer say nothing.
  const first = movements.items.findIndex(one => one.opening.amountMinor > 0 || one.new.amountMinor > 0)
  const since = <Month,>(items: readonly Month[]) => items.slice(first)
  const { mrr, customers } = recurring
  return (
    <div className="flex flex-col gap-10">
      <Section id="mrr" title={t('recurring')} text={t('recurringText')}>
        <Card className="flex flex-col gap-4">
          <p className="text-3xl font-bold tabular-nums">{formatMoney(mrr, locale)}</p>
          <p className="text-muted">{t('customersNow', { n: customers })}</p>
          <RevenueChart items={recurring.items} />
        </Card>
        <RecurringTable items={since(recurring.items)} currency={currency} />
      </Section>
      <Section id="movements" title={t('movements')} text={t('movementsText')}>
        <MovementTable items={since(movements.items)} currency={currency} />
      </Section>
      <Section id="churn" title={t('churn')} text={t('churnText')}>
        <ChurnTable items={since(churn.items)} currency={currency} />
      </Section>
      <Section id="cohorts" title={t('cohorts')} text={t('cohortsText')}>
        <CohortTable items={cohorts.items} currency={currency} />
      </Section>
    </div>
  )
}

type SectionProps = { id: string; title: string; text: string; children: ReactNode }

/** A figure, with how it is worked out. */
function Section({ id, title, text, children }: SectionProps) {
  return (
    <section className="flex flex-col gap-4" aria-labelledby={id}>
      <h2 id={id} className="text-xl font-bold">
        {title}
      </h2>
      <p className="max-w-prose text-muted">{text}</p>
      {children}
    </section>
  )
}
