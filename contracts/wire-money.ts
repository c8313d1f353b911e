import { z } from 'zod'
import { commonFailures } from './failures.ts'
import { currencyCodes } from './money.ts'

/** Money on the wire. Apart from its arithmetic, which pages use and which needs no library. */

const currencies = new Set(currencyCodes)

export const currencyCode = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .refine(code => currencies.has(code), commonFailures.fields.currency_unknown)
  .meta({ description: 'The currency, as its code in ISO 4217.', examples: ['ZAR'] })

const minorUnits = (fewest?: number) =>
  (fewest === undefined ? z.int() : z.int().min(fewest)).meta({
    description: 'The amount in the minor unit of its currency, such as cents.',
    examples: [45_000],
  })

/** An amount that may be negative, such as a correction. */
export const money = z.object({ amountMinor: minorUnits(), currency: currencyCode })

/** An amount that is zero or more, such as a price. */
export const price = z.object({ amountMinor: minorUnits(0), currency: currencyCode })

/** An amount of more than zero, such as what something is sold for. */
export const positivePrice = z.object({ amountMinor: minorUnits(1), currency: currencyCode })
