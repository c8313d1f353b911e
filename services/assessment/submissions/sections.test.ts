import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lengthened, openPlaces, sectionAt, withExtra } from './sections.ts'

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

test('A section that was left stays left, also within the grace after the one before it', () => {
  // The clock ended the first at minute ten, and the learner went on from the second three seconds later.
  const gone = attempt({ wentOn: [at(10), at(10.05)] })
  assert.deepEqual(openPlaces(gone, at(10.1), 15), { from: 5, to: 6 })
})

test('A percentage lengthens each section; minutes are shared where all have limits, and otherwise are of the whole', () => {
  assert.deepEqual(lengthened([10, 20], 0, 15), [15, 30])
  assert.deepEqual(lengthened([10, 20], 50, 15), [20, 40])
  assert.deepEqual(lengthened([10, null], 50, 15), [15, null])
  assert.deepEqual(lengthened([], 50, 15), [])
})

test('Extra time that is taken away never ends a section in the past, so that the next one is whole', () => {
  const sections = [
    { title: '', instructions: '', questions: 2, limitSeconds: 1200, baseSeconds: 600 },
    { title: '', instructions: '', questions: 3, limitSeconds: 600, baseSeconds: 300 },
    { title: '', instructions: '', questions: 1, limitSeconds: null, baseSeconds: null },
  ]
  const less = withExtra(attempt({ sections }) as never, { extraPercent: 0, extraMinutes: 0 }, at(18))
  const { at: place, startMs, endMs } = sectionAt(less, at(18))
  assert.deepEqual([place, startMs, endMs], [0, Date.parse(at(0)), Date.parse(at(20))])
  const next = sectionAt(less, at(21))
  assert.deepEqual([next.at, next.endMs], [1, Date.parse(at(25))])
})
