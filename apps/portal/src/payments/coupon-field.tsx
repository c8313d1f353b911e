'use client'
import { formatMoney } from '@azora/contracts/money.ts'
import { Button } from '@azora/ui/button.tsx'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { faultAt } from '@azora/web/calls/form-faults.ts'
import { useLocale, useTranslations } from '../i18n/client.tsx'
import type { OutputOf } from '../lib/api.browser.ts'
import { type Goods, quoteFor } from './goods.ts'

/** A coupon that was taken, and what it comes to by it. */
export type Applied = { code: string; quote: OutputOf<'payments.getQuote'> }

type Props = {
  goods: Goods
  currency: string
  applied: Applied | null
  onApply: (applied: Applied | null) => void
}

/** Takes the code of a coupon, and says what it takes off before anything is paid. */
export function CouponField({ goods, currency, applied, onApply }: Props) {
  const t = useTranslations('pricing')
  const common = useTranslations('common')
  const locale = useLocale()
  if (applied)
    return (
      <p className="flex flex-wrap items-center justify-between gap-2" role="status">
        <span className="min-w-0 wrap-anywhere">
          {t('couponTaken', { code: applied.code, amount: formatMoney(applied.quote.discount, locale) })}
        </span>
        <Button variant="quiet" size="small" onPress={() => onApply(null)}>
          {t('couponRemove')}
        </Button>
      </p>
    )
  const apply = async (data: FormData) => {
    const code = String(data.get('coupon') ?? '').trim()
    try {
      const quote = await quoteFor(goods, { currency, coupon: code })
      onApply({ code: code.toUpperCase(), quote })
    } catch (failure) {
      // A code of another shape is as unknown as any other.
      if ((failure as { code?: string }).code !== 'invalid_input') throw failure
      throw faultAt('coupon', t('couponUnknown'))
    }
  }
  return (
    <Form onSubmit={apply} failure={common('connectionLost')} className="flex flex-col gap-3">
      <TextField
        name="coupon"
        label={t('coupon')}
        autoCapitalize="none"
        autoComplete="off"
        maxLength={40}
        isRequired
        autoFocus
      />
      <SubmitButton variant="secondary">{t('couponApply')}</SubmitButton>
    </Form>
  )
}
