import { formatMoney } from '@azora/contracts/money.ts'
import { Card } from '@azora/ui/card.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { useLoad } from '@azora/web/calls/use-load.ts'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { useState } from 'react'
import { call } from '../api.ts'
import { Failed, Loading } from '../lists/list.tsx'
import { useTranslations } from '../messages.ts'
import { AppliedRates } from './applied-rates.tsx'
import { CohortTable } from './cohort-table.tsx'
import { CourseTable } from './course-table.tsx'
import { ChurnTable, MovementTable, RecurringTable } from './month-tables.tsx'
import { RevenueChart } from './revenue-chart.tsx'
import { Section } from './section.tsx'

const months = 12

/** The choice of all currencies, told in the reporting one. */
const all = 'all'
type Include = 'currency' | 'all'

/** What courses and subscriptions bring: each figure with how it is worked out, drawn, as a table, and to take along. */
export function RevenuePage() {
  const t = useTranslations('revenue')
  const common = useTranslations('common')
  const { value, fault, reload } = useLoad('payment settings', signal =>
    call('payments.getPaymentSettings', {}, { signal }),
  )
  const [chosen, setChosen] = useState<string | null>(null)
  const { currencies = [], reportingCurrency = null } = value ?? {}
  const shown = chosen ?? (reportingCurrency === null ? currencies[0] : all)
  const currency = shown === all ? reportingCurrency : shown
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} />
      {fault ? <Failed fault={fault} onRetry={reload} /> : null}
      {currency ? (
        <>
          <div className="mb-6 max-w-60">
            <NativeSelect
              label={t('currency')}
              value={shown}
              onChange={({ target }) => setChosen(target.value)}
              options={[
                ...(reportingCurrency === null
                  ? []
                  : [{ id: all, label: t('allIn', { currency: reportingCurrency }) }]),
                ...currencies.map(id => ({ id, label: id })),
              ]}
            />
          </div>
          <div className="flex flex-col gap-10">
            <Section id="courses" title={t('courses')} text={t('coursesText')}>
              {shown === all ? (
                <p className="text-muted">{t('oneCurrency')}</p>
              ) : (
                <CourseTable currency={currency} months={months} />
              )}
            </Section>
            <Figures currency={currency} include={shown === all ? 'all' : 'currency'} />
          </div>
        </>
      ) : fault ? null : (
        <Loading label={common('loading')} />
      )}
    </>
  )
}

async function readFigures(currency: string, include: Include, signal: AbortSignal) {
  const asked = { currency, months, include }
  const [recurring, movements, churn, cohorts] = await Promise.all([
    call('payments.getRecurringRevenue', asked, { signal }),
    call('payments.getRevenueMovements', asked, { signal }),
    call('payments.getRevenueChurn', asked, { signal }),
    call('payments.getRevenueCohorts', asked, { signal }),
  ])
  return { recurring, movements, churn, cohorts }
}

function Figures({ currency, include }: { currency: string; include: Include }) {
  const t = useTranslations('revenue')
  const common = useTranslations('common')
  const locale = useLocale()
  const { value, fault, reload } = useLoad(`revenue ${currency} ${include}`, signal =>
    readFigures(currency, include, signal),
  )
  if (fault) return <Failed fault={fault} onRetry={reload} />
  if (!value) return <Loading label={common('loading')} />
  const { recurring, movements, churn, cohorts } = value
  // Months before the first customer say nothing.
  const first = movements.items.findIndex(one => one.opening.amountMinor > 0 || one.new.amountMinor > 0)
  const since = <Month,>(items: readonly Month[]) => items.slice(first)
  const { mrr, customers, rates, withoutRate } = recurring
  return (
    <div className="flex flex-col gap-10">
      {withoutRate.length > 0 ? (
        <Notice tone="warning">
          {t('withoutRate', { currencies: new Intl.ListFormat(locale).format(withoutRate) })}
        </Notice>
      ) : null}
      <Section id="mrr" title={t('recurring')} text={t('recurringText')}>
        <Card className="flex flex-col gap-4">
          <p className="text-3xl font-bold tabular-nums">{formatMoney(mrr, locale)}</p>
          <p className="text-muted">{t('customersNow', { n: customers })}</p>
          <RevenueChart items={recurring.items} />
        </Card>
        <RecurringTable items={since(recurring.items)} currency={currency} />
      </Section>
      {rates.length > 0 ? <AppliedRates rates={rates} /> : null}
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
