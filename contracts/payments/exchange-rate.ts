import { z } from 'zod'
import { operation } from '../operation.ts'
import { line, time } from '../wire.ts'
import { currencyCode } from '../wire-money.ts'
import { tags } from './shapes.ts'

/** A decimal number above zero, with every digit that was published. */
const rate = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,18})?$/)
  .refine(text => /[1-9]/.test(text))
  .meta({ description: 'What one unit is worth in the other currency.', examples: ['18.1234'] })

const source = line(120).meta({ description: 'Who published it.', examples: ['South African Reserve Bank'] })

/** One unit of a currency is worth so much in another. */
const exchangeRate = z.object({
  from: currencyCode.meta({ description: 'The currency of which it is one unit.', examples: ['USD'] }),
  to: currencyCode.meta({ description: 'The currency that it is worth so much of.' }),
  rate,
  on: z.iso.date().meta({ description: 'The day for which it was published.', examples: ['2026-11-27'] }),
  source,
})

/** By which a figure was put into another currency: found over a third currency, it may have more digits than any. */
export const appliedRate = exchangeRate.extend({
  rate: z
    .number()
    .positive()
    .meta({
      description: 'What one unit is worth in the other currency, rounded for reading.',
      examples: [18.1234],
    }),
})

/** What currencies are worth in each other, as the school keeps it. */
export const exchangeRateOperations = {
  listExchangeRates: operation({
    method: 'GET',
    path: '/payments/exchange-rates',
    access: 'payments.read',
    tags,
    summary: 'The latest rate of each pair of currencies.',
  }).output(z.object({ items: z.array(exchangeRate.extend({ savedAt: time })) })),
  saveExchangeRate: operation({
    method: 'PUT',
    path: '/payments/exchange-rates',
    access: 'office:finance',
    interactive: true,
    tags,
    summary: 'Write down the rate of a day.',
    description: 'A pair has one rate for each day: saved again, the later one counts.',
  })
    .input(exchangeRate)
    .output(exchangeRate),
  importExchangeRates: operation({
    method: 'POST',
    path: '/payments/exchange-rates/imports',
    access: 'office:finance',
    interactive: true,
    tags,
    summary: 'Take over rates from a file, as central banks publish them.',
    description:
      'Lines of comma-separated values: a heading of `Date` and currencies, then a line for each day. Taken are the currencies in which the school sells or reports.',
  })
    .input(z.object({ base: currencyCode, source, csv: z.string().min(1).max(200_000) }))
    .output(z.object({ saved: z.int(), latest: z.iso.date() })),
}
