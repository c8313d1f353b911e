'use client'
import { formatMoney } from '@azora/contracts/money.ts'
import { Badge, type Tone } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import { Card } from '@azora/ui/card.tsx'
import { useState } from 'react'
import { useLocale, useTranslations } from '../i18n/client.tsx'
import { dayText } from '../text/date.ts'
import { ChangeDialog } from './change-dialog.tsx'
import { PaidSoFar } from './paid-so-far.tsx'
import { planPrice } from './plan-price.ts'
import type { Action, Plan, Subscription } from './shown-subscription.ts'
import { SubscriptionNotices } from './subscription-notices.tsx'

const tones: Partial<Record<Subscription['status'], Tone>> = {
  trialing: 'info',
  active: 'good',
  past_due: 'amber',
  paused: 'amber',
}

/** What can be done with it as it stands. */
function actionsOf({ status, cancelsOn }: Subscription, others: number): Action[] {
  if (status === 'paused') return ['resume', 'cancel']
  if (status === 'past_due') return ['cancel']
  if (status !== 'active' && status !== 'trialing') return []
  if (cancelsOn) return ['keep']
  return [
    ...(others > 0 ? (['change_plan'] as const) : []),
    ...(status === 'active' ? (['pause'] as const) : []),
    'cancel',
  ]
}

type OwnSubscriptionProps = {
  initial: Subscription
  plans: Plan[]
  /** Whether its owner has just come back from the payment page. */
  justBack: boolean
}

/** A person's subscription: what it is, what is paid next, and what can be done with it. */
export function OwnSubscription({ initial, plans, justBack }: OwnSubscriptionProps) {
  const t = useTranslations('subscription')
  const locale = useLocale()
  const [subscription, setSubscription] = useState(initial)
  const [action, setAction] = useState<Action | null>(null)
  const { plan, status, period, nextPayment, credit, card, cancelsOn, resumesOn, next, endedOn } =
    subscription
  const others = plans.filter(({ id, version }) => id !== plan.planId || version !== plan.version)
  const day = (text: string) => dayText(locale, text)
  const open = status === 'active' || status === 'trialing' || status === 'past_due'
  const facts: [string, string][] = [
    ...(open
      ? ([[t('period'), t('periodText', { from: day(period.from), until: day(period.until) })]] as const)
      : []),
    ...(open
      ? ([
          [
            t('nextPayment'),
            nextPayment
              ? t('nextPaymentText', {
                  amount: formatMoney(nextPayment.amount, locale),
                  day: day(nextPayment.on),
                })
              : t('noNextPayment'),
          ],
        ] as const)
      : []),
    ...(credit.amountMinor > 0 ? ([[t('credit'), formatMoney(credit, locale)]] as const) : []),
    ...(status === 'cancelled'
      ? []
      : ([
          [t('card'), card ? t('cardText', { brand: card.brand, last4: card.last4 }) : t('noCard')],
        ] as const)),
  ].map(([label, text]) => [label, text])
  return (
    <>
      <SubscriptionNotices subscription={subscription} justBack={justBack} onChanged={setSubscription} />
      <Card className="flex flex-col gap-5">
        <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
          <h2 className="text-xl font-bold wrap-anywhere">{plan.name}</h2>
          <p className="flex flex-wrap items-center gap-2">
            <Badge tone={tones[status] ?? 'neutral'}>{t(`status_${status}`)}</Badge>
            {subscription.sandbox ? <Badge tone="amber">{t('sandbox')}</Badge> : null}
          </p>
        </div>
        <p className="font-semibold tabular-nums">{planPrice(t, plan.price, plan.interval, locale)}</p>
        {cancelsOn ? <p>{t('ends', { day: day(cancelsOn) })}</p> : null}
        {status === 'paused' ? (
          <p>
            {t('pausedText')} {resumesOn ? t('resumes', { day: day(resumesOn) }) : ''}
          </p>
        ) : null}
        {next ? <p>{t('changesTo', { day: day(period.until), plan: next.name })}</p> : null}
        {endedOn ? <p>{t('endedText', { day: day(endedOn) })}</p> : null}
        {facts.length > 0 ? (
          <dl className="grid gap-x-8 gap-y-3 sm:grid-cols-2">
            {facts.map(([label, text]) => (
              <div key={label}>
                <dt className="text-sm text-muted">{label}</dt>
                <dd className="font-medium tabular-nums">{text}</dd>
              </div>
            ))}
          </dl>
        ) : null}
        <div className="flex flex-wrap gap-3">
          {actionsOf(subscription, others.length).map(one => (
            <Button
              key={one}
              variant={one === 'cancel' ? 'quiet' : 'secondary'}
              onPress={() => setAction(one)}
            >
              {t(one)}
            </Button>
          ))}
        </div>
      </Card>
      <PaidSoFar payments={subscription.payments} />
      {action ? (
        <ChangeDialog
          action={action}
          subscription={subscription}
          plans={others}
          onClose={() => setAction(null)}
          onChanged={changed => {
            setSubscription(changed)
            setAction(null)
          }}
        />
      ) : null}
    </>
  )
}
