import { type Formula, strengthOf } from '@azora/contracts/assessment/formula/tree.ts'

/**
 * A formula as MathML, to show how it was understood: `x^2/3` as a fraction over three. Its names are letters and its
 * numbers digits, as they were read, so nothing in it needs an escape.
 */

const greek: Record<string, string> = { pi: 'π' }
const operator = (sign: string) => `<mo>${sign}</mo>`
const row = (content: string) => `<mrow>${content}</mrow>`
const bracketed = (content: string) => row(`${operator('(')}${content}${operator(')')}`)

const drawn = (formula: Formula, least: number): string =>
  strengthOf(formula) < least ? bracketed(draw(formula)) : draw(formula)

function draw(formula: Formula): string {
  switch (formula.kind) {
    case 'number':
      return `<mn>${formula.text}</mn>`
    case 'name':
      return `<mi>${greek[formula.name] ?? formula.name}</mi>`
    case 'minus':
      return row(`${operator('−')}${drawn(formula.of, 2)}`)
    case 'call':
      if (formula.name === 'sqrt') return `<msqrt>${draw(formula.of)}</msqrt>`
      if (formula.name === 'abs') return row(`${operator('|')}${draw(formula.of)}${operator('|')}`)
      return row(`<mi>${formula.name}</mi>${bracketed(draw(formula.of))}`)
    case 'operation': {
      const { sign, left, right } = formula
      if (sign === '/') return `<mfrac>${row(draw(left))}${row(draw(right))}</mfrac>`
      if (sign === '^') return `<msup>${drawn(left, 4)}${row(draw(right))}</msup>`
      if (sign === '*') return row(`${drawn(left, 2)}${operator('·')}${drawn(right, 2)}`)
      return row(
        `${drawn(left, 1)}${operator(sign === '-' ? '−' : '+')}${drawn(right, sign === '-' ? 2 : 1)}`,
      )
    }
  }
}

export const mathmlOf = (formula: Formula) => `<math>${draw(formula)}</math>`
