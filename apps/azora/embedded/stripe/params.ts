import { exponentOf } from '@azora/contracts/money.ts'
import type { Stripe } from 'stripe'
import { z } from 'zod'
import { invalid, type StripeFailure } from './failure.ts'
import type { Fields } from './form.ts'

/** The parameters of Stripe's API as they come: texts, which an empty one unsets. */

const issue = (message: string, code: string) => ({ message, params: { code } })

export const text = z.string().max(5000)
/** A text that may be unset by sending it empty. */
export const optionalText = text.transform(given => (given === '' ? null : given)).optional()
export const id = z.string().min(1).max(200)
export const url = z
  .string()
  .max(5000)
  .refine(
    given => /^https?:\/\/./.test(given) && URL.canParse(given.replaceAll(/[{}]/g, '')),
    issue('Not a valid URL', 'url_invalid'),
  )
export const flag = z.enum(['true', 'false']).transform(given => given === 'true')
export const integer = z
  .string()
  .refine(given => /^-?\d{1,15}$/.test(given), {
    error: found => `Invalid integer: ${String(found.input).slice(0, 40)}`,
    params: { code: 'parameter_invalid_integer' },
  })
  .transform(Number)

// Stripe takes eight digits, whatever the currency.
const mostMinor = 99_999_999

/** An amount in the currency's smallest unit, as a whole number of one or more. */
export const amount = integer
  .refine(given => given >= 1, issue('Invalid positive integer', 'parameter_invalid_integer'))
  .refine(given => given <= mostMinor, issue(`Amount must be no more than ${mostMinor}`, 'amount_too_large'))

export const currency = z
  .string()
  .transform(given => given.toLowerCase())
  .refine(isCurrency, {
    error: found => `Invalid currency: ${String(found.input).slice(0, 10)}`,
    params: { code: '' },
  })

function isCurrency(code: string): boolean {
  try {
    return /^[a-z]{3}$/.test(code) && exponentOf(code.toUpperCase()) <= 3
  } catch {
    return false
  }
}

/** What is added, changed, and with an empty text taken away; an empty text in its place takes all away. */
export const metadata = z.union([
  z.literal('').transform(() => null),
  z.record(z.string().min(1).max(40), z.string().max(500)),
])

export function mergeMetadata(
  known: Stripe.Metadata | null,
  given: z.infer<typeof metadata> | undefined,
): Stripe.Metadata {
  if (given === undefined) return known ?? {}
  if (given === null) return {}
  const merged = { ...known, ...given }
  const kept = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== ''))
  if (Object.keys(kept).length > 50) throw invalid('Metadata can have up to 50 keys.', { param: 'metadata' })
  return kept
}

const addressShape = {
  city: optionalText,
  country: optionalText,
  line1: optionalText,
  line2: optionalText,
  postal_code: optionalText,
  state: optionalText,
}
export const address = z.strictObject(addressShape).transform(
  (given): Stripe.Address => ({
    city: given.city ?? null,
    country: given.country ?? null,
    line1: given.line1 ?? null,
    line2: given.line2 ?? null,
    postal_code: given.postal_code ?? null,
    state: given.state ?? null,
  }),
)

export const pageShape = {
  limit: integer
    .refine(given => given >= 1 && given <= 100, issue('Limit must be between 1 and 100.', ''))
    .optional(),
  starting_after: id.optional(),
  ending_before: id.optional(),
}
export const createdShape = {
  created: z
    .union([
      integer.transform(at => ({ gte: at, lte: at })),
      z.strictObject({
        gt: integer.optional(),
        gte: integer.optional(),
        lt: integer.optional(),
        lte: integer.optional(),
      }),
    ])
    .optional(),
}

/** @throws StripeFailure that names the first parameter that is wrong. */
export function readParams<S extends z.ZodType>(shape: S, given: Fields): z.output<S> {
  const parsed = shape.safeParse(given)
  if (parsed.success) return parsed.data
  throw failureOf(parsed.error.issues[0] as z.core.$ZodIssue, given)
}

const nameOf = (path: PropertyKey[]) =>
  path.map((part, at) => (at === 0 ? String(part) : `[${String(part)}]`)).join('')

function valueAt(given: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) => (value as Record<PropertyKey, unknown> | undefined)?.[part],
    given,
  )
}

function failureOf(found: z.core.$ZodIssue, given: Fields): StripeFailure {
  if (found.code === 'invalid_union' && found.errors[0]) {
    const inner = found.errors.flat().at(-1)
    if (inner) return failureOf({ ...inner, path: [...found.path, ...inner.path] } as z.core.$ZodIssue, given)
  }
  if (found.code === 'unrecognized_keys') {
    const param = nameOf([...found.path, found.keys[0] ?? ''])
    return invalid(`Received unknown parameter: ${param}`, { param, code: 'parameter_unknown' })
  }
  const param = nameOf(found.path)
  if (valueAt(given, found.path) === undefined)
    return invalid(`Missing required param: ${param}.`, { param, code: 'parameter_missing' })
  if (found.code === 'invalid_value')
    return invalid(`Invalid ${param}: must be one of ${found.values.map(String).join(', ')}`, { param })
  const code = found.code === 'custom' ? String(found.params?.code ?? '') : ''
  return invalid(found.code === 'custom' ? found.message : `Invalid ${param}`, {
    param,
    ...(code ? { code } : {}),
  })
}
