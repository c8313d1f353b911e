import { type Names, readFormula } from '@azora/contracts/assessment/formula/read-formula.ts'
import { evaluate, type Formula, type FunctionName } from '@azora/contracts/assessment/formula/tree.ts'
import type { parameters } from '@azora/contracts/assessment/parameters.ts'
import type { z } from 'zod'

/** The values of a question as their author wrote them, read for drawing. */

export type Parameters = z.infer<typeof parameters>
type Item = Parameters['items'][number]
type DrawnNumber = Extract<Item, { kind: 'number' }>
/** With how many numbers there are to draw from, and the places in the row of those that are not, least first. */
export type NumberItem = DrawnNumber & { size: number; skipped: number[] }

/** What is written, and the number that it is, where it is one. Not the whole of it where it was cut. */
export type Value = { text: string; number: number | null; inexact?: boolean }
/** Values by name, the numbers of them to evaluate with, NaN for a word, and what expressions may name. */
export type Drawn = {
  known: Names
  values: ReadonlyMap<string, Value>
  numbers: ReadonlyMap<string, number>
}

export type ReadItem =
  | NumberItem
  | (Extract<Item, { kind: 'list' }> & { size: number })
  | (Extract<Item, { kind: 'computed' }> & { size: number; formula: Formula })

/** What must hold: each two that follow one another, as in `0 < a < b`. */
export type Condition = { sides: Formula[]; signs: Sign[] }
type Sign = '<' | '<=' | '>' | '>=' | '=' | '!='

export type ReadParameters = { items: ReadItem[]; conditions: Condition[]; known: Names }

export type ParameterFault = {
  reason:
    | 'parameter_named_twice'
    | 'parameter_unreadable'
    | 'parameter_unknown'
    | 'parameter_empty'
    | 'condition_unreadable'
  values: Record<string, string>
}

/**
 * The functions of a way of drawing. Change none: `asin(x)` is a function or `a*sin(x)` by whether it is listed, so that
 * one more would change what is drawn for a stored seed.
 */
const functionsOfWay: Record<number, FunctionName[]> = {
  1: ['sqrt', 'abs', 'exp', 'ln', 'log', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan'],
}

/** A number that continues where the reader of formulas sees a product: `2e3` would be 2·e·3, and `2 3` be 6. */
const misleading = /(?<![\p{L}_][\p{L}\d_]*)\d(?:\s*e[+-]?\d|\s+\d)/iu

/** An expression that names nothing but what is known. */
export const readExpression = (text: string, known: Names) =>
  misleading.test(text) ? { fault: 'not_a_formula' as const } : readFormula(text, known)

/** How many numbers a row of them holds at most. */
const mostNumbers = 1_000_000

const countOf = ({ from, to, step }: DrawnNumber) => Math.floor((to - from) / step + 1e-9) + 1

/** Null where there is nothing to draw from, or more than is drawn from. */
function readNumber(item: DrawnNumber): NumberItem | null {
  const count = countOf(item)
  if (count < 1 || count > mostNumbers) return null
  const skipped = skippedOf(item, count)
  return skipped.length < count ? { ...item, size: count - skipped.length, skipped } : null
}

function skippedOf(item: DrawnNumber, count: number): number[] {
  const places = item.except.flatMap(one => {
    const place = Math.round((one - item.from) / item.step)
    const isThere = Math.abs(item.from + place * item.step - one) < item.step * 1e-6
    return isThere && place >= 0 && place < count ? [place] : []
  })
  return [...new Set(places)].sort((a, b) => a - b)
}

const signs: Record<string, Sign> = { '≤': '<=', '≥': '>=', '≠': '!=', '==': '=' }

function readCondition(text: string, known: Names): Condition | ParameterFault {
  const pieces = text.split(/(<=|>=|!=|==|[<>=≤≥≠])/)
  const sides: Formula[] = []
  for (const side of pieces.filter((_, at) => at % 2 === 0)) {
    const read = readExpression(side, known)
    if ('formula' in read) sides.push(read.formula)
    else if (read.fault === 'unknown_variable')
      return { reason: 'parameter_unknown', values: { name: read.name, where: text } }
    else return { reason: 'condition_unreadable', values: { condition: text } }
  }
  if (sides.length < 2) return { reason: 'condition_unreadable', values: { condition: text } }
  return { sides, signs: pieces.filter((_, at) => at % 2 === 1).map(sign => signs[sign] ?? (sign as Sign)) }
}

/** An item that is drawn or computed from what is known before it, or what is wrong with it. */
function readItem(item: Item, known: Names): ReadItem | ParameterFault {
  const { name } = item
  const empty = { reason: 'parameter_empty' as const, values: { name } }
  if (item.kind === 'number') return readNumber(item) ?? empty
  if (item.kind === 'list') return item.values.length === 0 ? empty : { ...item, size: item.values.length }
  // Only those before it are known here, so nothing can lead back to itself.
  const read = readExpression(item.expression, known)
  if ('formula' in read) return { ...item, size: 1, formula: read.formula }
  return read.fault === 'unknown_variable'
    ? { reason: 'parameter_unknown', values: { name: read.name, where: item.expression } }
    : { reason: 'parameter_unreadable', values: { name, where: item.expression } }
}

/** Parameters that can be drawn, or what is wrong with them. */
export function readParameters({
  algorithm,
  items,
  conditions,
}: Parameters): ReadParameters | ParameterFault {
  const known: Names = { variables: [], functions: functionsOfWay[algorithm] ?? [] }
  const read: ReadItem[] = []
  for (const item of items) {
    const { name } = item
    if (known.variables.includes(name)) return { reason: 'parameter_named_twice', values: { name } }
    const one = readItem(item, known)
    if ('reason' in one) return one
    read.push(one)
    known.variables.push(name)
  }
  const held: Condition[] = []
  for (const text of conditions) {
    const condition = readCondition(text, known)
    if ('reason' in condition) return condition
    held.push(condition)
  }
  return { items: read, conditions: held, known }
}

/** The value of an expression; NaN where a word is in it, or where it has none. */
export const evaluated = (formula: Formula, { numbers }: Pick<Drawn, 'numbers'>): number =>
  evaluate(formula, numbers)

/** Beyond what binary arithmetic gets wrong, two values are not the same. */
const near = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b))

function compares(left: number, sign: Sign, right: number): boolean {
  if (!Number.isFinite(left) || !Number.isFinite(right)) return false
  const same = near(left, right)
  if (sign === '=') return same
  if (sign === '!=') return !same
  if (sign === '<') return left < right && !same
  if (sign === '>') return left > right && !same
  return same || (sign === '<=' ? left < right : left > right)
}

/** Whether all conditions hold; a side without a value holds in none. */
export const holds = (conditions: Condition[], drawn: Drawn): boolean =>
  conditions.every(({ sides, signs: between }) => {
    const values = sides.map(side => evaluated(side, drawn))
    return between.every((sign, at) => compares(values[at] ?? Number.NaN, sign, values[at + 1] ?? Number.NaN))
  })
