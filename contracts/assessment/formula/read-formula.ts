import { constantsOfFormulas, type Formula, type FunctionName } from './tree.ts'

/**
 * Reads a formula as people type it: `2x(x+1)`, `x^2/3`, `sin(2 pi x)`, `3·x²`, `0,5x`. A product may leave out its
 * sign, a decimal may have a comma, and `xy` is x times y unless `xy` is a variable. A function needs brackets, so that
 * no one has to know where `sin 2x` ends.
 *
 * It takes time in proportion to the text, which is bounded; so are the brackets within one another.
 */

export type ReadFormula =
  | { formula: Formula }
  | { fault: 'not_a_formula' }
  | { fault: 'unknown_variable'; name: string }

export type Names = { variables: string[]; functions: FunctionName[] }

const mostNested = 60
const mostLength = 500

type Token =
  | { kind: 'number'; text: string; value: number }
  | { kind: 'name'; name: string }
  | { kind: 'function'; name: FunctionName }
  | { kind: 'sign'; sign: string }

class Unreadable extends Error {
  readonly unknown: string | null
  constructor(unknown: string | null = null) {
    super('This is no formula.')
    this.unknown = unknown
  }
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹'
const signs: Record<string, string> = {
  '×': '*',
  '·': '*',
  '⋅': '*',
  '∙': '*',
  '÷': '/',
  '−': '-',
  '–': '-',
  ':': '/',
}
const brackets: Record<string, string> = { '[': '(', ']': ')', '{': '(', '}': ')' }

function plain(text: string): string {
  return text
    .replace(/\*\*/g, '^')
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, digits => `^${[...digits].map(digit => superscripts.indexOf(digit)).join('')}`)
    .replace(/[×·⋅∙÷−–:]/g, sign => signs[sign] ?? sign)
    .replace(/[[\]{}]/g, bracket => brackets[bracket] ?? bracket)
    .replace(/√/g, 'sqrt')
    .replace(/π/g, 'pi')
}

function tokensOf(text: string, { variables, functions }: Names): Token[] {
  const tokens: Token[] = []
  // The longest name first: `sinx` begins with none but `s`, where there is no function `sin`.
  const names = [...new Set([...variables, ...functions, ...constantsOfFormulas.keys()])].sort(
    (a, b) => b.length - a.length,
  )
  const isFunction = (name: string): name is FunctionName =>
    (functions as string[]).includes(name) && !variables.includes(name)
  const whole = plain(text)
  const piece = /\s+|(\d+(?:[.,]\d+)?|[.,]\d+)|([-+*/^()])|([\p{L}_][\p{L}\d_]{0,19})/uy
  while (piece.lastIndex < whole.length) {
    const found = piece.exec(whole)
    if (!found) throw new Unreadable()
    const [, number, sign, word] = found
    if (number) {
      const decimal = number.replace(',', '.')
      tokens.push({ kind: 'number', text: decimal, value: Number(decimal) })
    } else if (sign) tokens.push({ kind: 'sign', sign })
    else if (word) {
      // Letters that follow one another are a product of names. None is longer than is looked at.
      const name = names.find(one => word.startsWith(one))
      if (!name) throw new Unreadable(word)
      tokens.push(isFunction(name) ? { kind: 'function', name } : { kind: 'name', name })
      piece.lastIndex += name.length - word.length
    }
  }
  return tokens
}

/** @param names the variables that there are, and the functions that may be used. */
export function readFormula(text: string, names: Names): ReadFormula {
  if (text.length > mostLength) return { fault: 'not_a_formula' }
  try {
    return { formula: parse(tokensOf(text, names)) }
  } catch (failure) {
    if (!(failure instanceof Unreadable)) throw failure
    return failure.unknown === null
      ? { fault: 'not_a_formula' }
      : { fault: 'unknown_variable', name: failure.unknown }
  }
}

function parse(tokens: Token[]): Formula {
  let at = 0
  let nested = 0
  const isSign = (sign: string) => {
    const token = tokens[at]
    return token?.kind === 'sign' && token.sign === sign
  }
  const take = (sign: string) => {
    if (!isSign(sign)) return false
    at += 1
    return true
  }
  const within = (read: () => Formula): Formula => {
    nested += 1
    if (nested > mostNested) throw new Unreadable()
    const formula = read()
    nested -= 1
    return formula
  }

  function sum(): Formula {
    let left = product()
    for (;;) {
      const sign = take('+') ? '+' : take('-') ? '-' : null
      if (!sign) return left
      left = { kind: 'operation', sign, left, right: product() }
    }
  }

  function product(): Formula {
    let left = signed()
    for (;;) {
      if (take('*')) left = { kind: 'operation', sign: '*', left, right: signed() }
      else if (take('/')) left = { kind: 'operation', sign: '/', left, right: signed() }
      else if (begins()) left = { kind: 'operation', sign: '*', left, right: power() }
      else return left
    }
  }

  /** Whether a factor begins here, without a sign before it. */
  const begins = () => {
    const token = tokens[at]
    return token !== undefined && (token.kind !== 'sign' || token.sign === '(')
  }

  function signed(): Formula {
    if (take('-')) return within(() => ({ kind: 'minus', of: signed() }))
    if (take('+')) return within(signed)
    return power()
  }

  /** To the right first: 2^3^2 is 2^9. Its exponent may have a sign. */
  function power(): Formula {
    const base = atom()
    if (!take('^')) return base
    return within(() => ({ kind: 'operation', sign: '^', left: base, right: signed() }))
  }

  function atom(): Formula {
    const token = tokens[at]
    if (!token) throw new Unreadable()
    at += 1
    if (token.kind === 'number') return token
    if (token.kind === 'name') return token
    if (token.kind === 'function') {
      if (!isSign('(')) throw new Unreadable()
      return { kind: 'call', name: token.name, of: atom() }
    }
    if (token.sign !== '(') throw new Unreadable()
    const formula = within(sum)
    if (!take(')')) throw new Unreadable()
    return formula
  }

  const formula = sum()
  if (at < tokens.length) throw new Unreadable()
  return formula
}
