import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readFormula } from '@azora/contracts/assessment/formula/read-formula.ts'
import { evaluate, functionNames } from '@azora/contracts/assessment/formula/tree.ts'
import { formulaBody } from '@azora/contracts/assessment/question-types/formula.ts'
import { samplesOf } from './compare-formulas.ts'
import { isExactly } from './exact-value.ts'
import { formula } from './formula.ts'

const all = { variables: ['x', 'y', 'xy', 'λ'], functions: functionNames }

function valueAt(text: string, at: Record<string, number> = {}): number | string {
  const read = readFormula(text, all)
  if ('fault' in read) return 'name' in read ? `${read.fault} ${read.name}` : read.fault
  return evaluate(read.formula, new Map(Object.entries(at)))
}

const asked = (expression: string, more: object = {}) =>
  formulaBody.parse({
    answers: [{ expression }],
    variables: [{ name: 'x' }, { name: 'y', from: 0.5, to: 4 }],
    functions: functionNames,
    ...more,
  })
const read = (text: string) => {
  const found = readFormula(text, all)
  if ('fault' in found) throw new Error(`${text}: ${found.fault}`)
  return found.formula
}
const outcome = (body: ReturnType<typeof asked>, given: string) => {
  const [mark] = formula.marks('q', body, { q: [given] })
  return [mark?.earned, mark?.reason]
}

test('A formula is read as people write it.', () => {
  const x = 3
  for (const [text, value] of [
    ['2x', 6],
    ['2x(x+1)', 24],
    ['(x+1)(x-1)', 8],
    ['-x^2', -9],
    ['2^3^2', 512],
    ['2^-1', 0.5],
    ['x²·2', 18],
    ['0,5x', 1.5],
    ['.5 x', 1.5],
    ['6/2x', 9],
    ['3 − x ÷ 3', 2],
    ['x**2', 9],
    ['√(x+1)', 2],
    ['sqrt(4)^2', 4],
    ['2 pi', 2 * Math.PI],
    ['--x', 3],
    ['{[x]}', 3],
  ] as const)
    assert.equal(valueAt(text, { x }), value, text)
  assert.equal(valueAt('λ + yx', { x: 2, y: 5, λ: 1 }), 11)
  assert.equal(valueAt('xy', { x: 2, y: 5, xy: 7 }), 7, 'a variable of two letters is one')
})

test('What is no formula is told from a name that is not known.', () => {
  for (const text of ['', ' ', '2x =', '(x', 'x)', '+', 'x+*y', 'sin x', 'y = 2x', '1 2..', 'x;y', '2^'])
    assert.equal(valueAt(text), 'not_a_formula', text)
  assert.equal(valueAt('x + z'), 'unknown_variable z')
  assert.equal(valueAt('constructor'), 'unknown_variable constructor')
})

test('Formulas that are the same earn the same, however they are written.', () => {
  assert.deepEqual(outcome(asked('2x(x+1)'), '2 x (x + 1)'), [1, 'right'])
  for (const given of ['2x^2+2x', '2*x*(x+1)', '(x^2 + x) * 2', 'x(2x+2)', '2x² + 2x'])
    assert.deepEqual(outcome(asked('2x(x+1)'), given), [1, 'equivalent'], given)
  for (const [right, given] of [
    ['sin(x)^2 + cos(x)^2', '1'],
    ['ln(y^2)', '2ln(y)'],
    ['sqrt(y^2)', 'y'],
    ['(x+1)^10', '(x^2+2x+1)^5'],
    ['exp(x)', 'e^x'],
    ['x/y', 'x*y^-1'],
    ['x^2-y^2', '(x-y)(x+y)'],
  ] as const)
    assert.deepEqual(outcome(asked(right), given), [1, 'equivalent'], given)
})

test('What cancels out in the arithmetic of a machine is compared exactly.', () => {
  for (const [right, given] of [
    ['(x-5)^6', 'x^6-30x^5+375x^4-2500x^3+9375x^2-18750x+15625'],
    ['(sin(x)-1)^8(0.5x)', '0.5x(sin(x)^4-4sin(x)^3+6sin(x)^2-4sin(x)+1)^2'],
    ['(x^5-1)/(x-1)', '(1-x^-5)/(1/x-1/x^2)*x^3*x^0'],
    ['(x-y)^9/y', '(x^3-3x^2y+3x*y^2-y^3)^3*y^-1'],
  ] as const) {
    assert.ok(isExactly(read(right), read(given)), given)
    assert.deepEqual(outcome(asked(right), given), [1, 'equivalent'], given)
  }
  for (const [right, given] of [
    ['(x-5)^6', 'x^6-30x^5+375x^4-2500x^3+9375x^2-18750x+15624.999'],
    ['x', 'x+x^999/10^15'],
    ['sin(x)', 'sin(x+0.00001)'],
    ['x', 'x+1/(x-x)'],
    ['x^0.5', 'x^0.50001'],
    ['pi', '3.141592'],
  ] as const)
    assert.ok(!isExactly(read(right), read(given)), given)
})

test('Formulas that differ earn nothing, also where they differ a little or in places.', () => {
  for (const [right, given] of [
    ['2x(x+1)', '2x^2+x'],
    ['sqrt(x^2)', 'x'],
    ['x', 'x+0.001'],
    ['abs(x)', '-x'],
    ['x', 'ln(exp(x))+0*ln(x)'],
    ['1', 'x/x*1/0'],
  ] as const)
    assert.deepEqual(outcome(asked(right), given), [0, 'wrong'], given)
  assert.deepEqual(outcome(asked('9.81x', { tolerance: 0.01 }), '9.8x'), [1, 'equivalent'])
})

test('A form that is asked for counts, and what has another says so.', () => {
  const factored = asked('(x-1)(x+2)', { form: 'factored' })
  assert.deepEqual(outcome(factored, '(x+2)(x-1)'), [1, 'equivalent'])
  assert.deepEqual(outcome(factored, 'x^2+x-2'), [0, 'wrong_form'])
  for (const padded of ['1', 'e^0', 'pi/pi', 'x/x', 'x*x^-1', 'x^0', 'x^(x-x)', 'cos(0x)', '1/(1/x)/x'])
    assert.deepEqual(outcome(factored, `${padded}*(x^2+x-2)`), [0, 'wrong_form'], padded)
  for (const given of ['-(1-x)(x+2)', '(2x-2)(x+2)/2', '(x+2)/(1/2)*(x-1)/2', '(x-1)^1(x+2)'])
    assert.deepEqual(outcome(factored, given), [1, 'equivalent'], given)
  const divided = asked('x(x-1)/(y(y+1))', { form: 'factored' })
  assert.deepEqual(outcome(divided, 'x/y*(x-1)*(y+1)^-1'), [1, 'equivalent'])
  assert.deepEqual(outcome(divided, 'x(x-1)/(y^2+y)'), [0, 'wrong_form'])
  const root = asked('y^0.5(y+1)^0.5', { form: 'factored' })
  assert.deepEqual(outcome(root, '(y(y+1))^0.5'), [1, 'equivalent'])
  assert.deepEqual(outcome(asked('(x+1)^2', { form: 'factored' }), '(x+1)(x+1)'), [1, 'equivalent'])
  const expanded = asked('x^2+x-2', { form: 'expanded' })
  assert.deepEqual(outcome(expanded, 'x^2-2+x'), [1, 'equivalent'])
  for (const given of ['(x-1)(x+2)', 'x(x+1)-2', '-(2-x)(1)+x^2', '(x+1)^2-x-3'])
    assert.deepEqual(outcome(expanded, given), [0, 'wrong_form'], given)
})

test('A formula that explodes has a clear result at once, and so has one of the greatest length.', () => {
  const started = performance.now()
  for (const given of [
    '9^9^9^9^9^9',
    '(((x^9)^9)^9)^9^9',
    `exp(${'exp('.repeat(20)}x${')'.repeat(20)})`,
    `${'x*'.repeat(249)}x`,
    `x${'^x'.repeat(55)}`,
  ])
    assert.deepEqual(outcome(asked('x'), given), [0, 'wrong'], given)
  for (const given of [
    '('.repeat(500),
    `${'('.repeat(100)}x${')'.repeat(100)}`,
    '-'.repeat(400),
    'x'.repeat(501),
  ])
    assert.deepEqual(outcome(asked('x'), given), [0, 'not_a_formula'], given)
  assert.ok(performance.now() - started < 60_000)
})

test('The best of the answers that accept a formula counts, with its feedback.', () => {
  const body = asked('x', {
    answers: [
      { expression: 'x', share: 50, feedback: 'half' },
      { expression: '2x', share: 100 },
    ],
  })
  assert.deepEqual(formula.marks('q', body, { q: ['x+0'] })[0], {
    part: 'q',
    given: 'x+0',
    expected: '2x',
    worth: 1,
    earned: 0.5,
    reason: 'partly',
    feedback: 'half',
  })
  assert.equal(formula.marks('q', body, {})[0]?.reason, 'unanswered')
  assert.deepEqual(formula.correct(body), ['2x'])
})

test('An author is told what cannot be marked.', () => {
  const faultOf = (body: ReturnType<typeof asked>, survey = false) => formula.fault(body, '', survey)
  assert.equal(faultOf(asked('2x')), null)
  assert.equal(faultOf(asked('2x+')), 'bad_formula')
  assert.equal(faultOf(asked('2z')), 'unknown_name')
  assert.equal(faultOf(asked('ln(x-2)')), null, 'it has values at a third of the points')
  assert.equal(faultOf(asked('ln(x-6)')), 'formula_without_value')
  assert.equal(faultOf(asked('x', { variables: [{ name: 'x' }, { name: 'x' }] })), 'variable_named_twice')
  assert.equal(faultOf(asked('x', { variables: [{ name: 'e' }] })), 'variable_named_twice')
  assert.equal(faultOf(asked('x', { variables: [{ name: 'x', from: 1, to: 1 }] })), 'empty_range')
  assert.equal(faultOf(asked('x(x+1)', { form: 'expanded' })), 'formula_not_expanded')
  assert.equal(faultOf(asked('x', { answers: [] })), 'no_correct_answer')
  assert.equal(faultOf(asked('x', { answers: [] }), true), null)
})

test('Points are the same in every run, so a mark is the same years later.', () => {
  const read = readFormula('x', all)
  if ('fault' in read) return assert.fail()
  const [first, second] = samplesOf(read.formula, [{ name: 'x', from: 0, to: 1 }]) ?? []
  assert.deepEqual([first?.value, second?.value], [0.47093175118789077, 0.4676520836073905])
})

test('What is shown is the names alone.', () => {
  assert.deepEqual(
    formula.open(asked('2x+y', { functions: ['sin'] }), parts => parts),
    {
      variables: ['x', 'y'],
      functions: ['sin'],
    },
  )
})

test('A formula of very small values is not the same as zero, or as another.', () => {
  const energy = asked('6.6*10^-34*x*y')
  assert.deepEqual(outcome(energy, 'x*y*6.6/10^34'), [1, 'equivalent'])
  assert.deepEqual(outcome(energy, '6.6*10^-34*(x*y + y) - 6.6*10^-34*y'), [1, 'equivalent'])
  for (const given of ['0', '6.6*10^-30*x*y', '6.6*10^-34*x/y', '10^-13'])
    assert.deepEqual(outcome(energy, given), [0, 'wrong'], given)
})
