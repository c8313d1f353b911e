import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readFormula } from '@azora/contracts/assessment/formula/read-formula.ts'
import { mathmlOf } from './formula-mathml.ts'

function drawn(text: string): string {
  const read = readFormula(text, { variables: ['x', 'y'], functions: ['sqrt', 'sin'] })
  if ('fault' in read) return read.fault
  // As a reader would say it: elements without their names.
  return mathmlOf(read.formula)
    .replace(/<\/?(?:math|mrow|mi|mn|mo)>/g, '')
    .replace(/<(\w+)>/g, '$1[')
    .replace(/<\/\w+>/g, ']')
}

test('A formula is drawn as it was understood, with the brackets that it needs and no others.', () => {
  for (const [text, expected] of [
    ['2x(x+1)', '2·x·(x+1)'],
    ['x^2/3', 'mfrac[msup[x2]3]'],
    ['(x+1)/(y)', 'mfrac[x+1y]'],
    ['-(x+1)', '−(x+1)'],
    ['x-(y-1)', 'x−(y−1)'],
    ['(x-y)-1', 'x−y−1'],
    ['(x+1)^(2y)', 'msup[(x+1)2·y]'],
    ['(-x)^2', 'msup[(−x)2]'],
    ['(x^2)^3', 'msup[(msup[x2])3]'],
    ['x*-y', 'x·(−y)'],
    ['sqrt(x) sin(2 pi)', 'msqrt[x]·sin(2·π)'],
  ] as const)
    assert.equal(drawn(text), expected, text)
})
