import type { TaxRule } from './tax-rule.ts'

/**
 * Value-added tax of South Africa (Act 89 of 1991, section 7). 14 % from 7 April 1993, 15 % from 1 April 2018. The raises
 * to 15.5 % and 16 % that the budget of March 2025 announced were withdrawn before they held (Government Notice 6157 of
 * 24 April 2025).
 */
export const southAfricanVat: readonly TaxRule[] = [
  { jurisdiction: 'ZA', rate: { numerator: 14, denominator: 100 }, from: '1993-04-07', until: '2018-04-01' },
  { jurisdiction: 'ZA', rate: { numerator: 15, denominator: 100 }, from: '2018-04-01', until: null },
]
