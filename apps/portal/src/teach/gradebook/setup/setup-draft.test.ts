import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newCategory, newItem, type Setup, sumOfWeights, withoutCategory } from './setup-draft.ts'

const [one, two] = [
  { ...newCategory('One'), weight: 33.3 },
  { ...newCategory('Two'), weight: 66.7 },
]
const setup: Setup = {
  calculation: 'weights',
  missing: 'skip',
  decimals: 0,
  courseGradeShown: true,
  scale: [],
  categories: [one, two],
  items: [newItem({ title: 'Essay', categoryId: two.id })],
}

test('the items of a removed category go to the first that is left, and the last category stays', () => {
  const left = withoutCategory(setup, two.id)
  assert.deepEqual([left.categories, left.items[0]?.categoryId], [[one], one.id])
  assert.equal(withoutCategory(left, one.id), left)
})

test('weights are added up as decimals, without those of extra credit', () => {
  assert.equal(sumOfWeights(setup), 100)
  const tenths = [0.1, 0.2].map(weight => ({ ...one, weight }))
  assert.equal(sumOfWeights({ ...setup, categories: [...tenths, { ...two, extraCredit: true }] }), 0.3)
})
