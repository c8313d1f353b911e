import assert from 'node:assert/strict'
import { test } from 'node:test'
import { typedScore } from './typed-score.ts'

test('a score is typed with a point or a comma, and nothing is no score', () => {
  assert.deepEqual(['12', ' 12.5 ', '7,25', '', '  '].map(typedScore), [12, 12.5, 7.25, null, null])
})

test('what is no score is told apart from none', () => {
  for (const text of ['A', '-1', '1e3', '1.23456', '12..5', '1 2', '=1', 'NaN', '123456'])
    assert.equal(typedScore(text), undefined, text)
})
