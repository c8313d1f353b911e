import assert from 'node:assert/strict'
import { test } from 'node:test'
import { costOf, hintsUsed, lessHints, openHints } from './hints.ts'

const hints = [30, 50, 40].map((costPercent, at) => ({ content: `hint ${at + 1}`, costPercent }))
const question = { id: 'q', points: 2, hints }

test('Hints together cost no more than the question, and nothing in practice.', () => {
  assert.deepEqual([costOf(hints, [], false), costOf(hints, [30], false)], [30, 50])
  assert.equal(costOf(hints, [30, 50], false), 20)
  assert.equal(costOf(hints, [], true), 0)
})

test('A hint that was not taken is a number and a cost.', () => {
  assert.deepEqual(openHints(question, { q: [30] }, false), {
    count: 3,
    taken: [{ content: 'hint 1', costPercent: 30 }],
    nextCostPercent: 50,
  })
  assert.equal(openHints(question, { q: [30, 50, 20] }, false)?.nextCostPercent, null)
  assert.equal(openHints({ id: 'q', points: 2 }, {}, false), null)
})

test('A mark loses what hints cost, down to nothing, and one that is not above nothing loses no more.', () => {
  const left = (exact: number) => lessHints(question, exact, { q: [30, 20] })
  assert.deepEqual(left(2), {
    exact: 1,
    awarded: 1,
    cost: { taken: 2, count: 3, percentOff: 50, pointsOff: 1 },
  })
  assert.deepEqual([left(0.5).awarded, left(0.5).cost?.pointsOff], [0, 0.5])
  assert.deepEqual([left(0).awarded, left(0).cost?.pointsOff], [0, 0])
  assert.deepEqual([left(-1).awarded, left(-1).cost?.pointsOff], [-1, 0])
  assert.deepEqual(lessHints(question, 2 / 3, {}), { exact: 2 / 3, awarded: 0.6667, cost: null })
})

test('Who marks is told the most that the hints can take.', () => {
  assert.deepEqual(hintsUsed(question, { q: [30] }), { taken: 1, count: 3, percentOff: 30, pointsOff: 0.6 })
  assert.equal(hintsUsed(question, {}), null)
})
