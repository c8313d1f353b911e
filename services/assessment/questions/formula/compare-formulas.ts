import { evaluate, type Formula } from '@azora/contracts/assessment/formula/tree.ts'
import { isExactly } from './exact-value.ts'

export type Variable = { name: string; from: number; to: number }

/**
 * Whether two formulas are the same: by their values at points that are drawn within the ranges of their variables, and
 * by exact arithmetic where rounding alone may have made values differ (decision 0043). Both take time in proportion to
 * the length of a formula, whatever is in it: a tower of powers is infinite at once.
 */

const points = 24
/** Fewer tell too little, as of a root whose variable is hardly ever positive. */
const leastPoints = 8
const mostDraws = 120
/**
 * Where everything cancels out, rounding leaves this much of values about one, and of smaller ones as much less: of a
 * formula with Planck's constant each wrong answer would else be as good as right.
 */
const zero = 1e-12

function leftOf(samples: Sample[]): number {
  const largest = Math.max(...samples.map(({ value }) => Math.abs(value)))
  return largest === 0 ? zero : Math.min(largest, 1) * zero
}

/** Numbers from 0 to 1, the same for every run: mulberry32, which is in the public domain. */
function sequence(seed: number) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export type Sample = { at: ReadonlyMap<string, number>; value: number }

/** Points at which a formula has a value, with it; null where there are too few. */
export function samplesOf(formula: Formula, variables: Variable[]): Sample[] | null {
  const next = sequence(20_260_111)
  const samples: Sample[] = []
  for (let draw = 0; draw < mostDraws && samples.length < points; draw++) {
    const at = new Map(variables.map(({ name, from, to }) => [name, from + (to - from) * next()]))
    const value = evaluate(formula, at)
    if (Number.isFinite(value)) samples.push({ at, value })
  }
  return samples.length < leastPoints ? null : samples
}

/** A formula that answers are compared with. */
export type Expected = { formula: Formula; samples: Sample[] }

/**
 * Whether a formula has the values of the samples, within the tolerance. One without a value where they have one is
 * another. Where a value differs, rounding alone may be why: then exact arithmetic has the last word.
 */
export function agrees(formula: Formula, { formula: right, samples }: Expected, tolerance: number): boolean {
  let exactly: boolean | null = null
  const left = leftOf(samples)
  return samples.every(({ at, value }) => {
    const own = evaluate(formula, at)
    if (!Number.isFinite(own)) return false
    const slack = Math.max(Math.abs(own), Math.abs(value)) * tolerance + left
    if (Math.abs(own - value) <= slack) return true
    exactly ??= isExactly(formula, right)
    return exactly
  })
}
