'use client'
import { exponentOf, formatMoney } from '@azora/contracts/money.ts'
import { Card } from '@azora/ui/card.tsx'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { Skeleton } from '@azora/ui/skeleton.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { AmountFields, amountNameOf, amountsIn } from '@azora/web/amounts/amount-fields.tsx'
import { Moment } from '@azora/web/moment.tsx'
import { LoadFailed } from '@azora/web/shell/load-failed.tsx'
import { useCallback, useEffect, useState } from 'react'
import { useLocale, useTranslations } from '../../i18n/client.tsx'
import { ApiError, call, type OutputOf } from '../../lib/api.browser.ts'
import { FreeSeats } from '../free-seats/free-seats.tsx'
import { Coupons } from './coupons.tsx'

type CoursePrices = OutputOf<'payments.getCoursePrices'>

/** What a course costs: a field for each currency in which the school sells, and what it cost before. */
export function PriceTab({ courseId }: { courseId: string }) {
  const t = useTranslations('priceEditor')
  const [known, setKnown] = useState<CoursePrices | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const load = useCallback(async () => {
    setFault(null)
    try {
      setKnown(await call('payments.getCoursePrices', { courseId }))
    } catch (failure) {
      setFault(failure instanceof ApiError ? failure.message : t('loadFault'))
    }
  }, [courseId, t])
  useEffect(() => void load(), [load])
  if (fault) return <LoadFailed fault={fault} onRetry={load} />
  if (!known) return <Skeleton className="h-80 w-full" />
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="flex flex-col gap-6">
        <PriceForm key={known.history[0]?.from ?? ''} known={known} onSaved={setKnown} />
        {known.prices.length > 0 ? <Coupons courseId={courseId} /> : null}
        {known.prices.length > 0 ? <FreeSeats courseId={courseId} /> : null}
      </div>
      <History history={known.history} />
    </div>
  )
}

function PriceForm({ known, onSaved }: { known: CoursePrices; onSaved: (saved: CoursePrices) => void }) {
  const t = useTranslations('priceEditor')
  const common = useTranslations('common')
  const locale = useLocale()
  const say = useToast()
  const { courseId, prices } = known
  // A price in a currency that the school has given up is still there to be taken away.
  const currencies = [...new Set([...known.currencies, ...prices.map(({ currency }) => currency)])]
  const save = async (data: FormData) => {
    const wanted = amountsIn(data, currencies, {
      notAnAmount: currency => t('notAnAmount', { example: exampleIn(currency, locale) }),
    })
    try {
      const saved = await call('payments.setCoursePrices', { courseId, prices: wanted })
      onSaved(saved)
      say(saved.prices.length > 0 ? t('saved') : t('freeNow'))
    } catch (failure) {
      throw failure instanceof ApiError
        ? atFields(failure, at => amountNameOf(wanted[at]?.currency ?? ''))
        : failure
    }
  }
  return (
    <Card as="section" className="flex flex-col gap-5">
      <div>
        <h2 className="text-xl font-bold">{t('title')}</h2>
        <p className="mt-1 text-muted">{t('text')}</p>
      </div>
      <Form onSubmit={save} failure={common('connectionLost')}>
        <AmountFields
          currencies={currencies}
          amounts={prices}
          label={currency => t('amountIn', { currency: currencyName(currency, locale) })}
          description={currency =>
            currencies.length > 1 ? t('amountHelp', { currency: currencyName(currency, locale) }) : undefined
          }
        />
        <p className="text-sm text-muted">{t('stays')}</p>
        <div>
          <SubmitButton size="large">{t('save')}</SubmitButton>
        </div>
      </Form>
    </Card>
  )
}

const currencyName = (currency: string, locale: string) =>
  new Intl.DisplayNames(locale, { type: 'currency', fallback: 'code' }).of(currency) ?? currency

const exampleIn = (currency: string, locale: string) =>
  new Intl.NumberFormat(locale, { minimumFractionDigits: exponentOf(currency) }).format(450)

/** The service names a price by its place in the list, the form its field by the currency. */
function atFields(failure: ApiError, fieldAt: (at: number) => string) {
  const { code, message, data } = failure
  const fields = data.fields?.map(({ path, message: said }) => ({
    path: fieldAt(Number(/^prices\.(\d+)\./.exec(path)?.[1])),
    message: said,
  }))
  return { code, message, data: fields ? { fields } : {} }
}

function History({ history }: { history: CoursePrices['history'] }) {
  const t = useTranslations('priceEditor')
  const locale = useLocale()
  if (history.length === 0) return null
  return (
    <Card as="section" className="flex flex-col gap-3">
      <h2 className="font-bold">{t('history')}</h2>
      <ul className="flex flex-col divide-y divide-line">
        {history.map(({ price, from, until }) => (
          <li key={`${from}${price.currency}`} className="flex flex-wrap items-baseline gap-x-3 py-2">
            <span className={until ? 'text-muted' : 'font-semibold'}>{formatMoney(price, locale)}</span>
            <span className="text-sm text-muted">
              <Moment time={from} precision="day" />
              {until ? (
                <>
                  {' – '}
                  <Moment time={until} precision="day" />
                </>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
