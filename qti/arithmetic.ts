import { named, number, numberIn, type Scalar, type Value } from './value.ts'

/** Expressions over numbers (QTI 2.1, 8.4). No value in, no value out; so does what has no result, as dividing by zero. */

type Operation = (operands: number[]) => number | null

const whole = (value: number) => Number.isInteger(value)

/** Rounds half up, as QTI does below zero too: -1.5 becomes -1. */
const round = (value: number) => Math.floor(value + 0.5)

const greatestCommonDivisor = (a: number, b: number): number => {
  let [left, right] = [Math.abs(a), Math.abs(b)]
  while (right !== 0) [left, right] = [right, left % right]
  return left
}

const leastCommonMultiple = (a: number, b: number) =>
  a === 0 || b === 0 ? 0 : Math.abs(a / greatestCommonDivisor(a, b)) * Math.abs(b)

const two =
  (compute: (a: number, b: number) => number): Operation =>
  ([a, b, ...rest]) =>
    a === undefined || b === undefined || rest.length > 0 ? null : compute(a, b)

const one =
  (compute: (a: number) => number): Operation =>
  ([a, ...rest]) =>
    a === undefined || rest.length > 0 ? null : compute(a)

/** Those whose result is a whole number where their operands are. */
const operations: Record<string, Operation> = {
  sum: operands => operands.reduce((total, operand) => total + operand, 0),
  product: operands => operands.reduce((total, operand) => total * operand, 1),
  max: operands => (operands.length > 0 ? Math.max(...operands) : null),
  min: operands => (operands.length > 0 ? Math.min(...operands) : null),
  subtract: two((a, b) => a - b),
  gcd: operands => (operands.every(whole) ? operands.reduce(greatestCommonDivisor, 0) : null),
  lcm: operands => (operands.every(whole) ? operands.reduce(leastCommonMultiple, 1) : null),
}
/** Those whose result is a whole number always. */
const toIntegers: Record<string, Operation> = {
  integerDivide: two((a, b) => (b === 0 ? Number.NaN : Math.floor(a / b))),
  integerModulus: two((a, b) => (b === 0 ? Number.NaN : a - b * Math.floor(a / b))),
  round: one(round),
  truncate: one(Math.trunc),
}
const toFloats: Record<string, Operation> = {
  divide: two((a, b) => a / b),
  power: two((a, b) => a ** b),
  integerToFloat: one(a => a),
}
/** Names that some tools write, beside those of the standard. */
const otherNames: Record<string, string> = { div: 'divide', mod: 'integerModulus' }

const functions: Record<string, Operation> = {
  sin: one(Math.sin),
  cos: one(Math.cos),
  tan: one(Math.tan),
  sec: one(a => 1 / Math.cos(a)),
  csc: one(a => 1 / Math.sin(a)),
  cot: one(a => 1 / Math.tan(a)),
  asin: one(Math.asin),
  acos: one(Math.acos),
  atan: one(Math.atan),
  atan2: two(Math.atan2),
  asec: one(a => Math.acos(1 / a)),
  acsc: one(a => Math.asin(1 / a)),
  acot: one(a => Math.atan(1 / a)),
  sinh: one(Math.sinh),
  cosh: one(Math.cosh),
  tanh: one(Math.tanh),
  sech: one(a => 1 / Math.cosh(a)),
  csch: one(a => 1 / Math.sinh(a)),
  coth: one(a => 1 / Math.tanh(a)),
  log: one(Math.log10),
  ln: one(Math.log),
  exp: one(Math.exp),
  abs: one(Math.abs),
  signum: one(Math.sign),
  floor: one(Math.floor),
  ceil: one(Math.ceil),
  toDegrees: one(a => (a * 180) / Math.PI),
  toRadians: one(a => (a * Math.PI) / 180),
}
const wholeFunctions = new Set(['signum', 'floor', 'ceil'])

const statistics: Record<string, Operation> = {
  mean: items => mean(items),
  sampleVariance: items => variance(items, items.length - 1),
  sampleSD: items => Math.sqrt(variance(items, items.length - 1)),
  popVariance: items => variance(items, items.length),
  popSD: items => Math.sqrt(variance(items, items.length)),
}

const mean = (items: number[]) => items.reduce((sum, item) => sum + item, 0) / items.length

function variance(items: number[], degrees: number): number {
  const middle = mean(items)
  return items.reduce((sum, item) => sum + (item - middle) ** 2, 0) / degrees
}

const inNumbers = (value: Value): number[] | null => {
  const items: Scalar[] = value?.items ?? []
  return items.length > 0 && !value?.incomplete && items.every(item => typeof item === 'number')
    ? (items as number[])
    : null
}

/** The numbers of all operands, containers opened; null where one of them has none. */
function numbersIn(operands: Value[]): number[] | null {
  const each = operands.map(inNumbers)
  return each.includes(null) ? null : (each as number[][]).flat()
}

/** An arithmetic expression by its name; undefined where the name is none. */
export function arithmetic(called: string, operands: Value[]): Value | undefined {
  const name = named(otherNames, called) ?? called
  const operation =
    named(operations, name) ?? named(toIntegers, name) ?? named(toFloats, name) ?? named(statistics, name)
  if (!operation) return undefined
  const numbers = numbersIn(operands)
  if (!numbers) return null
  const staysWhole = name in operations && operands.every(operand => operand?.baseType === 'integer')
  return number(operation(numbers), staysWhole || name in toIntegers ? 'integer' : 'float')
}

/** `mathOperator` by its `name`. */
export function mathOperator(name: string, operands: Value[]): Value {
  const numbers = operands.map(numberIn)
  const compute = named(functions, name)
  if (!compute || numbers.includes(null)) return null
  return number(compute(numbers as number[]), wholeFunctions.has(name) ? 'integer' : 'float')
}

/** `statsOperator` by its `name`. */
export const statsOperator = (name: string, operands: Value[]): Value =>
  name in statistics ? (arithmetic(name, operands) ?? null) : null

/**
 * A number to so many figures or decimal places, halves away from zero. Decimals are shifted as text: 3.175 is a little
 * less in binary, and would be rounded down.
 */
export function roundTo(value: number, mode: string, figures: number): number | null {
  if (!Number.isInteger(figures) || figures < 0 || figures > 15) return null
  if (value === 0) return 0
  const magnitude = Math.floor(Math.log10(Math.abs(value)))
  const places = mode.startsWith('significantFigure') ? figures - 1 - magnitude : figures
  if (mode.startsWith('significantFigure') && figures === 0) return null
  const shifted = shift(Math.abs(value), places)
  return Math.sign(value) * shift(Math.round(shifted), -places)
}

function shift(value: number, places: number): number {
  const [digits = '0', exponent = '0'] = String(value).split('e')
  return Number(`${digits}e${Number(exponent) + places}`)
}
