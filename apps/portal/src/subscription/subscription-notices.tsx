'use client'
import { formatMoney } from '@azora/contracts/money.ts'
import { Button } from '@azora/ui/button.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useEffect, useState } from 'react'
import { useLocale, useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/account-api.browser.ts'
import { ApiError } from '../lib/api.browser.ts'
import { dayText } from '../text/date.ts'
import type { Subscription } from './shown-subscription.ts'

/** How long after coming back from the payment page it is asked how it stands, in seconds. */
const pauses = [1, 2, 3, 5, 8, 13, 20, 30]

type NoticesProps = {
  subscription: Subscription
  justBack: boolean
  onChanged: (subscription: Subscription) => void
}

/** What its owner has to know or do now: wait, pay, confirm. */
export function SubscriptionNotices({ subscription, justBack, onChanged }: NoticesProps) {
  const t = useTranslations('subscription')
  const [round, setRound] = useState(0)
  const { status, unpaid } = subscription
  const unsure = justBack && (status === 'incomplete' || unpaid !== null)
  const waits = unsure && round < pauses.length
  useEffect(() => {
    if (!waits) return
    const timer = setTimeout(
      async () => {
        // Without a line it is asked again; the page says that it may be left.
        const now = await call('payments.checkSubscription', {}).catch(() => null)
        if (now?.subscription) onChanged(now.subscription)
        setRound(current => current + 1)
      },
      (pauses[round] ?? 1) * 1000,
    )
    return () => clearTimeout(timer)
  }, [round, waits, onChanged])
  if (waits)
    return (
      <Notice tone="info" title={t('waitingTitle')} live>
        {t('waitingText')}
      </Notice>
    )
  if (status === 'incomplete') return <Unfinished subscription={subscription} />
  if (unpaid) return <Unpaid unpaid={unpaid} />
  if (justBack && (status === 'active' || status === 'trialing'))
    return (
      <Notice tone="success" title={t('startedTitle')} live>
        <p>{t('startedText')}</p>
        <p className="mt-3">
          <LinkButton href="/learn">{t('toCourses')}</LinkButton>
        </p>
      </Notice>
    )
  return null
}

function Unfinished({ subscription }: { subscription: Subscription }) {
  const t = useTranslations('subscription')
  const common = useTranslations('common')
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const { checkoutUrl, plan } = subscription
  const leave = async () => {
    setBusy(true)
    try {
      const nothing = { amountMinor: 0, currency: plan.price.currency }
      const quote = { revision: 0, on: subscription.startedOn, due: nothing, credited: nothing }
      await call('payments.changeSubscription', { action: 'cancel', when: 'now', quote })
      location.assign('/account/subscription')
    } catch (failure) {
      setFault(failure instanceof ApiError ? failure.message : common('connectionLost'))
      setBusy(false)
    }
  }
  return (
    <Notice tone="warning" title={t('finishTitle')}>
      <p>{t('finishText')}</p>
      {fault ? <p className="mt-2 font-semibold">{fault}</p> : null}
      <p className="mt-3 flex flex-wrap gap-3">
        {checkoutUrl ? <LinkButton href={checkoutUrl}>{t('finish')}</LinkButton> : null}
        <Button variant="quiet" onPress={leave} isPending={busy}>
          {t('discard')}
        </Button>
      </p>
    </Notice>
  )
}

function Unpaid({ unpaid }: { unpaid: NonNullable<Subscription['unpaid']> }) {
  const t = useTranslations('subscription')
  const common = useTranslations('common')
  const locale = useLocale()
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const { next, retryOn, graceUntil } = unpaid
  const day = (text: string) => dayText(locale, text)
  const text =
    next === 'charge'
      ? retryOn
        ? t('unpaid_charge', { day: day(retryOn) })
        : t('unpaid_charge_now')
      : t(`unpaid_${next}`)
  const pay = async () => {
    setBusy(true)
    setFault(null)
    try {
      location.assign((await call('payments.paySubscription', {})).checkoutUrl)
    } catch (failure) {
      setFault(failure instanceof ApiError ? failure.message : common('connectionLost'))
      setBusy(false)
    }
  }
  return (
    <Notice tone="warning" title={t('unpaidTitle', { amount: formatMoney(unpaid.amount, locale) })}>
      <p>
        {text} {graceUntil ? t('grace', { day: day(graceUntil) }) : ''}
      </p>
      {fault ? <p className="mt-2 font-semibold">{fault}</p> : null}
      <p className="mt-3">
        <Button onPress={pay} isPending={busy}>
          {t('payNow')}
        </Button>
      </p>
    </Notice>
  )
}
