/** A formula as it was understood: what marking evaluates is what the preview draws. Without Zod, as pages read it too. */

export type Formula =
  | { kind: 'number'; text: string; value: number }
  | { kind: 'name'; name: string }
  | { kind: 'call'; name: FunctionName; of: Formula }
  | { kind: 'minus'; of: Formula }
  | { kind: 'operation'; sign: '+' | '-' | '*' | '/' | '^'; left: Formula; right: Formula }

/** The functions there are, as numbers are put in. `ln` is natural, `log` is of base ten. */
export const functionsOfFormulas = {
  sqrt: Math.sqrt,
  abs: Math.abs,
  exp: Math.exp,
  ln: Math.log,
  log: Math.log10,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
} as const
export type FunctionName = keyof typeof functionsOfFormulas
export const functionNames = Object.keys(functionsOfFormulas) as [FunctionName, ...FunctionName[]]

export const constantsOfFormulas: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['e', Math.E],
])

/** The value of a formula where its variables have values; NaN or infinite where it has none. */
export function evaluate(formula: Formula, values: ReadonlyMap<string, number>): number {
  switch (formula.kind) {
    case 'number':
      return formula.value
    case 'name':
      return values.get(formula.name) ?? constantsOfFormulas.get(formula.name) ?? Number.NaN
    case 'call':
      return functionsOfFormulas[formula.name](evaluate(formula.of, values))
    case 'minus':
      return -evaluate(formula.of, values)
    case 'operation': {
      const left = evaluate(formula.left, values)
      const right = evaluate(formula.right, values)
      if (formula.sign === '+') return left + right
      if (formula.sign === '-') return left - right
      if (formula.sign === '*') return left * right
      return formula.sign === '/' ? left / right : left ** right
    }
  }
}

/** How strongly an operation binds: a sum less than a product, a product less than a power. */
export function strengthOf(formula: Formula): number {
  if (formula.kind === 'minus') return 1
  if (formula.kind !== 'operation') return 4
  if (formula.sign === '^') return 3
  return formula.sign === '+' || formula.sign === '-' ? 1 : 2
}
