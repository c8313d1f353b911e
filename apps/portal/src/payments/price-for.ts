import type { Price } from '@azora/contracts/money.ts'

/** The currency of a region, where it is one that schools sell in often. */
const ofRegion: Record<string, string> = {
  ZA: 'ZAR',
  BW: 'BWP',
  NA: 'NAD',
  KE: 'KES',
  NG: 'NGN',
  GH: 'GHS',
  US: 'USD',
  GB: 'GBP',
  IN: 'INR',
  JP: 'JPY',
}

/** The price to show first: in the currency of the reader's region, else the first that there is. */
export function priceFor<P extends Price>(prices: readonly P[], locale: string): P | undefined {
  const region = new Intl.Locale(locale).region ?? ''
  return prices.find(({ currency }) => currency === ofRegion[region]) ?? prices[0]
}
