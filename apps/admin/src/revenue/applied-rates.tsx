import type { OutputOf } from '@azora/web/calls/operations.ts'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { useTranslations } from '../messages.ts'
import { FigureTable } from './figure-table.tsx'
import { Section } from './section.tsx'

type Rate = OutputOf<'payments.getRecurringRevenue'>['rates'][number]

/** By which rates the currencies were put into one, and where each is from. */
export function AppliedRates({ rates }: { rates: readonly Rate[] }) {
  const t = useTranslations('revenue')
  const names = useTranslations('exchangeRates')
  const locale = useLocale()
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  const number = new Intl.NumberFormat(locale, { maximumSignificantDigits: 8 })
  return (
    <Section id="rates" title={t('rates')} text={t('ratesText')}>
      <FigureTable<Rate>
        caption={t('rates')}
        fileName="exchange-rates"
        rows={rates}
        rowKey={({ from }) => from}
        columns={[
          {
            id: 'pair',
            header: names('pair'),
            rowHeader: true,
            cell: ({ from, to }) => names('pairOf', { from, to }),
            plain: ({ from, to }) => `${from}/${to}`,
          },
          {
            id: 'rate',
            header: names('rate'),
            align: 'end',
            cell: ({ rate }) => number.format(rate),
            plain: ({ rate }) => rate,
          },
          {
            id: 'on',
            header: names('on'),
            cell: ({ on }) => day.format(new Date(`${on}T00:00:00Z`)),
            plain: ({ on }) => on,
          },
          {
            id: 'source',
            header: names('source'),
            cell: ({ source }) => source,
            plain: ({ source }) => source,
          },
        ]}
      />
    </Section>
  )
}
