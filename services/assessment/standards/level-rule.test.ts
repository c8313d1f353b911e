import assert from 'node:assert/strict'
import { test } from 'node:test'
import { levelAt, percentOf } from './level-rule.ts'
import { defaultLevels } from './standards.ts'

test('The latest, the highest and the mean of pieces are what their names say.', () => {
  const shares = [0.9, 0.2, 0.4]
  assert.equal(percentOf('latest', shares), 40)
  assert.equal(percentOf('highest', shares), 90)
  assert.equal(percentOf('mean', shares), 50)
})

test('In a decaying average the newest piece counts 65 %, and the older it is, the less.', () => {
  assert.equal(percentOf('decaying', [0, 1]), 65)
  assert.equal(percentOf('decaying', [1, 0]), 35)
  assert.equal(percentOf('decaying', [1, 0, 0]), 12.25)
  assert.equal(percentOf('decaying', [0, 1, 0]), 22.75)
})

test('One piece is the same by every rule, and without any there is no percentage.', () => {
  for (const rule of ['latest', 'highest', 'mean', 'decaying'] as const) {
    assert.equal(percentOf(rule, [0.7]), 70)
    assert.equal(percentOf(rule, []), null)
  }
})

test('A level is reached at its bound, also where thirds or tenths do not add up in binary.', () => {
  const names = (percent: number) => levelAt(defaultLevels, percent)?.name
  assert.deepEqual([0, 39.9999, 40, 70, 90, 100].map(names), [
    'Not yet',
    'Not yet',
    'Beginning',
    'Proficient',
    'Advanced',
    'Advanced',
  ])
  const mean = percentOf('mean', [0.6, 0.7, 0.8])
  assert.equal(mean, 70)
  assert.equal(names(mean ?? 0), 'Proficient')
  assert.equal(percentOf('decaying', [0.7, 0.7, 0.7, 0.7]), 70)
})
