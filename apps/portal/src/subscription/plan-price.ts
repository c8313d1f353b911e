import { formatMoney, type Price } from '@azora/contracts/money.ts'

type Interval = { unit: 'day' | 'week' | 'month' | 'quarter' | 'year'; count: number }

/** What a plan costs, in words: `R 100,00 a month`. */
export const planPrice = (
  t: (key: `each_${Interval['unit']}`, values: { price: string; count: number }) => string,
  price: Price,
  { unit, count }: Interval,
  locale: string,
): string => t(`each_${unit}`, { price: formatMoney(price, locale), count })
