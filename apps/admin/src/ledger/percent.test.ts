import assert from 'node:assert/strict'
import { test } from 'node:test'
import { percentText, typedBasisPoints } from './percent.ts'

test('A percentage is read to the hundredth, with a point or a comma, and nothing is guessed.', () => {
  for (const [text, points] of [
    ['12.5', 1250],
    ['12,05 %', 1205],
    ['100', 10_000],
    ['0', 0],
    ['0.07', 7],
  ] as const)
    assert.equal(typedBasisPoints(text), points)
  for (const text of ['', '-1', '100.01', '12.345', 'ten', '1e2', '.5'])
    assert.equal(typedBasisPoints(text), null)
})

test('A percentage is shown as the locale writes it.', () => {
  assert.equal(percentText(1250, 'en-US'), '12.5%')
  assert.equal(percentText(7, 'en-US'), '0.07%')
})
