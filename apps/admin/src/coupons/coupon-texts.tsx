import { formatMoney } from '@azora/contracts/money.ts'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { useTranslations } from '../messages.ts'
import type { SchoolCoupon } from './school-coupon.ts'

type Props = { coupon: SchoolCoupon }

/** A day without a time, as the coupon has it: the same in all time zones. */
const dayText = (locale: string, day: string) =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(day))

/** What it takes off, and from when until when. */
export function CouponOff({ coupon: { off, validFrom, validUntil } }: Props) {
  const t = useTranslations('coupons')
  const locale = useLocale()
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 })
  const amount =
    'basisPoints' in off ? share.format(off.basisPoints / 10_000) : formatMoney(off.amount, locale)
  return (
    <span className="block text-sm font-normal text-muted">
      {t('off', { amount })}
      {validFrom ? <span className="block">{t('from', { day: dayText(locale, validFrom) })}</span> : null}
      {validUntil ? <span className="block">{t('until', { day: dayText(locale, validUntil) })}</span> : null}
    </span>
  )
}

/** As many courses as a row of the list has place for. */
const mostNamed = 2

export function CouponCourses({ coupon: { courses } }: Props) {
  const t = useTranslations('coupons')
  if (courses === null) return t('everyCourse')
  const named = courses.slice(0, mostNamed).map(({ title }) => title)
  const others = courses.length - named.length
  return (
    <span className="wrap-anywhere">
      {named.join(', ')}
      {others > 0 ? (
        <span className="block text-sm text-muted">{t('otherCourses', { n: others })}</span>
      ) : null}
    </span>
  )
}

export function CouponUses({ coupon: { uses, mostUses } }: Props) {
  const t = useTranslations('coupons')
  const locale = useLocale()
  const count = uses.toLocaleString(locale)
  return mostUses === null ? count : t('usesOf', { uses: count, most: mostUses.toLocaleString(locale) })
}
