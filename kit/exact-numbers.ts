/** Numbers of PostgreSQL as numbers of JavaScript, where those hold them exactly. Another number is never given instead. */

/** An `int8`. @throws RangeError beyond 2^53 − 1. */
export function parseInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value))
    throw new RangeError(`${text} is beyond what a number holds exactly. Select it as text.`)
  return value
}

// A double gives back any decimal of fifteen significant digits (IEEE 754, DBL_DIG in C).
const mostDigits = 15

/** A `numeric`. @throws RangeError where digits would be lost, and for NaN and infinities. */
export function parseDecimal(text: string): number {
  if (text.length <= mostDigits && text !== 'NaN' && !text.includes('Inf')) return Number(text)
  const [, whole = '', fraction = ''] = /^-?(\d+)(?:\.(\d+))?$/.exec(text) ?? []
  const shortest = fraction.replace(/0+$/, '')
  const digits = `${whole}${shortest}`.replace(/^0+/, '').length
  const value = Number(text)
  if (whole === '' || !(shortest === '' ? Number.isSafeInteger(value) : digits <= mostDigits))
    throw new RangeError(`${text} cannot be held exactly. Round it in the statement, or select it as text.`)
  return value
}
