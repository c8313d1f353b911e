'use client'
import { formatMoney } from '@azora/contracts/money.ts'
import { Badge } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import { Card } from '@azora/ui/card.tsx'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { faultAt } from '@azora/web/calls/form-faults.ts'
import { LoadFailed } from '@azora/web/shell/load-failed.tsx'
import { useCallback, useEffect, useState } from 'react'
import { useLocale, useTranslations } from '../../i18n/client.tsx'
import { ApiError, call, type OutputOf } from '../../lib/api.browser.ts'

type Coupon = OutputOf<'payments.listCourseCoupons'>['items'][number]

/** The coupons for a course: those that there are, and another one. */
export function Coupons({ courseId }: { courseId: string }) {
  const t = useTranslations('coupons')
  const prices = useTranslations('priceEditor')
  const [coupons, setCoupons] = useState<Coupon[] | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const load = useCallback(async () => {
    setFault(null)
    try {
      setCoupons((await call('payments.listCourseCoupons', { courseId, limit: 100 })).items)
    } catch (failure) {
      setFault(failure instanceof ApiError ? failure.message : prices('loadFault'))
    }
  }, [courseId, prices])
  useEffect(() => void load(), [load])
  if (fault) return <LoadFailed fault={fault} onRetry={load} />
  if (!coupons) return null
  const replace = (changed: Coupon) => setCoupons(coupons.map(one => (one.id === changed.id ? changed : one)))
  return (
    <Card as="section" className="flex flex-col gap-5">
      <div>
        <h2 className="text-xl font-bold">{t('title')}</h2>
        <p className="mt-1 text-muted">{t('text')}</p>
      </div>
      {coupons.length > 0 ? (
        <ul className="flex flex-col divide-y divide-line">
          {coupons.map(coupon => (
            <CouponLine key={coupon.id} coupon={coupon} courseId={courseId} onEnded={replace} />
          ))}
        </ul>
      ) : null}
      <NewCoupon courseId={courseId} onMade={made => setCoupons([made, ...coupons])} />
    </Card>
  )
}

function CouponLine({
  coupon,
  courseId,
  onEnded,
}: {
  coupon: Coupon
  courseId: string
  onEnded: (ended: Coupon) => void
}) {
  const t = useTranslations('coupons')
  const common = useTranslations('common')
  const locale = useLocale()
  const say = useToast()
  const [busy, setBusy] = useState(false)
  const { off, code, uses, mostUses, validUntil } = coupon
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 })
  const end = async () => {
    setBusy(true)
    try {
      onEnded(await call('payments.endCourseCoupon', { courseId, couponId: coupon.id }))
    } catch (failure) {
      say(failure instanceof ApiError ? failure.message : common('connectionLost'), 'error')
    }
    setBusy(false)
  }
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 py-3">
      <span className="min-w-0 wrap-anywhere">
        <span className="font-semibold">{code}</span>{' '}
        {'basisPoints' in off ? share.format(off.basisPoints / 10_000) : formatMoney(off.amount, locale)}
        <span className="block text-sm text-muted">
          {mostUses === null ? t('used', { uses }) : t('usedOf', { uses, most: mostUses })}
          {validUntil
            ? ` · ${t('until', { day: new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(validUntil)) })}`
            : ''}
        </span>
      </span>
      {coupon.endedAt ? (
        <Badge tone="neutral">{t('ended')}</Badge>
      ) : (
        <Button
          variant="secondary"
          size="small"
          aria-label={t('endOf', { code })}
          onPress={end}
          isPending={busy}
        >
          {t('end')}
        </Button>
      )}
    </li>
  )
}

function NewCoupon({ courseId, onMade }: { courseId: string; onMade: (made: Coupon) => void }) {
  const t = useTranslations('coupons')
  const common = useTranslations('common')
  const say = useToast()
  const [made, setMade] = useState(0)
  const save = async (data: FormData) => {
    const text = (name: string) => String(data.get(name) ?? '').trim()
    const [, whole, rest = ''] = /^(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(text('percent')) ?? []
    if (whole === undefined) throw faultAt('percent', t('notPercent'))
    const basisPoints = Number(whole) * 100 + Number(rest.padEnd(2, '0'))
    if (basisPoints < 1 || basisPoints > 10_000) throw faultAt('percent', t('notPercent'))
    const most = text('mostUses')
    if (most !== '' && !/^[1-9]\d{0,5}$/.test(most)) throw faultAt('mostUses', t('notNumber'))
    onMade(
      await call('payments.createCourseCoupon', {
        courseId,
        code: text('code'),
        off: { basisPoints },
        validFrom: null,
        validUntil: text('validUntil') || null,
        mostUses: most === '' ? null : Number(most),
        mostPerPerson: 1,
      }),
    )
    say(t('made'))
    // An empty form for the next one.
    setMade(count => count + 1)
  }
  return (
    <Form key={made} onSubmit={save} failure={common('connectionLost')}>
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField
          name="code"
          label={t('code')}
          description={t('codeHelp')}
          autoCapitalize="none"
          pattern="[A-Za-z0-9\-]{3,40}"
          maxLength={40}
          isRequired
        />
        <TextField name="percent" label={t('percent')} inputMode="decimal" isRequired />
        <TextField
          name="mostUses"
          label={t('mostUses')}
          description={t('mostUsesHelp')}
          inputMode="numeric"
        />
        <TextField name="validUntil" label={t('validUntil')} description={t('validUntilHelp')} type="date" />
      </div>
      <div>
        <SubmitButton variant="secondary">{t('make')}</SubmitButton>
      </div>
    </Form>
  )
}
