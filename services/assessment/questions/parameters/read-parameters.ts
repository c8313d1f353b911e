import { readFormula } from '@azora/contracts/assessment/formula/read-formula.ts'
import {
  constantsOfFormulas,
  evaluate,
  type Formula,
  functionNames,
} from '@azora/contracts/assessment/formula/tree.ts'
import type { parameters } from '@azora/contracts/assessment/parameters.ts'
import type { z } from 'zod'

/** The values of a question as their author wrote them, read for drawing. */

export type Parameters = z.infer<typeof parameters>
type Item = Parameters['items'][number]
export type NumberItem = Extract<Item, { kind: 'number' }>

/** Values by name: what is written, and the number that it is, where it is one. */
export type Drawn = ReadonlyMap<string, { text: string; number: number | null }>

export type ReadItem =
  | NumberItem
  | Extract<Item, { kind: 'list' }>
  | (Extract<Item, { kind: 'computed' }> & { formula: Formula })

/** What must hold: each two that follow one another, as in `0 < a < b`. */
export type Condition = { sides: Formula[]; signs: Sign[] }
type Sign = '<' | '<=' | '>' | '>=' | '=' | '!='

export type ReadParameters = { items: ReadItem[]; conditions: Condition[] }

export type ParameterFault = {
  reason:
    | 'parameter_named_twice'
    | 'parameter_unreadable'
    | 'parameter_unknown'
    | 'parameter_empty'
    | 'condition_unreadable'
  values: Record<string, string>
}

/** An expression that names nothing but `names`. */
export function readExpression(text: string, names: string[]) {
  return readFormula(text, { variables: names, functions: functionNames })
}

const reserved = new Set<string>([...functionNames, ...constantsOfFormulas.keys()])

/** How many numbers a row of them holds at most. */
const mostNumbers = 1_000_000

export const countOf = ({ from, to, step }: NumberItem) => Math.floor((to - from) / step + 1e-9) + 1

function faultOfItem(item: Item): ParameterFault | null {
  const { name } = item
  const empty = { reason: 'parameter_empty' as const, values: { name } }
  if (item.kind === 'list') return item.values.length === 0 ? empty : null
  if (item.kind !== 'number') return null
  const count = countOf(item)
  return count < 1 || count > mostNumbers || skippedOf(item).length >= count ? empty : null
}

/** The places in a row of numbers of those that are never drawn, least first. */
export function skippedOf(item: NumberItem): number[] {
  const count = countOf(item)
  const places = item.except.flatMap(one => {
    const place = Math.round((one - item.from) / item.step)
    const isThere = Math.abs(item.from + place * item.step - one) < item.step * 1e-6
    return isThere && place >= 0 && place < count ? [place] : []
  })
  return [...new Set(places)].sort((a, b) => a - b)
}

const signs: Record<string, Sign> = { '≤': '<=', '≥': '>=', '≠': '!=', '==': '=' }

function readCondition(text: string, names: string[]): Condition | ParameterFault {
  const pieces = text.split(/(<=|>=|!=|==|[<>=≤≥≠])/)
  const sides: Formula[] = []
  for (const side of pieces.filter((_, at) => at % 2 === 0)) {
    const read = readExpression(side, names)
    if ('formula' in read) sides.push(read.formula)
    else if (read.fault === 'unknown_variable')
      return { reason: 'parameter_unknown', values: { name: read.name, where: text } }
    else return { reason: 'condition_unreadable', values: { condition: text } }
  }
  if (sides.length < 2) return { reason: 'condition_unreadable', values: { condition: text } }
  return { sides, signs: pieces.filter((_, at) => at % 2 === 1).map(sign => signs[sign] ?? (sign as Sign)) }
}

/** Parameters that can be drawn, or what is wrong with them. */
export function readParameters({ items, conditions }: Parameters): ReadParameters | ParameterFault {
  const names: string[] = []
  const read: ReadItem[] = []
  for (const item of items) {
    const { name } = item
    if (names.includes(name) || reserved.has(name))
      return { reason: 'parameter_named_twice', values: { name } }
    const fault = faultOfItem(item)
    if (fault) return fault
    if (item.kind !== 'computed') read.push(item)
    else {
      // Only those before it are known here, so nothing can lead back to itself.
      const formula = readExpression(item.expression, names)
      if ('formula' in formula) read.push({ ...item, formula: formula.formula })
      else if (formula.fault === 'unknown_variable')
        return { reason: 'parameter_unknown', values: { name: formula.name, where: item.expression } }
      else return { reason: 'parameter_unreadable', values: { name, where: item.expression } }
    }
    names.push(name)
  }
  const held: Condition[] = []
  for (const text of conditions) {
    const condition = readCondition(text, names)
    if ('reason' in condition) return condition
    held.push(condition)
  }
  return { items: read, conditions: held }
}

/** The value of an expression; NaN where a word is in it, or where it has none. */
export function evaluated(formula: Formula, drawn: Drawn): number {
  const numbers = new Map([...drawn].map(([name, { number }]) => [name, number ?? Number.NaN]))
  return evaluate(formula, numbers)
}

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
