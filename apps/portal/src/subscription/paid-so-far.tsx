'use client'
import { formatMoney } from '@azora/contracts/money.ts'
import { Card } from '@azora/ui/card.tsx'
import { useLocale, useTranslations } from '../i18n/client.tsx'
import { dayText } from '../text/date.ts'
import type { Subscription } from './shown-subscription.ts'

/** What was paid by card, the last first, and what of it went back. */
export function PaidSoFar({ payments }: Pick<Subscription, 'payments'>) {
  const t = useTranslations('subscription')
  const locale = useLocale()
  if (payments.length === 0) return null
  return (
    <Card className="flex flex-col gap-4">
      <h2 className="text-xl font-bold">{t('payments')}</h2>
      <ul className="divide-y divide-line">
        {payments.map(({ id, paidAt, amount, refunded, disputed }) => (
          <li key={id} className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 py-3">
            <span>{dayText(locale, paidAt.slice(0, 10))}</span>
            <span className="ms-auto text-end tabular-nums">
              <span className="font-medium">{formatMoney(amount, locale)}</span>
              {refunded.amountMinor > 0 ? (
                <span className="block text-sm text-muted">
                  {t('refunded', { amount: formatMoney(refunded, locale) })}
                </span>
              ) : null}
              {disputed.amountMinor > 0 ? (
                <span className="block text-sm text-muted">
                  {t('disputed', { amount: formatMoney(disputed, locale) })}
                </span>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
