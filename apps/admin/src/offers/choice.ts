import type { Price } from '@azora/contracts/money.ts'
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
