'use client'
import { formatMoney } from '@azora/contracts/money.ts'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useTimeZone } from '@azora/web/time-zone.ts'
import { useEffect, useState } from 'react'
import { useLocale, useTranslations } from '../i18n/client.tsx'
import { call, type OutputOf } from '../lib/api.browser.ts'

type Order = OutputOf<'payments.getOrder'>

/** How long after coming back from the payment page it is asked whether the payment has arrived, in seconds. */
const pauses = [1, 2, 3, 5, 8, 13, 20, 30]

/** What has become of an order, and what to do next. A buyer who comes back from paying waits here until it is certain. */
export function OrderState({ initial, justPaid }: { initial: Order; justPaid: boolean }) {
  const t = useTranslations('orders')
  const locale = useLocale()
  const timeZone = useTimeZone()
  const [order, setOrder] = useState(initial)
  const [round, setRound] = useState(0)
  const { id, status } = order
  const unsure = status === 'open' && justPaid
  const waits = unsure && round < pauses.length
  useEffect(() => {
    if (!waits) return
    const timer = setTimeout(
      async () => {
        // Without a line it is asked again; the page says that it may be left.
        const now = await call('payments.checkOrder', { orderId: id }).catch(() => null)
        // What the server shows below changes with it.
        if (now && now.status !== 'open') location.reload()
        else if (now) setOrder(now)
        setRound(current => current + 1)
      },
      (pauses[round] ?? 1) * 1000,
    )
    return () => clearTimeout(timer)
  }, [id, round, waits])
  const [course] = order.items
  const toCourse = course && !order.bundle ? `/learn/${course.courseId}` : '/learn'
  const toOffer = order.bundle
    ? `/bundles/${order.bundle.bundleId}`
    : `/courses/${course?.courseId}${order.gift ? '?gift' : ''}`
  const isDeposit = order.kind === 'deposit'
  if (status === 'paid' && isDeposit)
    return (
      <Notice tone="success" title={t('depositPaidTitle')} live>
        <p>{t('depositPaidText')}</p>
        <p className="mt-3">
          <LinkButton href="/account/wallet">{t('toWallet')}</LinkButton>
        </p>
      </Notice>
    )
  // The card of the gift says it.
  if (status === 'paid' && order.gift) return null
  const isPart = order.refunds.some(({ courseIds, status }) => courseIds !== null && status !== 'failed')
  if (status === 'paid')
    return (
      <Notice tone="success" title={t('paidTitle')} live>
        <p>{t(order.bundle ? (isPart ? 'bundlePartText' : 'bundlePaidText') : 'paidText')}</p>
        <p className="mt-3">
          <LinkButton href={toCourse}>{t(order.bundle ? 'toCourses' : 'toCourse')}</LinkButton>
        </p>
      </Notice>
    )
  if (status === 'refunded')
    return (
      <Notice tone="info" title={t('refundedTitle')}>
        {t('refundedText')}
      </Notice>
    )
  if (status === 'expired')
    return (
      <Notice tone="warning" title={t('expiredTitle')}>
        <p>{t(isDeposit ? 'depositExpiredText' : 'expiredText')}</p>
        {course ? (
          <p className="mt-3">
            <LinkButton href={toOffer}>{t('again')}</LinkButton>
          </p>
        ) : null}
      </Notice>
    )
  if (waits)
    return (
      <Notice tone="info" title={t('waitingTitle')} live>
        {t('waitingText')}
      </Notice>
    )
  // The payment page said that it was paid, so neither may this say that nothing was charged, nor offer to pay again.
  if (unsure)
    return (
      <Notice tone="info" title={t('lateTitle')} live>
        {t('lateText')}
      </Notice>
    )
  const until = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone }).format(
    new Date(order.expiresAt),
  )
  return (
    <Notice tone="warning" title={t('openTitle')}>
      <p>{t('openText', { until })}</p>
      {order.checkoutUrl ? (
        <p className="mt-3">
          <LinkButton href={order.checkoutUrl}>
            {t('pay', { price: formatMoney(order.total, locale) })}
          </LinkButton>
        </p>
      ) : course ? (
        <p className="mt-3">
          <LinkButton href={toOffer}>{t('again')}</LinkButton>
        </p>
      ) : null}
    </Notice>
  )
}
