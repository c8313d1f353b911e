import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { evaluate, longestLine } from './evaluate.ts'

const told = (line: string) => {
  const result = evaluate(line)
  return 'value' in result ? result.value : result.fault
}

test('Decimals are exact: what a binary calculator gets wrong is right here.', () => {
  for (const [line, value] of [
    ['0.1 + 0.2', '0.3'],
    ['1 - 0.9', '0.1'],
    ['1.1 * 1.1', '1.21'],
    ['4.35 × 100', '435'],
    ['1 / 3 * 3', '1'],
    ['8 ^ (1/3)', '2'],
    ['√2 ^ 2', '2'],
    ['0,5 + 0,25', '0.75'],
    ['123456789 * 1000', '123456789000'],
  ] as const)
    assert.equal(told(line), value, line)
})

test('Powers come before signs, signs before products, products before sums, brackets before all.', () => {
  for (const [line, value] of [
    ['2 + 3 × 4', '14'],
    ['(2 + 3) × 4', '20'],
    ['10 - 4 - 3', '3'],
    ['100 ÷ 10 ÷ 5', '2'],
    ['-2^2', '-4'],
    ['(-2)^2', '4'],
    ['2^3^2', '512'],
    ['2^-1', '0.5'],
    ['2 * -3', '-6'],
    ['2(3 + 4)', '14'],
    ['2√9', '6'],
    ['√(16 + 9)', '5'],
    ['−3 + 1', '-2'],
    ['0 * -1', '0'],
  ] as const)
    assert.equal(told(line), value, line)
})

test('What has no value says why.', () => {
  for (const [line, fault] of [
    ['', 'incomplete'],
    ['2 +', 'incomplete'],
    ['(1 + 2', 'incomplete'],
    ['1 / 0', 'division_by_zero'],
    ['0 ^ -1', 'division_by_zero'],
    ['√(0-1)', 'no_root'],
    ['(0-8) ^ 0.5', 'no_root'],
    ['10 ^ 2000', 'too_large'],
    ['9^9^9^9', 'too_large'],
    ['2 3', 'not_understood'],
    ['1 + 2)', 'not_understood'],
    ['× 2', 'not_understood'],
    ['alert(1)', 'not_understood'],
    ['1..2', 'not_understood'],
  ] as const)
    assert.equal(told(line), fault, line)
})

test('Whatever is typed is answered; long lines and deep brackets are refused.', () => {
  const deep = `${'('.repeat(99)}1${')'.repeat(99)}`
  for (const line of ['1'.repeat(longestLine + 1), deep, '-'.repeat(199), '√'.repeat(199)])
    assert.ok('fault' in evaluate(line))
  const line = fc.string({ unit: fc.constantFrom(...'0123456789.,+-*/^()√ '), maxLength: longestLine })
  fc.assert(
    fc.property(line, text => {
      const result = evaluate(text)
      assert.ok('value' in result || 'fault' in result)
    }),
  )
})

test('Sums, differences and products of whole numbers are those of whole numbers.', () => {
  const whole = fc.integer({ min: -1_000_000, max: 1_000_000 })
  fc.assert(
    fc.property(whole, whole, (a, b) => {
      assert.equal(told(`(${a}) + (${b})`), String(a + b))
      assert.equal(told(`(${a}) - (${b})`), String(a - b))
      assert.equal(told(`(${a}) * (${b})`), String(a * b + 0))
    }),
  )
})
