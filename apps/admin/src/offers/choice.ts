import type { Price } from '@azora/contracts/money.ts'
import { typedAmount } from '@azora/web/typed-amount.ts'
import { useEffect, useState } from 'react'
import { call } from '../api.ts'

type Offer = { courses: { courseId: string; title: string }[]; prices: Price[] }

/** From what a plan or a bundle is made. */
export type Choice = { currencies: string[]; courses: { id: string; title: string }[] }

/** The school's courses and currencies, with those that the offer has already. */
export function useChoice(offer: Offer | null): Choice {
  const [found, setFound] = useState<Choice>({ currencies: [], courses: [] })
  useEffect(() => {
    Promise.all([
      call('payments.getPaymentSettings', {}),
      call('education.listCourses', { limit: 100 }),
    ]).then(
      ([{ currencies }, { items }]) =>
        setFound({ currencies, courses: items.map(({ id, title }) => ({ id, title })) }),
      () => setFound({ currencies: ['ZAR'], courses: [] }),
    )
  }, [])
  const own = (offer?.courses ?? []).map(({ courseId: id, title }) => ({ id, title }))
  const others = found.courses.filter(({ id }) => !own.some(one => one.id === id))
  const priced = (offer?.prices ?? []).map(({ currency }) => currency)
  return {
    courses: [...own, ...others],
    currencies: [...new Set([...priced, ...found.currencies])],
  }
}

/** What an offer costs, by the fields of its form. @throws what a form shows, at the field */
export function pricesIn(
  data: FormData,
  currencies: readonly string[],
  words: { notAnAmount: string; noPrice: string },
): Price[] {
  const prices = currencies.flatMap(currency => {
    const text = String(data.get(`price-${currency}`) ?? '').trim()
    if (text === '') return []
    const amount = typedAmount(text, currency)
    if (amount && amount.amountMinor > 0) return [amount]
    throw faultAt(`price-${currency}`, words.notAnAmount)
  })
  if (prices.length === 0) throw faultAt(`price-${currencies[0]}`, words.noPrice)
  return prices
}

/** A fault of the form's own, as the API says one. */
export const faultAt = (path: string, message: string) => ({
  code: 'invalid_input',
  message: '',
  data: { fields: [{ path, message }] },
})
