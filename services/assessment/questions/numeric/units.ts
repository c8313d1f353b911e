import Qty from 'js-quantities'

/**
 * No unit that is written has more parts. `Qty` repeats a part for its power and reads some in several ways (`cd` is
 * candela and centi-day), so its time doubles with each.
 */
const mostParts = 8

/** As the library writes units: signs that people type or paste are brought to those that it knows. */
function plain(unit: string): string {
  return unit
    .replace(/º/g, '°')
    .normalize('NFKC')
    .replace(/[−⁻–]/g, '-')
    .replace(/[⋅·•×]/g, '*')
    .replace(/(?<=[A-Za-z0-9])\.(?=[A-Za-z])/g, '*')
    .replace(/°\s*([CFK])\b/gi, (_, scale: string) => `deg${scale.toUpperCase()}`)
    .replace(/°/g, 'deg')
    .replace(/Ω/g, 'ohm')
    .replace(/\bK\b/g, 'degK')
    .replace(/\bha\b/g, 'hectare')
    .replace(/([A-Za-z])(-?\d)/g, '$1^$2')
    .replace(/\s+/g, ' ')
    .trim()
}

const temperatures = new Map([
  ['degC', 'tempC'],
  ['degF', 'tempF'],
  ['degK', 'tempK'],
])

/** How often parts of a unit come, each as often as its power says; null where it is not built of such parts. */
function partsIn(unit: string): number | null {
  let count = 0
  for (const part of unit.split(/[*/ ]+/)) {
    const found = /^(?:\p{L}+|[%'"]|1)(?:\^(-?\d{1,2}))?$/u.exec(part)
    if (!found) return null
    count += Math.max(1, Math.abs(Number(found[1] ?? 1)))
  }
  return count
}

const parsedUnits = new Map<string, Qty | null>()
const mostParsed = 1000

/** The same few units come with each answer, and to read one costs more than to compare a number. */
function parsed(unit: string): Qty | null {
  const known = parsedUnits.get(unit)
  if (known !== undefined) return known
  const read = readUnit(plain(unit))
  if (parsedUnits.size >= mostParsed) parsedUnits.clear()
  parsedUnits.set(unit, read)
  return read
}

function readUnit(written: string): Qty | null {
  const parts = partsIn(written)
  if (parts === null || parts > mostParts) return null
  try {
    return Qty.parse(`1 ${written}`)
  } catch {
    return null
  }
}

export const isKnownUnit = (unit: string): boolean => parsed(unit) !== null

/** Whether it is written for the same unit: `m/s²` for `m/s^2`. Capital letters count: `mW` is not `MW`. */
export const isSameUnit = (a: string, b: string): boolean => plain(a) === plain(b)

/**
 * How a number in one unit becomes one in the other: `number * factor + offset`. Null where they do not measure the
 * same, or one of them is not known. Between scales of temperature there is an offset: it is temperatures that are
 * asked for, not differences.
 */
export function conversion(from: string, to: string): { factor: number; offset: number } | null {
  const [fromScale, toScale] = [temperatures.get(plain(from)), temperatures.get(plain(to))]
  if (fromScale && toScale) {
    const at = (value: number) => Qty(value, fromScale).to(toScale).scalar
    // Well above absolute zero, where the library refuses.
    return { factor: (at(1000) - at(0)) / 1000, offset: at(0) }
  }
  const [one, other] = [parsed(from), parsed(to)]
  if (!one || !other || !one.isCompatible(other)) return null
  return { factor: one.to(other).scalar, offset: 0 }
}
