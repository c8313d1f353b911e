import { RE2JS, RE2JSException } from 're2js'
import { roundTo } from './arithmetic.ts'
import { isInside, type Shape } from './shape.ts'
import {
  boolean,
  coordinatesOf,
  missingFrom,
  named,
  numberIn,
  sameItems,
  textIn,
  type Value,
} from './value.ts'

/** Expressions that answer yes or no (QTI 2.1, 8.4). Where an operand is no value, neither is the answer. */

type Attributes = Record<string, string>
/** The number that an attribute is, or the variable that it names holds. */
export type NumberOf = (text: string | undefined, otherwise: number) => number

/** The same value: of the same kind, with the same members. */
export function match(a: Value, b: Value): Value {
  if (!a || !b) return null
  return boolean(sameItems(a.items, b.items, a.cardinality === 'ordered' || b.cardinality === 'ordered'))
}

/** `equal`. What is not a number is the same or not. */
export function equal(a: Value, b: Value, attributes: Attributes, numberOf: NumberOf): Value {
  if (!a || !b) return null
  const [first, second] = [numberIn(a), numberIn(b)]
  if (first === null || second === null) return match(a, b)
  const mode = attributes.toleranceMode ?? 'exact'
  if (mode === 'exact') return boolean(first === second)
  const [below = '0', above = below] = (attributes.tolerance ?? '').trim().split(/\s+/)
  const size = (text: string) =>
    mode === 'relative' ? Math.abs(first) * (numberOf(text, 0) / 100) : numberOf(text, 0)
  const [lowest, highest] = [first - size(below), first + size(above)]
  const reaches = attributes.includeLowerBound === 'false' ? second > lowest : second >= lowest
  const stays = attributes.includeUpperBound === 'false' ? second < highest : second <= highest
  return boolean(reaches && stays)
}

export function equalRounded(a: Value, b: Value, attributes: Attributes, numberOf: NumberOf): Value {
  const rounded = [a, b].map(value => {
    const read = numberIn(value)
    return read === null
      ? null
      : roundTo(
          read,
          attributes.roundingMode ?? 'significantFigures',
          numberOf(attributes.figures, Number.NaN),
        )
  })
  return rounded.includes(null) ? null : boolean(rounded[0] === rounded[1])
}

const orders: Record<string, (a: number, b: number) => boolean> = {
  lt: (a, b) => a < b,
  lte: (a, b) => a <= b,
  gt: (a, b) => a > b,
  gte: (a, b) => a >= b,
  durationLT: (a, b) => a < b,
  durationGTE: (a, b) => a >= b,
}

/** `lt`, `lte`, `gt`, `gte` and those of durations; undefined for another name. */
export function ordered(name: string, [a = null, b = null]: Value[]): Value | undefined {
  const compare = named(orders, name)
  if (!compare) return undefined
  const [first, second] = [numberIn(a), numberIn(b)]
  return first === null || second === null ? null : boolean(compare(first, second))
}

const folded = (text: string, { caseSensitive }: Attributes) =>
  caseSensitive === 'false' ? text.toLowerCase() : text

export function stringMatch(a: Value, b: Value, attributes: Attributes): Value {
  const [first, second] = [textIn(a), textIn(b)]
  if (first === null || second === null) return null
  const [whole, part] = [folded(first, attributes), folded(second, attributes)]
  return boolean(attributes.substring === 'true' ? whole.includes(part) : whole === part)
}

/** Whether the first is a part of the second. */
export function substring(a: Value, b: Value, attributes: Attributes): Value {
  const [part, whole] = [textIn(a), textIn(b)]
  if (part === null || whole === null) return null
  return boolean(folded(whole, attributes).includes(folded(part, attributes)))
}

const longestPattern = 500
/** Steps of a pattern, each of which may be looked at for each letter. */
const mostPatternSteps = 300
/** What counted repetitions may come to, one within another: they are written out before steps can be counted. */
const mostRepeats = 100

/** Compiling costs more than matching, and the same few patterns come for each learner. Null for one that is too large. */
const compiledPatterns = new Map<string, RE2JS | null>()
const mostCompiled = 500

function compiled(pattern: string, flags: number): RE2JS | null {
  const key = `${flags} ${pattern}`
  const known = compiledPatterns.get(key)
  if (known !== undefined) return known
  const made = compile(pattern, flags)
  if (compiledPatterns.size >= mostCompiled) compiledPatterns.clear()
  compiledPatterns.set(key, made)
  return made
}

function compile(pattern: string, flags: number): RE2JS | null {
  const repeats = [...pattern.matchAll(/\{(\d+)(?:,(\d*))?\}/g)].map(([, least, most]) =>
    Number(most || least),
  )
  if (repeats.reduce((product, one) => product * Math.max(one, 1), 1) > mostRepeats) return null
  try {
    const made = RE2JS.compile(pattern, flags)
    return made.programSize() > mostPatternSteps ? null : made
  } catch (failure) {
    if (!(failure instanceof RE2JSException)) throw failure
    return null
  }
}

/**
 * The whole text, by a pattern of XML Schema: in what both know it reads as RE2's, which takes time in proportion to the
 * text. No value for one that RE2 does not take, or that is too large.
 */
export function patternMatch(value: Value, pattern: string | null, { caseSensitive }: Attributes): Value {
  const text = textIn(value)
  if (text === null || pattern === null || pattern.length > longestPattern) return null
  const flags = RE2JS.DOTALL | (caseSensitive === 'false' ? RE2JS.CASE_INSENSITIVE : 0)
  const found = compiled(pattern, flags)
  return found && boolean(found.matches(text))
}

export function member(item: Value, all: Value): Value {
  if (!item || !all) return null
  return boolean(all.items.includes(item.items[0] ?? ''))
}

/** Whether the first holds the second: of ordered ones as a run without gaps, of others in any order. */
export function contains(whole: Value, part: Value): Value {
  if (!whole || !part) return null
  if (whole.cardinality !== 'ordered') return boolean(missingFrom(whole.items, part.items).length === 0)
  const { items } = part
  return boolean(
    whole.items.some((_, at) => sameItems(whole.items.slice(at, at + items.length), items, true)),
  )
}

/** Whether a point lies in a shape, of several any. */
export function inside(value: Value, shape: Shape): Value {
  return value && boolean(value.items.some(point => isInside(shape, coordinatesOf(point))))
}
