'use client'
import { formatMoney } from '@azora/contracts/money.ts'
import { Card } from '@azora/ui/card.tsx'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { NumberField } from '@azora/ui/number-field.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useLocale, useTranslations } from '../i18n/client.tsx'
import { call, type OutputOf } from '../lib/api.browser.ts'
import { CourseSearch } from './course-search.tsx'
import type { SoldCourse } from './sold-course.ts'

type Quote = OutputOf<'payments.getSeatsQuote'>
type OrderSeatsProps = {
  institutionId: string
  termsDays: number
  courses: SoldCourse[]
  /** Whether the school has more courses than these. */
  isPart: boolean
}

/** Orders seats: it shows what they come to first, and what was shown is what is ordered. */
export function OrderSeats({ institutionId, termsDays, courses: listed, isPart }: OrderSeatsProps) {
  const t = useTranslations('ownInstitution')
  const common = useTranslations('common')
  const locale = useLocale()
  const say = useToast()
  const router = useRouter()
  const [found, setFound] = useState<SoldCourse[] | null>(null)
  const [course, setCourse] = useState<SoldCourse | null>(null)
  const [seats, setSeats] = useState(10)
  const [chosen, setCurrency] = useState('')
  const [quote, setQuote] = useState<Quote | null>(null)
  // What was ordered once under it is not ordered again where the answer was lost.
  const [key, setKey] = useState('')
  const others = (found ?? listed).filter(({ id }) => id !== course?.id)
  const courses = course ? [course, ...others] : others
  const currencies = course?.currencies ?? []
  const currency = currencies.includes(chosen) ? chosen : (currencies[0] ?? 'ZAR')
  const wanted = { institutionId, courseId: course?.id ?? '', seats }
  /** What was shown holds no more once something else is wanted. */
  const change = <Value,>(set: (value: Value) => void) => {
    return (value: Value) => {
      setQuote(null)
      set(value)
    }
  }
  const submit = async () => {
    if (!quote) {
      setQuote(await call('payments.getSeatsQuote', { ...wanted, currency }))
      setKey(crypto.randomUUID())
      return
    }
    await call('payments.orderSeats', { ...wanted, total: quote.total }, { idempotencyKey: key })
    setQuote(null)
    setCourse(null)
    say(t('ordered'))
    router.refresh()
  }
  return (
    <Card as="section" className="flex flex-col gap-4">
      <div>
        <h2 className="text-xl font-bold">{t('order')}</h2>
        <p className="mt-1 text-muted">{t('orderText', { n: termsDays })}</p>
      </div>
      <Form onSubmit={submit} failure={common('connectionLost')}>
        {isPart ? <CourseSearch onFound={setFound} /> : null}
        <NativeSelect
          label={t('course')}
          value={course?.id ?? ''}
          onChange={({ target }) => change(setCourse)(courses.find(({ id }) => id === target.value) ?? null)}
          required
          options={[
            { id: '', label: found?.length === 0 ? t('noCourseFound') : t('chooseCourse') },
            ...courses.map(({ id, title }) => ({ id, label: title })),
          ]}
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
        <SubmitButton>
          {quote ? t('confirm', { amount: formatMoney(quote.total, locale) }) : t('ask')}
        </SubmitButton>
      </Form>
    </Card>
  )
}

function QuoteText({ quote }: { quote: Quote }) {
  const t = useTranslations('ownInstitution')
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
      {quote.creditLeft ? (
        <p className="text-sm text-muted">{t('creditLeft', { amount: money(quote.creditLeft) })}</p>
      ) : null}
    </div>
  )
}
