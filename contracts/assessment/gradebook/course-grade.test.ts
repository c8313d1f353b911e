import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { attemptScore } from './attempt-score.ts'
import { type Entry, type GradingRules, graderOf, letterOf } from './course-grade.ts'
import { compare, type Fraction, fractionMeant, fractionOf, quotient, rounded, sum } from './exact.ts'

type Entries = ReadonlyMap<string, Entry>
const courseGrade = (built: GradingRules, entries: Entries) => graderOf(built).explain(entries)
const exactGrade = (built: GradingRules, entries: Entries) => graderOf(built).exact(entries)

const category = (id: string, more: Partial<GradingRules['categories'][number]> = {}) => ({
  id,
  weight: 100,
  dropLowest: 0,
  dropHighest: 0,
  extraCredit: false,
  ...more,
})
const item = (id: string, categoryId = 'a', points = 100, extraCredit = false) => ({
  id,
  categoryId,
  points,
  extraCredit,
})
const rules = (more: Partial<GradingRules>): GradingRules => ({
  calculation: 'weights',
  missing: 'skip',
  decimals: 2,
  scale: [],
  categories: [category('a')],
  items: [],
  ...more,
})
const scored = (score: number | null): Entry => ({
  score: score === null ? null : fractionOf(score),
  excused: false,
  due: true,
})
const entriesOf = (scores: Record<string, number | null>) =>
  new Map(Object.entries(scores).map(([id, score]) => [id, scored(score)]))
const outcomes = (grade: ReturnType<typeof courseGrade>) =>
  Object.fromEntries(grade.categories.flatMap(({ items }) => items.map(({ id, outcome }) => [id, outcome])))

test('Tenths and thirds on a boundary do not fall below it.', () => {
  const three = rules({ items: ['x', 'y', 'z'].map(id => item(id, 'a', 0.1)) })
  assert.equal(courseGrade(three, entriesOf({ x: 0.1, y: 0.1, z: 0.1 })).percent, 100)
  const thirds = new Map(
    ['x', 'y', 'z'].map(id => [
      id,
      { ...scored(0), score: attemptScore('best', [{ score: 1, maxScore: 3 }], 60) },
    ]),
  )
  const whole = rules({ decimals: 0, items: ['x', 'y', 'z'].map(id => item(id, 'a', 20)) })
  assert.equal(courseGrade(whole, thirds).percent, 100)
  // 1.005 is below it in binary.
  assert.equal(rounded(fractionOf(1.005), 2), 1.01)
  assert.equal(rounded(fractionOf(59.995), 2), 60)
})

test('A score is the fraction that it was before it was stored with twelve digits.', () => {
  const fraction = fc.record({
    top: fc.integer({ min: 0, max: 500_000 }),
    bottom: fc.integer({ min: 1, max: 1000 }),
  })
  fc.assert(
    fc.property(fraction, ({ top, bottom }) => {
      const meant = fractionMeant(Number((top / bottom).toPrecision(12)))
      assert.equal(compare(meant, { top: BigInt(top), bottom: BigInt(bottom) }), 0)
    }),
  )
  for (const value of [0, 1e-7, 0.1, 12.3456, 7.0001, 10_000])
    assert.equal(compare(fractionMeant(value), fractionOf(value)), 0, String(value))
})

test('The place on the scale is that of the grade as it is shown.', () => {
  const scale = [
    { letter: 'B', from: 60 },
    { letter: 'A', from: 80 },
    { letter: 'F', from: 0 },
  ]
  const one = rules({ decimals: 0, scale, items: [item('x', 'a', 1000)] })
  const grade = courseGrade(one, entriesOf({ x: 795 }))
  assert.deepEqual([grade.percent, grade.letter], [80, 'A'])
  assert.equal(letterOf(scale, 79.99), 'B')
  assert.equal(letterOf(scale.slice(0, 2), 59), null)
})

test('Weights are those of what counts: a category without a grade leaves its weight to the others.', () => {
  const three = rules({
    categories: [category('a', { weight: 50 }), category('b', { weight: 30 }), category('c', { weight: 20 })],
    items: [item('x', 'a'), item('y', 'b'), item('z', 'c')],
  })
  const grade = courseGrade(three, entriesOf({ x: 100, y: 50, z: null }))
  assert.equal(grade.percent, 81.25)
  assert.deepEqual(
    grade.categories.map(({ share }) => share),
    [62.5, 37.5, 0],
  )
  assert.equal(courseGrade({ ...three, missing: 'zero' }, entriesOf({ x: 100, y: 50, z: null })).percent, 65)
})

test('By points, categories only group: all scores are divided by all points.', () => {
  const two = rules({
    calculation: 'points',
    categories: [category('a', { weight: 1 }), category('b', { weight: 99 })],
    items: [item('x', 'a', 30), item('y', 'b', 10)],
  })
  assert.equal(courseGrade(two, entriesOf({ x: 30, y: 0 })).percent, 75)
})

test('What is excused is as if it were not there; what cannot be begun yet is not missing.', () => {
  const two = rules({ missing: 'zero', items: [item('x'), item('y')] })
  const excused = new Map([
    ['x', scored(80)],
    ['y', { ...scored(10), excused: true }],
  ])
  assert.equal(courseGrade(two, excused).percent, 80)
  const early = new Map([
    ['x', scored(80)],
    ['y', { ...scored(null), due: false }],
  ])
  assert.equal(courseGrade(two, early).percent, 80)
  assert.equal(courseGrade(two, entriesOf({ x: 80, y: null })).percent, 40)
})

test('Extra credit adds points and costs none, within a category and as one on top.', () => {
  const within = rules({ items: [item('x'), item('y', 'a', 10, true)] })
  assert.equal(courseGrade(within, entriesOf({ x: 90, y: 5 })).percent, 95)
  assert.equal(courseGrade({ ...within, missing: 'zero' }, entriesOf({ x: 90, y: null })).percent, 90)
  const onTop = rules({
    categories: [category('a'), category('b', { weight: 5, extraCredit: true })],
    items: [item('x'), item('y', 'b')],
  })
  assert.equal(courseGrade(onTop, entriesOf({ x: 90, y: 50 })).percent, 92.5)
  assert.equal(courseGrade(onTop, entriesOf({ x: null, y: 50 })).percent, null)
  // An item that is extra itself adds no less in a category that is.
  const both = { ...onTop, items: [item('x'), item('y', 'b', 100, true)] }
  assert.equal(courseGrade(both, entriesOf({ x: 90, y: 50 })).percent, 92.5)
})

test('The lowest that is dropped is the one without which the grade is highest.', () => {
  // 2 of 20 is the larger share of its points and costs more than 0 of 1.
  const uneven = rules({
    categories: [category('a', { dropLowest: 1 })],
    items: [item('x', 'a', 1), item('y', 'a', 20), item('z', 'a', 20)],
  })
  const grade = courseGrade(uneven, entriesOf({ x: 0, y: 2, z: 18 }))
  assert.deepEqual(outcomes(grade), { x: 'counted', y: 'dropped_lowest', z: 'counted' })
  assert.equal(grade.percent, 85.71)
})

test('Of equal scores as many are dropped as the category says, and one score is always left.', () => {
  const equal = rules({
    categories: [category('a', { dropLowest: 1, dropHighest: 1 })],
    items: ['x', 'y', 'z'].map(id => item(id)),
  })
  const grade = courseGrade(equal, entriesOf({ x: 70, y: 70, z: 70 }))
  assert.deepEqual(Object.values(outcomes(grade)).sort(), ['counted', 'dropped_highest', 'dropped_lowest'])
  const greedy = rules({
    categories: [category('a', { dropLowest: 9, dropHighest: 9 })],
    items: [item('x'), item('y')],
  })
  assert.notEqual(courseGrade(greedy, entriesOf({ x: 70, y: 30 })).percent, null)
})

test('Attempts count by their best, last, first or average, exactly.', () => {
  const attempts = [
    { score: 3, maxScore: 9 },
    { score: 3, maxScore: 3 },
    { score: 6, maxScore: 9 },
  ]
  const shown = (counting: 'best' | 'last' | 'average' | 'first') => {
    const score = attemptScore(counting, attempts, 30)
    return score && rounded(score, 4)
  }
  assert.deepEqual([shown('best'), shown('last'), shown('average'), shown('first')], [30, 20, 20, 10])
  assert.equal(attemptScore('best', [], 30), null)
  assert.deepEqual(attemptScore('last', [{ score: 0, maxScore: 0 }], 30), { top: 30n, bottom: 1n })
})

// Whole courses, with scores in decimals and thirds.
const ids = ['i0', 'i1', 'i2', 'i3', 'i4', 'i5', 'i6', 'i7']
const anyEntry = fc.record({
  score: fc.oneof(
    fc.constant<Fraction | null>(null),
    fc.integer({ min: 0, max: 2000 }).map(tenths => fractionOf(tenths / 10)),
    fc.integer({ min: 0, max: 300 }).map(top => quotient(fractionOf(top), fractionOf(3))),
  ),
  excused: fc.boolean(),
  due: fc.boolean(),
})
const anyCourse = fc.record({
  calculation: fc.constantFrom<'points' | 'weights'>('points', 'weights'),
  missing: fc.constantFrom<'skip' | 'zero'>('skip', 'zero'),
  drops: fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 2 })), {
    minLength: 3,
    maxLength: 3,
  }),
  weights: fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 3, maxLength: 3 }),
  extraCategory: fc.boolean(),
  items: fc.array(
    fc.record({
      category: fc.integer({ min: 0, max: 2 }),
      points: fc.integer({ min: 1, max: 500 }),
      extra: fc.boolean(),
      entry: anyEntry,
    }),
    { minLength: 1, maxLength: ids.length },
  ),
})
type Course = typeof anyCourse extends fc.Arbitrary<infer C> ? C : never

function made(course: Course, { lowest = true } = {}) {
  const built = rules({
    calculation: course.calculation,
    missing: course.missing,
    categories: ['a', 'b', 'c'].map((id, at) =>
      category(id, {
        weight: (course.weights[at] ?? 0) / 100,
        dropLowest: lowest ? (course.drops[at]?.[0] ?? 0) : 0,
        dropHighest: course.drops[at]?.[1] ?? 0,
        extraCredit: course.extraCategory && id === 'c',
      }),
    ),
    items: course.items.map(({ category: at, points, extra }, place) =>
      item(ids[place] as string, 'abc'[at] as string, points / 10, extra),
    ),
  })
  return { built, entries: new Map(course.items.map(({ entry }, at) => [ids[at] as string, entry])) }
}

test('Dropping the lowest never lowers a grade, by weights or by points.', () => {
  fc.assert(
    fc.property(anyCourse, course => {
      const { entries, built } = made(course)
      const dropped = exactGrade(built, entries)
      const kept = exactGrade(made(course, { lowest: false }).built, entries)
      if (dropped === null || kept === null) assert.equal(dropped, kept)
      else assert.ok(compare(dropped, kept) >= 0)
    }),
    { numRuns: 500 },
  )
})

test('No other choice of the lowest in a category leads to a higher grade.', () => {
  const scores = fc.array(
    fc.tuple(
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 0, max: 9 }),
    ),
    { minLength: 2, maxLength: 6 },
  )
  fc.assert(
    fc.property(scores, fc.integer({ min: 1, max: 3 }), (all, lowest) => {
      const built = rules({
        categories: [category('a', { dropLowest: lowest })],
        items: all.map(([, points], at) => item(ids[at] as string, 'a', points)),
      })
      const entries = new Map(all.map(([score], at) => [ids[at] as string, scored(score)]))
      const found = exactGrade(built, entries) as Fraction
      const most = Math.min(lowest, all.length - 1)
      for (let left = 0; left < 2 ** all.length; left++) {
        const kept = all.filter((_, at) => left & (1 << at))
        if (kept.length !== all.length - most) continue
        const points = kept.reduce((total, [, one]) => total + one, 0)
        const reached = kept.reduce((total, [one]) => total + one, 0)
        assert.ok(compare(found, quotient(fractionOf(reached * 100), fractionOf(points))) >= 0)
      }
    }),
  )
})

test('The order of items and categories does not matter.', () => {
  fc.assert(
    fc.property(anyCourse, course => {
      const { built, entries } = made(course)
      const turned = {
        ...built,
        items: built.items.toReversed(),
        categories: built.categories.toReversed(),
      }
      const [one, other] = [courseGrade(built, entries), courseGrade(turned, entries)]
      assert.equal(one.percent, other.percent)
      assert.deepEqual(outcomes(one), outcomes(other))
    }),
  )
})

test('What each item adds is the whole grade, and nothing else is.', () => {
  fc.assert(
    fc.property(anyCourse, course => {
      const { built, entries } = made(course)
      const items = courseGrade(built, entries).categories.flatMap(one => one.items)
      const added = items.reduce((all, { adds }) => all + adds, 0)
      const percent = exactGrade(built, entries)
      // Each is rounded by at most half a hundredth.
      const given = percent === null ? 0 : rounded(percent, 6)
      assert.ok(Math.abs(added - given) <= 0.005 * items.length + 1e-5, `${added} is not ${given}`)
      for (const { adds, outcome } of items)
        if (['none', 'missing', 'excused', 'dropped_lowest', 'dropped_highest'].includes(outcome))
          assert.equal(adds, 0)
    }),
  )
})

test('A better score never leads to a lower grade.', () => {
  fc.assert(
    fc.property(anyCourse, fc.nat(), (course, which) => {
      const { built, entries } = made(course)
      const id = ids[which % course.items.length] as string
      const before = entries.get(id)
      if (!before?.score) return
      const better = new Map(entries).set(id, { ...before, score: sum(before.score, fractionOf(1)) })
      const [low, high] = [exactGrade(built, entries), exactGrade(built, better)]
      if (low && high) assert.ok(compare(high, low) >= 0)
    }),
    { numRuns: 500 },
  )
})
