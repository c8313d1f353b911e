import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countWords, wordsAgainst, wordsAsked } from './count-words.ts'

test('Words are counted as the language has them, and what stands between them is not.', () => {
  assert.equal(countWords('', 'en'), 0)
  assert.equal(countWords(' – … !\n', 'en'), 0)
  assert.equal(countWords("It's 3,5 km — further\n\nthan he thought.", 'en'), 7)
  assert.equal(countWords('川は曲がる', 'ja') > 1, true)
})

test('A number of words is too few, enough or too many; without a bound it is enough.', () => {
  const bounds = { minWords: 10, maxWords: 20 }
  assert.deepEqual(
    [9, 10, 20, 21].map(count => wordsAgainst(count, bounds)),
    ['few', 'enough', 'enough', 'many'],
  )
  assert.equal(wordsAgainst(0, { minWords: null, maxWords: null }), 'enough')
})

test('How many words are asked for is told by the bounds that there are.', () => {
  const t = (key: string, values: object) => `${key} ${Object.values(values)}`
  const told = [
    [2, 9],
    [2, null],
    [null, 9],
    [null, null],
  ] as const
  assert.deepEqual(
    told.map(([minWords, maxWords]) => wordsAsked({ minWords, maxWords }, t)),
    ['wordsBetween 2,9', 'wordsAtLeast 2', 'wordsAtMost 9', null],
  )
})
