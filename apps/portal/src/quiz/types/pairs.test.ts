import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withNewPairs } from './pairs.ts'

const part = (id: string, most = 1) => ({ id, most })

test('A new pair takes the place of those that cannot be beside it.', () => {
  const words = { options: [part('a'), part('b', 0)], targets: [part('x'), part('y', 0)] }
  const chosen = (before: string[], after: string[]) => withNewPairs(words, before, after)
  assert.deepEqual(chosen(['a x'], ['a x', 'b x']), ['b x'], 'a place takes one')
  assert.deepEqual(chosen(['a x'], ['a x', 'a y']), ['a y'], 'and so does a word')
  assert.deepEqual(chosen(['a y'], ['a y', 'b y']), ['a y', 'b y'], 'those that take any number keep them')
  assert.deepEqual(chosen(['a x'], []), [])
})

test('Among one kind of things no pair is made twice, nor of one thing alone.', () => {
  const animals = [part('a', 0), part('b', 0)]
  const chosen = (before: string[], after: string[]) =>
    withNewPairs({ options: animals, targets: animals }, before, after)
  assert.deepEqual(chosen(['a b'], ['a b', 'b a']), ['b a'])
  assert.deepEqual(chosen(['a b'], ['a b', 'a a']), ['a b'])
})
