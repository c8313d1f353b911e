'use client'
import { formatMoney } from '@azora/contracts/money.ts'
import { Button } from '@azora/ui/button.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { Spinner } from '@azora/ui/spinner.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useEffect, useState } from 'react'
import { useLocale, useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/account-api.browser.ts'
import { ApiError, type OutputOf } from '../lib/api.browser.ts'
import { dayText } from '../text/date.ts'
import { planPrice } from './plan-price.ts'
import type { Action, Plan, Subscription } from './shown-subscription.ts'

type Preview = OutputOf<'payments.getSubscriptionPreview'>

type ChangeDialogProps = {
  action: Action
  subscription: Subscription
  /** To which it can be changed. */
  plans: Plan[]
  onClose: () => void
  onChanged: (subscription: Subscription) => void
}

/** Says to the cent what a change costs, and does just that. */
export function ChangeDialog({ action, subscription, plans, onClose, onChanged }: ChangeDialogProps) {
  const t = useTranslations('subscription')
  const common = useTranslations('common')
  const locale = useLocale()
  const { currency } = subscription.plan.price
  const offered = plans.filter(({ prices }) => prices.some(price => price.currency === currency))
  const late = subscription.status === 'past_due' || subscription.status === 'paused'
  const [planId, setPlanId] = useState(offered[0]?.id ?? '')
  const [when, setWhen] = useState<'now' | 'period_end'>(action === 'cancel' && !late ? 'period_end' : 'now')
  const [resumesOn, setResumesOn] = useState('')
  const [preview, setPreview] = useState<Preview | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const version = offered.find(({ id }) => id === planId)?.version
  const wish = {
    action,
    when,
    ...(action === 'change_plan' && version ? { planId, version } : {}),
    ...(action === 'pause' && resumesOn ? { resumesOn } : {}),
  }
  const asked = JSON.stringify(wish)
  useEffect(() => {
    let current = true
    setPreview(null)
    setFault(null)
    call('payments.getSubscriptionPreview', JSON.parse(asked)).then(
      found => current && setPreview(found),
      failure =>
        current && setFault(failure instanceof ApiError ? failure.message : common('connectionLost')),
    )
    return () => {
      current = false
    }
  }, [asked, common])
  const confirm = async () => {
    if (!preview) return
    setBusy(true)
    try {
      onChanged(await call('payments.changeSubscription', { ...wish, quote: preview.quote }))
    } catch (failure) {
      setFault(failure instanceof ApiError ? failure.message : common('connectionLost'))
      setPreview(null)
      setBusy(false)
    }
  }
  return (
    <Dialog isOpen onOpenChange={onClose} title={t(`confirm_${action}`)} closeLabel={t('back')}>
      <div className="flex flex-col gap-4">
        {action === 'change_plan' ? (
          <NativeSelect
            label={t('plan')}
            value={planId}
            onChange={({ target }) => setPlanId(target.value)}
            options={offered.map(plan => {
              const price = plan.prices.find(one => one.currency === currency)
              const text = price ? `${plan.name}, ${planPrice(t, price, plan.interval, locale)}` : plan.name
              return { id: plan.id, label: text }
            })}
          />
        ) : null}
        {(action === 'change_plan' || action === 'cancel') && !late ? (
          <NativeSelect
            label={t('when')}
            value={when}
            onChange={({ target }) => setWhen(target.value === 'now' ? 'now' : 'period_end')}
            options={(['now', 'period_end'] as const).map(id => ({ id, label: t(`when_${id}`) }))}
          />
        ) : null}
        {action === 'pause' ? (
          <TextField
            type="date"
            label={t('resumesOn')}
            description={t('resumesOnHelp')}
            value={resumesOn}
            onChange={setResumesOn}
          />
        ) : null}
        {fault ? (
          <Notice tone="error" live>
            {fault}
          </Notice>
        ) : preview ? (
          <Costs preview={preview} closes={(action === 'cancel' && when === 'now') || action === 'pause'} />
        ) : (
          <p className="flex min-h-16 items-center justify-center">
            <Spinner />
          </p>
        )}
        <div className="mt-2 flex flex-col-reverse gap-3 sm:flex-row sm:justify-end">
          <Button variant="secondary" onPress={onClose} isDisabled={busy}>
            {t('back')}
          </Button>
          <Button
            variant={action === 'cancel' ? 'danger' : 'primary'}
            onPress={confirm}
            isPending={busy}
            isDisabled={!preview}
          >
            {t(`confirm_${action}`)}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

function Costs({ preview, closes }: { preview: Preview; closes: boolean }) {
  const t = useTranslations('subscription')
  const locale = useLocale()
  const { quote, lines, nextPayment, opensUntil } = preview
  const day = (text: string) => dayText(locale, text)
  const worded = ({ code, days, ofDays, from, until }: Preview['lines'][number]) =>
    code === 'unused_time' || code === 'remaining_time'
      ? t(`line_${code}`, { days: days ?? 0, ofDays: ofDays ?? 0 })
      : code === 'credit'
        ? t('line_credit')
        : t('line_period', { from: from ? day(from) : '', until: until ? day(until) : '' })
  const row = 'flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1'
  return (
    <section aria-label={t('costs')} aria-live="polite" className="flex flex-col gap-3">
      {lines.length > 0 ? (
        <ul className="flex flex-col gap-1.5 text-sm">
          {lines.map(line => (
            <li key={`${line.code} ${line.from}`} className={row}>
              <span>{worded(line)}</span>
              <span className="tabular-nums">{formatMoney(line.amount, locale)}</span>
            </li>
          ))}
        </ul>
      ) : null}
      {quote.due.amountMinor > 0 ? (
        <p className={`${row} border-t border-line pt-3 font-bold`}>
          <span>{t('dueNow')}</span>
          <span className="tabular-nums">{formatMoney(quote.due, locale)}</span>
        </p>
      ) : quote.credited.amountMinor > 0 ? (
        <p className={`${row} border-t border-line pt-3 font-bold`}>
          <span>{t('credited')}</span>
          <span className="tabular-nums">{formatMoney(quote.credited, locale)}</span>
        </p>
      ) : (
        <p className="font-semibold">{t('free')}</p>
      )}
      {nextPayment ? (
        <p className={row}>
          <span>{t('then')}</span>
          <span className="tabular-nums">
            {t('nextPaymentText', {
              amount: formatMoney(nextPayment.amount, locale),
              day: day(nextPayment.on),
            })}
          </span>
        </p>
      ) : null}
      {opensUntil ? <p>{closes ? t('closesNow') : t('opensUntil', { day: day(opensUntil) })}</p> : null}
    </section>
  )
}
