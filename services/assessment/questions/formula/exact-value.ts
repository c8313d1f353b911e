import { createHash } from 'node:crypto'
import { constantsOfFormulas, evaluate, type Formula } from '@azora/contracts/assessment/formula/tree.ts'

/**
 * The value of a formula in a field of whole numbers, where nothing is rounded. Numbers of a machine cancel: near five,
 * (x − 5)⁶ multiplied out is a sum of large terms that leaves hardly one right digit. Two formulas that come out of one
 * another by the rules of arithmetic have one value here, and two that do not have two, but for a chance of about one
 * in 10¹⁵ (Schwartz and Zippel): the point is fixed, and as good as random.
 *
 * A function, and a power that is no whole number, is a number drawn for its name and what is in it: all that is known
 * of it is that the same gives the same. So this can find two formulas equal, and never says that they differ.
 */

/** A prime, 2⁶¹ − 1: its products are made in a fraction of a microsecond. */
const modulus = 2_305_843_009_213_693_951n
/** More would make numbers that no point has a value for. */
const mostExponent = 1000

/** A fraction, so that to divide costs no more than to multiply. */
type Exact = { over: bigint; under: bigint }

const reduced = (value: bigint) => ((value % modulus) + modulus) % modulus
const made = (over: bigint, under: bigint): Exact => ({ over: reduced(over), under: reduced(under) })

function raised(base: bigint, exponent: number): bigint {
  let result = 1n
  let square = base
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

/** By Fermat's little theorem. Nothing is divided by zero: then there is no value. */
function inverse(value: bigint): bigint {
  let result = 1n
  let square = value
  for (let left = modulus - 2n; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

const whole = ({ over, under }: Exact) => (under === 1n ? over : (over * inverse(under)) % modulus)

function drawnFor(...what: (string | bigint)[]): Exact {
  const drawn = createHash('sha256').update(what.join(' ')).digest().readBigUInt64BE()
  return made(drawn, 1n)
}

function numberOf(text: string): Exact {
  const [digits = '', decimals = ''] = text.split('.')
  return made(BigInt(digits + decimals), 10n ** BigInt(decimals.length))
}

function powerOf(base: Exact, right: Formula): Exact | null {
  // Not a number where a variable is in it.
  const exponent = evaluate(right, new Map())
  if (Number.isInteger(exponent) && Math.abs(exponent) <= mostExponent) {
    const [over, under] = [raised(base.over, Math.abs(exponent)), raised(base.under, Math.abs(exponent))]
    return exponent < 0 ? made(under, over) : made(over, under)
  }
  const exact = exactValue(right)
  return exact && drawnFor('^', whole(base), whole(exact))
}

function operated(formula: Extract<Formula, { kind: 'operation' }>): Exact | null {
  const left = exactValue(formula.left)
  if (!left) return null
  if (formula.sign === '^') return powerOf(left, formula.right)
  const right = exactValue(formula.right)
  if (!right) return null
  if (formula.sign === '*') return made(left.over * right.over, left.under * right.under)
  if (formula.sign === '/') return made(left.over * right.under, left.under * right.over)
  const [one, other] = [left.over * right.under, right.over * left.under]
  return made(formula.sign === '+' ? one + other : one - other, left.under * right.under)
}

/** @returns null where something is divided by zero. */
function exactValue(formula: Formula): Exact | null {
  const value = ((): Exact | null => {
    switch (formula.kind) {
      case 'number':
        return numberOf(formula.text)
      case 'name':
        return drawnFor(constantsOfFormulas.has(formula.name) ? 'constant' : 'variable', formula.name)
      case 'minus': {
        const of = exactValue(formula.of)
        return of && made(-of.over, of.under)
      }
      case 'call': {
        const of = exactValue(formula.of)
        return of && drawnFor(formula.name, whole(of))
      }
      case 'operation':
        return operated(formula)
    }
  })()
  return value && value.under !== 0n ? value : null
}

/** Whether the rules of arithmetic make one formula of the other. */
export function isExactly(one: Formula, other: Formula): boolean {
  const [a, b] = [exactValue(one), exactValue(other)]
  return a !== null && b !== null && reduced(a.over * b.under - b.over * a.under) === 0n
}
