import { Decimal } from 'decimal.js'

/** Enough for forty digits before and after the point; the default of twenty rounds what an author wrote. */
export const Exact = Decimal.clone({ precision: 100, toExpNeg: -100, toExpPos: 100 })
export type Exact = InstanceType<typeof Exact>

/** What a text says as a number. `readings` holds two where it can be read in two ways; `unit` is what else is there. */
export type WrittenNumber = { readings: Exact[]; unit: string }

const superscripts: Record<string, string> = Object.fromEntries(
  [...'⁰¹²³⁴⁵⁶⁷⁸⁹'].map((sign, digit) => [sign, String(digit)]),
)
const inLine = (text: string) =>
  text.replace(/[⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, raised =>
    [...raised].map(sign => superscripts[sign] ?? (sign === '⁻' ? '-' : '')).join(''),
  )

const digits = "\\d(?:[\\d.,' \u00a0\u2009\u202f]{0,80}\\d)?[.,]?|[.,]\\d{1,60}"
const number = new RegExp(
  `^([+-]?) ?(?:10\\^\\(?([+-]?\\d{1,3})\\)?(?!\\d)|(?:(\\d{1,40}) ?/ ?(\\d{1,40})|(${digits}))` +
    '(?:[eE]([+-]?\\d{1,3})(?!\\d)| ?[x×·⋅*] ?10\\^\\(?([+-]?\\d{1,3})\\)?(?!\\d))?)',
)

/**
 * A number as people write it: `3.14`, `3,14`, `1 234,5`, `1,234.5`, `.5`, `3/4`, `−2`, `1.5e3`, `1.5 × 10^3`, `1,5·10³`,
 * with a unit behind it or a currency before. A single comma or point before three digits can stand for thousands and
 * for decimals; both readings are given, as no learner should fail by the habit of a country. Null where there is none.
 */
export function parseNumber(text: string): WrittenNumber | null {
  const tidy = text.trim().replace(/[−‒–]/g, '-').replace(/’/g, "'")
  const plain = /^(\p{Sc}|R(?=[ \d]))\s*(.*)$/su.exec(tidy)
  const before = plain?.[1] ?? ''
  const raised = /10[⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹]/.test(tidy)
    ? tidy.replace(/10([⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)/, (_, power) => `10^${inLine(power)}`)
    : tidy
  const body = before ? raised.slice(before.length).trimStart() : raised
  const found = number.exec(body)
  if (!found) return null
  const [whole, sign, alone, top, bottom, written, exponent, power] = found
  const rest = body.slice(whole.length)
  // A letter or digit right behind the point or comma would be part of another number.
  if (/^\d/.test(rest)) return null
  const readings = alone ? [new Exact(1)] : top && bottom ? fraction(top, bottom) : readingsOf(written ?? '')
  if (readings.length === 0) return null
  const scale = new Exact(10).pow(Number(alone ?? exponent ?? power ?? 0))
  return {
    readings: readings.map(one => (sign === '-' ? one.neg() : one).times(scale)),
    unit: [before, rest.trim()].filter(Boolean).join(' '),
  }
}

function fraction(top: string, bottom: string): Exact[] {
  const below = new Exact(bottom)
  return below.isZero() ? [] : [new Exact(top).div(below)]
}

function readingsOf(written: string): Exact[] {
  // Groups of three may be parted by spaces or apostrophes; else a space ends the number.
  const parted = /^\d{1,3}(?:[' \u00a0\u2009\u202f]\d{3})+(?=[.,]|$)/.exec(written)
  const joined = parted ? parted[0].replace(/\D/g, '') + written.slice(parted[0].length) : written
  if (/[' \u00a0\u2009\u202f]/.test(joined)) return []
  const text = joined.replace(/[.,]$/, '')
  const [points, commas] = [text.split('.').length - 1, text.split(',').length - 1]
  if (points + commas === 0) return [new Exact(text)]
  if (points > 0 && commas > 0) {
    const decimal = text.lastIndexOf('.') > text.lastIndexOf(',') ? '.' : ','
    const [groups = '', part = '', ...more] = text.split(decimal)
    const thousands = decimal === '.' ? ',' : '.'
    const right = more.length === 0 && !part.includes(thousands) && isGrouped(groups, thousands)
    return right ? [new Exact(`${groups.replaceAll(thousands, '')}.${part}`)] : []
  }
  const mark = points > 0 ? '.' : ','
  const grouped = isGrouped(text, mark) && !text.startsWith('0') ? [new Exact(text.replaceAll(mark, ''))] : []
  if (points + commas > 1) return grouped
  const [front = '', back = ''] = text.split(mark)
  return [new Exact(`${front || '0'}.${back || '0'}`), ...grouped]
}

const isGrouped = (text: string, mark: string) => {
  const [first = '', ...others] = text.split(mark)
  return /^\d{1,3}$/.test(first) && others.every(group => /^\d{3}$/.test(group))
}
