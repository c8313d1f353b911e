'use client'
import { formatMoney } from '@azora/contracts/money.ts'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { NumberField } from '@azora/ui/number-field.tsx'
import { type ReactNode, useState } from 'react'
import type { Call } from '../calls/caller.ts'
import type { OutputOf } from '../calls/operations.ts'
import { useLocale } from '../i18n/client.tsx'
import { useOwnTranslations } from '../i18n/own-messages.ts'

type Quote = OutputOf<'payments.getSeatsQuote'>

type OrderSeatsFormProps = {
  call: Call<'payments.getSeatsQuote' | 'payments.orderSeats'>
  institutionId: string
  /** Empty while none is chosen. */
  courseId: string
  /** In which the course can be ordered. */
  currencies: readonly string[]
  /** Where the course is chosen. */
  children: ReactNode
  /** Says how much more may be ordered. */
  creditLeft: (amount: string) => string
  onOrdered: () => void
  /** Sets the button among others. */
  actions?: (submit: ReactNode) => ReactNode
}

/** Orders seats for an institution: it shows what they come to first, and what was shown is what is ordered. */
export function OrderSeatsForm({
  call,
  institutionId,
  courseId,
  currencies,
  children,
  creditLeft,
  onOrdered,
  actions = submit => submit,
}: OrderSeatsFormProps) {
  const t = useOwnTranslations('orderSeats')
  const common = useOwnTranslations('common')
  const locale = useLocale()
  const [seats, setSeats] = useState(10)
  const [chosen, setChosen] = useState('')
  const [asked, setAsked] = useState<{ about: string; quote: Quote; key: string } | null>(null)
  const currency = currencies.includes(chosen) ? chosen : (currencies[0] ?? 'ZAR')
  const wanted = { institutionId, courseId, seats }
  const about = `${courseId} ${seats} ${currency}`
  // What was shown for something else does not hold for this.
  const shown = asked?.about === about ? asked : null
  const submit = async () => {
    if (!shown) {
      const quote = await call('payments.getSeatsQuote', { ...wanted, currency })
      setAsked({ about, quote, key: crypto.randomUUID() })
      return
    }
    // Under one key, so that nothing is ordered again where the answer was lost.
    const { quote, key } = shown
    await call('payments.orderSeats', { ...wanted, total: quote.total }, { idempotencyKey: key })
    setAsked(null)
    onOrdered()
  }
  return (
    <Form onSubmit={submit} failure={common('connectionLost')}>
      {children}
      <NumberField
        label={t('seats')}
        value={seats}
        onChange={setSeats}
        minValue={1}
        maxValue={1000}
        isRequired
      />
      {currencies.length > 1 ? (
        <NativeSelect
          label={t('currency')}
          value={currency}
          onChange={({ target }) => setChosen(target.value)}
          options={currencies.map(id => ({ id, label: id }))}
        />
      ) : null}
      <div aria-live="polite">{shown ? <QuoteText quote={shown.quote} creditLeft={creditLeft} /> : null}</div>
      {actions(
        <SubmitButton>
          {shown ? t('order', { amount: formatMoney(shown.quote.total, locale) }) : t('ask')}
        </SubmitButton>,
      )}
    </Form>
  )
}

type QuoteTextProps = { quote: Quote } & Pick<OrderSeatsFormProps, 'creditLeft'>

function QuoteText({ quote, creditLeft }: QuoteTextProps) {
  const t = useOwnTranslations('orderSeats')
  const locale = useLocale()
  const money = (of: Quote['net']) => formatMoney(of, locale)
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
  return (
    <div className="flex flex-col gap-2 rounded-control bg-sunken p-4">
      <p className="text-sm text-muted">{t('each', { amount: money(quote.price) })}</p>
      <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1">
        {quote.tax.amountMinor > 0 ? (
          <>
            <dt>{t('net')}</dt>
            <dd className="text-end tabular-nums">{money(quote.net)}</dd>
            <dt>{quote.taxName}</dt>
            <dd className="text-end tabular-nums">{money(quote.tax)}</dd>
          </>
        ) : null}
        <dt className="font-bold">{t('total')}</dt>
        <dd className="text-end font-bold tabular-nums">{money(quote.total)}</dd>
      </dl>
      <p className="text-sm text-muted">{t('dueBy', { day: day.format(new Date(quote.dueOn)) })}</p>
      {quote.creditLeft ? <p className="text-sm text-muted">{creditLeft(money(quote.creditLeft))}</p> : null}
    </div>
  )
}
