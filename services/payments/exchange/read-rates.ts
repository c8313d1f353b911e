import { setImmediate } from 'node:timers/promises'
import { NotRates, readReferenceRates } from '@azora/billing/exchange/reference-rates.ts'
import { invalidField } from '@azora/kit/errors.ts'
import type { PublishedRate } from './exchange-rates.store.ts'

/** Of a file this many are read before others are served: some milliseconds with every currency that a school may have. */
export const daysAtOnce = 50

export type RateFile = { base: string; source: string; csv: string }

/**
 * The rates of a file by currency and day, up to a day. Of a day that is in it twice the later line counts.
 * @throws AppError `invalid_input` for a file that is none
 */
export async function readRates(
  { csv, ...about }: RateFile,
  wanted: ReadonlySet<string>,
  upTo: string,
): Promise<Map<string, Map<string, PublishedRate>>> {
  const read = new Map<string, Map<string, PublishedRate>>()
  try {
    let days = 0
    for (const rates of readReferenceRates(csv, { ...about, wanted })) {
      if (++days % daysAtOnce === 0) await setImmediate()
      for (const rate of rates.filter(({ on }) => on <= upTo)) {
        const ofCurrency = read.get(rate.to) ?? new Map<string, PublishedRate>()
        read.set(rate.to, ofCurrency.set(rate.on, rate))
      }
    }
  } catch (failure) {
    if (failure instanceof NotRates)
      throw invalidField('csv', 'rates_not_read', { values: { line: String(failure.line) } })
    throw failure
  }
  return read
}
