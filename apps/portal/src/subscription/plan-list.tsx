'use client'
import { Badge } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { useLocale, useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/account-api.browser.ts'
import { ApiError } from '../lib/api.browser.ts'
import { priceFor } from '../payments/price-for.ts'
import { planPrice } from './plan-price.ts'
import type { Plan } from './shown-subscription.ts'

/** The plans of a school, each with the way to its payment page. */
export function PlanList({ plans }: { plans: Plan[] }) {
  return (
    <ul className="flex flex-col gap-5">
      {plans.map(plan => (
        <PlanItem key={plan.id} plan={plan} />
      ))}
    </ul>
  )
}

function PlanItem({ plan }: { plan: Plan }) {
  const t = useTranslations('subscription')
  const common = useTranslations('common')
  const locale = useLocale()
  const router = useRouter()
  const usual = priceFor(plan.prices, locale)
  const [currency, setCurrency] = useState(usual?.currency ?? '')
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  // Who comes back from the payment page may find this page as they left it.
  useEffect(() => {
    const shown = ({ persisted }: PageTransitionEvent) => persisted && setBusy(false)
    addEventListener('pageshow', shown)
    return () => removeEventListener('pageshow', shown)
  }, [])
  const price = plan.prices.find(one => one.currency === currency) ?? usual
  if (!price) return null
  const subscribe = async () => {
    setBusy(true)
    setFault(null)
    try {
      const { id: planId, version } = plan
      const { checkoutUrl } = await call('payments.startSubscription', { planId, version, price })
      if (checkoutUrl) location.assign(checkoutUrl)
      else location.assign('/account/subscription?paid')
    } catch (failure) {
      setFault(failure instanceof ApiError ? failure.message : common('connectionLost'))
      setBusy(false)
      // The page has to show the new price, or the same is refused for ever.
      if (failure instanceof ApiError && failure.code === 'price_changed') router.refresh()
    }
  }
  return (
    <li className="flex flex-col gap-3 border-t border-line pt-5 first:border-0 first:pt-0">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h3 className="text-lg font-bold wrap-anywhere">{plan.name}</h3>
        <p className="font-semibold tabular-nums">{planPrice(t, price, plan.interval, locale)}</p>
      </div>
      {plan.trialDays > 0 ? (
        <p>
          <Badge tone="good">{t('trial', { days: plan.trialDays })}</Badge>
        </p>
      ) : null}
      {plan.description ? <p className="wrap-anywhere text-muted">{plan.description}</p> : null}
      <details>
        <summary className="min-h-8 cursor-pointer text-sm font-medium">
          {t('includes', { count: plan.courses.length })}
        </summary>
        <ul className="mt-2 flex flex-col gap-1 text-sm">
          {plan.courses.map(({ courseId, title }) => (
            <li key={courseId}>
              <a href={`/courses/${courseId}`} className="underline underline-offset-4 wrap-anywhere">
                {title}
              </a>
            </li>
          ))}
        </ul>
      </details>
      <div className="flex flex-wrap items-end gap-3">
        {plan.prices.length > 1 ? (
          <NativeSelect
            label={t('currency')}
            value={currency}
            onChange={({ target }) => setCurrency(target.value)}
            options={plan.prices.map(one => ({ id: one.currency, label: one.currency }))}
          />
        ) : null}
        <Button onPress={subscribe} isPending={busy} aria-label={t('subscribeTo', { plan: plan.name })}>
          {busy ? t('opening') : t('subscribe')}
        </Button>
      </div>
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
    </li>
  )
}
