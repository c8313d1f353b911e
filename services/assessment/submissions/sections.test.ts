import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPlaces, sectionAt } from './sections.ts'

const startedAt = '2026-03-01T10:00:00.000Z'
const at = (minutes: number) => new Date(Date.parse(startedAt) + minutes * 60_000).toISOString()

/** Two questions in ten minutes, three in twenty, and one until the end. */
const attempt = (given: object = {}) => ({
  startedAt,
  expiresAt: at(60) as string | null,
  sections: [
    { questions: 2, limitSeconds: 600 },
    { questions: 3, limitSeconds: 1200 },
    { questions: 1, limitSeconds: null },
  ],
  wentOn: [] as string[],
  breaks: [] as { from: string; to: string }[],
  ...given,
})

const told = (given: Parameters<typeof attempt>[0], minutes: number) => {
  const { at: place, startMs, endMs } = sectionAt(attempt(given), at(minutes))
  const minuteOf = (ms: number) => (ms - Date.parse(startedAt)) / 60_000
  return [place, minuteOf(startMs), minuteOf(endMs)]
}

test('A section ends by the clock, and the next begins at that moment for everyone', () => {
  assert.deepEqual(told({}, 0), [0, 0, 10])
  assert.deepEqual(told({}, 9.99), [0, 0, 10])
  assert.deepEqual(told({}, 10), [1, 10, 30])
  assert.deepEqual(told({}, 30), [2, 30, 60])
  assert.deepEqual(told({}, 61), [2, 30, 60])
})

test('Who goes on earlier has no more time later, and going on too late changes nothing', () => {
  assert.deepEqual(told({ wentOn: [at(4)] }, 4), [1, 4, 24])
  assert.deepEqual(told({ wentOn: [at(4), at(5)] }, 6), [2, 5, 60])
  assert.deepEqual(told({ wentOn: [at(11)] }, 12), [1, 10, 30])
})

test('A break stops the time of its section, and of no other', () => {
  const breaks = [{ from: at(5), to: at(8) }]
  assert.deepEqual(told({ breaks }, 11), [0, 0, 13])
  assert.deepEqual(told({ breaks }, 14), [1, 13, 33])
  assert.deepEqual(told({ breaks, wentOn: [at(4)] }, 20), [1, 4, 27])
})

test('The end of the whole bounds each section, and without any limit nothing ends', () => {
  assert.deepEqual(told({ expiresAt: at(15) }, 12), [1, 10, 15])
  const endless = { expiresAt: null, sections: [{ questions: 1, limitSeconds: null }] }
  assert.equal(sectionAt(attempt(endless), at(900)).endMs, Infinity)
})

test('Answers of a section that the clock ended are taken a moment longer, of one that was left not', () => {
  assert.deepEqual(openPlaces(attempt(), at(9), 15), { from: 0, to: 2 })
  assert.deepEqual(openPlaces(attempt(), at(10.1), 15), { from: 0, to: 5 })
  assert.deepEqual(openPlaces(attempt(), at(11), 15), { from: 2, to: 5 })
  assert.deepEqual(openPlaces(attempt({ wentOn: [at(4)] }), at(4.1), 15), { from: 2, to: 5 })
})
