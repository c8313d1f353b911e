import { evaluate, type Formula } from '@azora/contracts/assessment/formula/tree.ts'

type Operation = Extract<Formula, { kind: 'operation' }>

const isOperation = (formula: Formula, signs: string): formula is Operation =>
  formula.kind === 'operation' && signs.includes(formula.sign)
const bare = (formula: Formula): Formula => (formula.kind === 'minus' ? bare(formula.of) : formula)
const isSum = (formula: Formula) => isOperation(bare(formula), '+-')

const partsOf = (formula: Formula): Formula[] =>
  formula.kind === 'operation'
    ? [formula.left, formula.right]
    : formula.kind === 'call' || formula.kind === 'minus'
      ? [formula.of]
      : []

/** Whether nothing is left to multiply out: no sum is a factor, or is raised to a whole power. */
export function isExpanded(formula: Formula): boolean {
  if (isOperation(formula, '*') && (isSum(formula.left) || isSum(formula.right))) return false
  if (isOperation(formula, '/') && isSum(formula.left)) return false
  if (isOperation(formula, '^') && isSum(formula.left) && exponentOf(formula) !== null) return false
  return partsOf(formula).every(isExpanded)
}

/** A whole exponent above one, or null. */
function exponentOf({ right }: Operation): number | null {
  const value = right.kind === 'number' ? right.value : 0
  return Number.isInteger(value) && value > 1 ? value : null
}

type Points = readonly ReadonlyMap<string, number>[]

/** Whether a formula has other values at other points: a factor of 1, x⁰ or e is none to be found. */
function varies(formula: Formula, points: Points): boolean {
  const [first = 0, ...rest] = points.map(point => evaluate(formula, point))
  return rest.some(value => Math.abs(value - first) > 1e-9 * Math.max(Math.abs(value), Math.abs(first)))
}

type Factors = { over: number; under: number }

/** Of how many factors that vary a formula is a product, and by how many it is divided; a sum is one. */
function factorsOf(formula: Formula, points: Points): Factors {
  const product = bare(formula)
  if (product.kind !== 'operation' || isSum(product))
    return { over: varies(product, points) ? 1 : 0, under: 0 }
  const left = factorsOf(product.left, points)
  if (product.sign === '^') {
    // Not a number where a variable is in it.
    const exponent = evaluate(product.right, new Map())
    if (!Number.isInteger(exponent))
      return varies(product, points) ? { ...left, over: Math.max(left.over, 1) } : { over: 0, under: 0 }
    const times = Math.abs(exponent)
    const [over, under] = exponent < 0 ? [left.under, left.over] : [left.over, left.under]
    return { over: over * times, under: under * times }
  }
  const right = factorsOf(product.right, points)
  return product.sign === '*'
    ? { over: left.over + right.over, under: left.under + right.under }
    : { over: left.over + right.under, under: left.under + right.over }
}

/**
 * Whether a formula is a product of at least the factors of the right one. What divides must be asked for: else x/x
 * before a sum would make two factors of it.
 */
export function isFactored(formula: Formula, right: Formula, points: Points): boolean {
  const [given, asked] = [factorsOf(formula, points), factorsOf(right, points)]
  if (asked.under === 0 && given.under > 0) return false
  return given.over >= asked.over && given.under >= asked.under
}
