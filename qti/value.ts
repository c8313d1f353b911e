/**
 * Values of IMS QTI 2.1 and 2.2 (Assessment, Section and Item Information Model, "Basic Types"). Null is "no value";
 * empty strings and empty containers are null too.
 */

export type Scalar = boolean | number | string
export type Cardinality = 'single' | 'multiple' | 'ordered' | 'record'

export type Value = {
  cardinality: Cardinality
  /** As declared: `identifier`, `integer`, `pair` …; null where members are of different types. */
  baseType: string | null
  /** One for a single value. Pairs are `a b`, points `x y`, durations seconds. */
  items: Scalar[]
  /** By name, of a record. */
  fields?: Map<string, Value | null>
  /** A member was made of no value, and left out. */
  incomplete?: boolean
} | null

export const isNumeric = (baseType: string | null) => baseType === 'integer' || baseType === 'float'

export function single(item: Scalar, baseType: string | null = typeOf(item)): Value {
  return item === '' ? null : { cardinality: 'single', baseType, items: [item] }
}

const typeOf = (item: Scalar) =>
  typeof item === 'boolean' ? 'boolean' : typeof item === 'number' ? 'float' : 'string'

/** A number that is none, as after dividing by zero, is no value. */
export const number = (item: number | null, baseType = 'float'): Value =>
  item === null || !Number.isFinite(item) ? null : single(item, baseType)

export const boolean = (item: boolean | null): Value => (item === null ? null : single(item, 'boolean'))

export function container(
  items: Scalar[],
  cardinality: 'multiple' | 'ordered' = 'multiple',
  baseType: string | null = items[0] === undefined ? null : typeOf(items[0]),
): Value {
  return items.length === 0 ? null : { cardinality, baseType, items }
}

/** ISO 8601 durations without years and months, whose length nobody knows; in seconds. */
const isoDuration = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/

function durationOf(text: string): number | null {
  const found = isoDuration.exec(text)
  if (!found) return decimalOf(text)
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = found.slice(1).map(part => Number(part ?? 0))
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds
}

function decimalOf(text: string): number | null {
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?$/.test(text)) return null
  const read = Number(text)
  return Number.isFinite(read) ? read : null
}

const words = (text: string) => text.trim().split(/\s+/)

/** A value as text, read as its base type; null where it is not one. */
export function readScalar(text: string, baseType: string | null): Scalar | null {
  const trimmed = text.trim()
  switch (baseType) {
    case 'boolean':
      return trimmed === 'true' || trimmed === '1'
        ? true
        : trimmed === 'false' || trimmed === '0'
          ? false
          : null
    case 'integer':
      return /^[+-]?\d+(?:\.0*)?$/.test(trimmed) ? decimalOf(trimmed) : null
    case 'float':
      return decimalOf(trimmed)
    case 'duration':
      return durationOf(trimmed)
    case 'pair':
    case 'directedPair':
      return words(text).length === 2 ? pairOf(words(text), baseType) : null
    case 'point': {
      const at = words(text).map(decimalOf)
      return at.length === 2 && !at.includes(null) ? at.join(' ') : null
    }
    case 'string':
      return text === '' ? null : text
    default:
      return trimmed === '' ? null : trimmed
  }
}

/** The ends of a pair stand in the order of their names, as it has none; those of a directed one as they were given. */
const pairOf = (ends: string[], baseType: string) => (baseType === 'pair' ? ends.toSorted() : ends).join(' ')

/** Texts as a value of a declared kind; what is not of its base type is left out. */
export function readValue(texts: string[], cardinality: Cardinality, baseType: string | null): Value {
  const items = texts.map(text => readScalar(text, baseType)).filter(item => item !== null)
  if (cardinality === 'record' || items.length === 0) return null
  return { cardinality, baseType, items: cardinality === 'single' ? items.slice(0, 1) : items }
}

/** The coordinates of a point. */
export const coordinatesOf = (point: Scalar): [number, number] => {
  const [x = Number.NaN, y = Number.NaN] = String(point).split(' ').map(Number)
  return [x, y]
}

/** The number that a single value is; null for anything else. */
export const numberIn = (value: Value): number | null => {
  const item = value?.cardinality === 'single' ? value.items[0] : undefined
  return typeof item === 'number' ? item : null
}

/** The text that a single value is; null for anything else. */
export const textIn = (value: Value): string | null =>
  value?.cardinality === 'single' ? String(value.items[0]) : null

/**
 * Whether a value counts as true where a condition is asked for. That should be a boolean; of others, zero and no value
 * count as false, as readers of such items do.
 */
export function isTrue(value: Value): boolean {
  if (value === null) return false
  if (value.cardinality !== 'single') return true
  return Boolean(value.items[0])
}

/** The same members: of ordered containers in the same order, of others in any, each as often. */
export function sameItems(a: Scalar[], b: Scalar[], ordered: boolean): boolean {
  if (a.length !== b.length) return false
  return ordered ? a.every((item, at) => item === b[at]) : missingFrom(b, a).length === 0
}

/** The members of `part` that `whole` does not have, or not as often. */
export function missingFrom(whole: Scalar[], part: Scalar[]): Scalar[] {
  const left = new Map<Scalar, number>()
  for (const item of whole) left.set(item, (left.get(item) ?? 0) + 1)
  return part.filter(item => {
    const count = left.get(item) ?? 0
    if (count > 0) left.set(item, count - 1)
    return count === 0
  })
}

/** A value as it is printed in a text. */
export function printed(value: Value): string {
  return (value?.items ?? []).join(', ')
}

/** What a table has under a name that an item wrote, whatever names objects have of themselves. */
export const named = <T>(table: Record<string, T>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined
