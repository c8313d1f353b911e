import type { Price } from '@azora/contracts/money.ts'
import { typedAmount } from '@azora/web/typed-amount.ts'
import { useEffect, useState } from 'react'
import { call } from '../api.ts'

/** The currencies in which the school sells, with those that an offer is priced in already. */
export function useCurrencies(prices: readonly Price[]): string[] {
  const [found, setFound] = useState<string[]>([])
  useEffect(() => {
    call('payments.getPaymentSettings', {}).then(
      ({ currencies }) => setFound(currencies),
      () => setFound(['ZAR']),
    )
  }, [])
  return [...new Set([...prices.map(({ currency }) => currency), ...found])]
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
