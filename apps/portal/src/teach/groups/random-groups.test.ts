import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawFairly, freeNames, randomGroups } from './random-groups.ts'

const learners = (count: number) => Array.from({ length: count }, (_, at) => at)
const sizes = (count: number, size: number) =>
  randomGroups(learners(count), size, drawFairly).map(group => group.length)

test('Everyone is in one group, and groups are of the size or a little larger.', () => {
  assert.deepEqual(
    randomGroups(learners(23), 4, drawFairly)
      .flat()
      .toSorted((a, b) => a - b),
    learners(23),
  )
  assert.deepEqual(sizes(12, 4), [4, 4, 4])
  assert.deepEqual(sizes(14, 4), [5, 5, 4])
  assert.deepEqual(sizes(3, 4), [3])
  assert.deepEqual(sizes(0, 4), [])
})

test('Who comes together is drawn: each learner is exchanged with one before or themselves.', () => {
  const asked: number[] = []
  const last = (below: number) => {
    asked.push(below)
    return below - 1
  }
  assert.deepEqual(randomGroups(['a', 'b', 'c', 'd'], 2, last), [
    ['a', 'c'],
    ['b', 'd'],
  ])
  assert.deepEqual(asked, [4, 3, 2])
  assert.deepEqual(
    randomGroups(['a', 'b', 'c', 'd'], 2, () => 0),
    [
      ['b', 'd'],
      ['c', 'a'],
    ],
  )
})

test('New groups take names that none has, in whatever letters.', () => {
  assert.deepEqual(
    freeNames(2, ['GROUP 1', 'Reds'], number => `Group ${number}`),
    ['Group 2', 'Group 3'],
  )
})
