import { formatMoney, type Money, subtract } from '@azora/contracts/money.ts'
import { Card } from '@azora/ui/card.tsx'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { getLocale, getTranslations } from '../../i18n/server.ts'

type Total = OutputOf<'mint.listCourseSales'>['totals'][number]

const parts = ['gross', 'refunded', 'tax', 'platform', 'school', 'fee'] as const

/** What all courses sold, in one currency: what is the instructor's first, and how it came about. */
export async function SalesTotals({ total }: { total: Total }) {
  const [t, locale] = await Promise.all([getTranslations('sales'), getLocale()])
  const shown = (amount: Money) => formatMoney(amount, locale)
  const currency =
    new Intl.DisplayNames(locale, { type: 'currency', fallback: 'code' }).of(total.currency) ?? total.currency
  return (
    <Card as="section" className="flex flex-col gap-4">
      <h2 className="font-semibold text-muted">{t('totals', { currency })}</h2>
      <p>
        <span className="block text-sm text-muted">{t('yours')}</span>
        <span className="text-4xl font-bold tabular-nums">{shown(total.instructor)}</span>
        <span className="block text-sm text-muted">
          {t('yoursText', { net: shown(subtract(total.gross, total.refunded)) })}
        </span>
      </p>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-3 lg:grid-cols-6">
        {parts.map(part => (
          <div key={part}>
            <dt className="text-sm text-muted">{t(part)}</dt>
            <dd className="font-semibold tabular-nums">{shown(total[part])}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
