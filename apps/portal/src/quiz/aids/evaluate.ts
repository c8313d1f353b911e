import { Decimal } from 'decimal.js'

/**
 * What a calculator makes of a line: numbers, + − × ÷, powers, roots and brackets. Pure, on decimals: 0.1 + 0.2 is 0.3.
 * Forty digits are kept on the way and fifteen are told, so a third times three is one. The line, its depth and its
 * numbers have bounds, as no line may hold up the page.
 */

const Number40 = Decimal.clone({ precision: 40, maxE: 1000, minE: -1000 })
const toldDigits = 15
export const longestLine = 200
const deepest = 50

export type Fault = 'not_understood' | 'incomplete' | 'division_by_zero' | 'no_root' | 'too_large'

class Refused extends Error {
  readonly fault: Fault
  constructor(fault: Fault) {
    super(fault)
    this.fault = fault
  }
}

const tokenForm = /\s*(?:(\d+(?:[.,]\d*)?|[.,]\d+)|([-+−*/×÷·^()√]))/y

function tokensOf(line: string): string[] {
  if (line.length > longestLine) throw new Refused('not_understood')
  const text = line.trim()
  const tokens: string[] = []
  tokenForm.lastIndex = 0
  while (tokenForm.lastIndex < text.length) {
    const found = tokenForm.exec(text)
    if (!found) throw new Refused('not_understood')
    tokens.push(found[1] ?? found[2] ?? '')
  }
  return tokens
}

/** A value that is still a number and not too large to tell. */
function bounded(value: Decimal): Decimal {
  if (value.isNaN()) throw new Refused('no_root')
  if (!value.isFinite()) throw new Refused('too_large')
  return value
}

/** Reads by precedence: sums of products of signs of powers. A power binds closer than a sign before it: −2² is −4. */
function reader(tokens: string[]) {
  let at = 0
  const isNext = (...signs: string[]) => signs.includes(tokens[at] ?? '')

  function sum(depth: number): Decimal {
    let left = product(depth)
    while (isNext('+', '-', '−')) {
      const sign = tokens[at++]
      const right = product(depth)
      left = bounded(sign === '+' ? left.plus(right) : left.minus(right))
    }
    return left
  }

  function product(depth: number): Decimal {
    let left = signed(depth)
    for (;;) {
      if (isNext('*', '×', '·')) {
        at++
        left = bounded(left.times(signed(depth)))
      } else if (isNext('/', '÷')) {
        at++
        const right = signed(depth)
        if (right.isZero()) throw new Refused('division_by_zero')
        left = bounded(left.div(right))
        // 2(3 + 4) and 2√9, as on paper.
      } else if (isNext('(', '√')) left = bounded(left.times(power(depth)))
      else return left
    }
  }

  function signed(depth: number): Decimal {
    if (depth > deepest) throw new Refused('not_understood')
    if (isNext('+')) {
      at++
      return signed(depth + 1)
    }
    if (isNext('-', '−')) {
      at++
      return signed(depth + 1).neg()
    }
    return power(depth)
  }

  function power(depth: number): Decimal {
    const base = single(depth)
    if (!isNext('^')) return base
    at++
    const exponent = signed(depth + 1)
    if (base.isZero() && exponent.isNegative()) throw new Refused('division_by_zero')
    return bounded(base.pow(exponent))
  }

  function single(depth: number): Decimal {
    if (depth > deepest) throw new Refused('not_understood')
    const token = tokens[at++]
    if (token === undefined) throw new Refused('incomplete')
    if (token === '√') {
      const value = single(depth + 1)
      if (value.isNegative() && !value.isZero()) throw new Refused('no_root')
      return value.sqrt()
    }
    if (token === '(') {
      const inside = sum(depth + 1)
      const closing = tokens[at++]
      if (closing === ')') return inside
      throw new Refused(closing === undefined ? 'incomplete' : 'not_understood')
    }
    if (!/\d/.test(token)) throw new Refused('not_understood')
    return bounded(new Number40(token.replace(',', '.')))
  }

  return () => {
    const value = sum(0)
    if (at < tokens.length) throw new Refused('not_understood')
    return value
  }
}

/** The value of a line as text with a point, such as `0.3` or `1.5e+40`, or why there is none. */
export function evaluate(line: string): { value: string } | { fault: Fault } {
  try {
    const tokens = tokensOf(line)
    if (tokens.length === 0) return { fault: 'incomplete' }
    const value = reader(tokens)().toSignificantDigits(toldDigits)
    return { value: value.isZero() ? '0' : value.toString() }
  } catch (failure) {
    if (failure instanceof Refused) return { fault: failure.fault }
    throw failure
  }
}
