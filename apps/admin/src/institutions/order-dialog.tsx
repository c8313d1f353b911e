import { formatMoney } from '@azora/contracts/money.ts'
import { Dialog } from '@azora/ui/dialog.tsx'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { NumberField } from '@azora/ui/number-field.tsx'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { useState } from 'react'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'
import { useCurrencies } from '../offers/choice.ts'
import { CourseChoice } from '../offers/course-choice.tsx'
import type { PickedCourse } from '../offers/found-courses.ts'
import { DialogButtons } from '../shell/reason-dialog.tsx'
import type { Institution } from './institution.ts'

type Quote = OutputOf<'payments.getSeatsQuote'>
type Props = { institution: Institution; onClose: () => void; onOrdered: () => void }

/** Orders seats for an institution: it shows what they come to first, and what was shown is what is ordered. */
export function OrderDialog({ institution, onClose, onOrdered }: Props) {
  const t = useTranslations('accountOrders')
  const common = useTranslations('common')
  const locale = useLocale()
  const currencies = useCurrencies([])
  const [course, setCourse] = useState<PickedCourse | null>(null)
  const [seats, setSeats] = useState(10)
  const [chosenCurrency, setCurrency] = useState('')
  const [quote, setQuote] = useState<Quote | null>(null)
  // What was ordered once under it is not ordered again where the answer was lost.
  const [key, setKey] = useState('')
  const currency = chosenCurrency || currencies[0] || 'ZAR'
  const wanted = { institutionId: institution.id, courseId: course?.courseId ?? '', seats }
  /** What was shown holds no more once something else is wanted. */
  const change = <Value,>(set: (value: Value) => void) => {
    return (value: Value) => {
      setQuote(null)
      set(value)
    }
  }
  const submit = async () => {
    if (quote) {
      await call('payments.orderSeats', { ...wanted, total: quote.total }, { idempotencyKey: key })
      onOrdered()
    } else {
      setQuote(await call('payments.getSeatsQuote', { ...wanted, currency }))
      setKey(crypto.randomUUID())
    }
  }
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={t('newTitle', { name: institution.name })}
      closeLabel={common('close')}
    >
      <Form onSubmit={submit} failure={common('connectionLost')}>
        <CourseChoice
          label={t('course')}
          prompt={t('chooseCourse')}
          chosen={course}
          onChange={change(setCourse)}
        />
        <NumberField
          label={t('seats')}
          value={seats}
          onChange={change(setSeats)}
          minValue={1}
          maxValue={1000}
          isRequired
        />
        {currencies.length > 1 ? (
          <NativeSelect
            label={t('currency')}
            value={currency}
            onChange={({ target }) => change(setCurrency)(target.value)}
            options={currencies.map(id => ({ id, label: id }))}
          />
        ) : null}
        <div aria-live="polite">{quote ? <QuoteText quote={quote} /> : null}</div>
        <DialogButtons onCancel={onClose}>
          <SubmitButton>
            {quote ? t('order', { amount: formatMoney(quote.total, locale) }) : t('ask')}
          </SubmitButton>
        </DialogButtons>
      </Form>
    </Dialog>
  )
}

function QuoteText({ quote }: { quote: Quote }) {
  const t = useTranslations('accountOrders')
  const locale = useLocale()
  const money = (of: Quote['net']) => formatMoney(of, locale)
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
  const rows = [
    ...(quote.tax.amountMinor > 0
      ? [
          { name: t('net'), amount: quote.net },
          { name: quote.taxName ?? '', amount: quote.tax },
        ]
      : []),
    { name: t('total'), amount: quote.total },
  ]
  return (
    <div className="flex flex-col gap-2 rounded-control bg-sunken p-4">
      <p className="text-sm text-muted">{t('each', { amount: money(quote.price) })}</p>
      <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1">
        {rows.map(({ name, amount }) => (
          <div key={name} className="contents last:font-bold">
            <dt>{name}</dt>
            <dd className="text-end tabular-nums">{money(amount)}</dd>
          </div>
        ))}
      </dl>
      <p className="text-sm text-muted">{t('dueBy', { day: day.format(new Date(quote.dueOn)) })}</p>
      {quote.creditLeft ? (
        <p className="text-sm text-muted">{t('creditLeft', { amount: money(quote.creditLeft) })}</p>
      ) : null}
    </div>
  )
}
