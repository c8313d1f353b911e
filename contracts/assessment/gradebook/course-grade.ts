import { chooseDrops } from './drops.ts'
import { commonMultiple, compare, type Fraction, fractionOf, product, rounded, sum, zero } from './exact.ts'

/**
 * How a course grade comes about. Pure, and without anything of a server, so that what a learner tries out in the
 * browser is counted by the very same rules as what is stored.
 *
 * - A score counts against the points of its item. Within a category scores and points are added up, after drops.
 * - By points, the course grade is all scores by all points. By weights, it is the average of the categories by their
 *   weight; a category without anything that counts yet leaves its weight to the others, in their proportion.
 * - Extra credit adds its score and no points. A category of extra credit adds up to its weight, in percent, on top.
 * - Excused is as if there were no such item. What is missing counts nothing, or zero, as the set-up says.
 * - Everything is exact until it is shown. The course grade is rounded once, half up, to the decimals of the set-up,
 *   and the letter is that of the rounded grade: what is read is what counts.
 */

export type GradingRules = {
  calculation: 'points' | 'weights'
  missing: 'skip' | 'zero'
  decimals: number
  scale: readonly { letter: string; from: number }[]
  categories: readonly {
    id: string
    weight: number
    dropLowest: number
    dropHighest: number
    extraCredit: boolean
  }[]
  items: readonly { id: string; categoryId: string; points: number; extraCredit: boolean }[]
}

/** What a learner has in an item. `score` is in points of the item; null for none yet. */
export type Entry = {
  score: Fraction | null
  excused: boolean
  /** Whether having none is missing: not while learners cannot begin it. */
  due: boolean
}

export type Outcome =
  | 'counted'
  | 'extra'
  | 'dropped_lowest'
  | 'dropped_highest'
  | 'excused'
  | 'missing'
  | 'none'

type Category = GradingRules['categories'][number]
type Item = { id: string; points: Fraction; extra: boolean }
type Group = { category: Category; weight: Fraction; items: Item[] }
type Placed = { id: string; outcome: Outcome; score: bigint; points: bigint }
type Counted = { group: Group; placed: Placed[]; top: bigint; bottom: bigint; bonus: bigint }

/** By rules that are read once, the grades of many learners. */
export function graderOf(rules: GradingRules) {
  const together = rules.calculation === 'points'
  const groups = rules.categories.map((category): Group => {
    const items = rules.items.filter(item => item.categoryId === category.id)
    return {
      category,
      weight: fractionOf(category.weight),
      items: items.map(({ id, points, extraCredit }) => ({
        id,
        points: fractionOf(points),
        // By weights a category of extra credit is extra as a whole, and its items are what it is made of.
        extra: together ? extraCredit || category.extraCredit : extraCredit && !category.extraCredit,
      })),
    }
  })
  const all = groups.flatMap(({ items }) => items)
  const unitOfPoints = all.reduce((unit, { points }) => commonMultiple(unit, points.bottom), 1n)

  function count(entries: ReadonlyMap<string, Entry>): Counted[] {
    // In whole numbers of one unit, adding and comparing scores takes no common denominators.
    let unit = unitOfPoints
    for (const { id } of all) {
      const score = entries.get(id)?.score
      if (score && unit % score.bottom !== 0n) unit = commonMultiple(unit, score.bottom)
    }
    const placed = groups.map(group => ({
      group,
      placed: group.items.map(item => placeOf(item, entries.get(item.id), rules.missing, unit)),
    }))
    for (const shared of together ? [placed] : placed.map(one => [one])) applyDrops(shared)
    return placed.map(total)
  }

  const percentOf = together ? percentByPoints : percentByWeights
  const told = (percent: Fraction | null) => {
    const shown = percent && rounded(percent, rules.decimals)
    return { percent: shown, letter: shown === null ? null : letterOf(rules.scale, shown) }
  }

  return {
    /** The exact grade in percent; null while nothing counts. */
    exact: (entries: ReadonlyMap<string, Entry>): Fraction | null => percentOf(count(entries)),
    /** The grade as it is told to people. */
    grade: (entries: ReadonlyMap<string, Entry>) => told(percentOf(count(entries))),
    /** The grade, and what each item adds to it in percent: exactly, these add up to it. */
    explain(entries: ReadonlyMap<string, Entry>) {
      const counted = count(entries)
      return {
        ...told(percentOf(counted)),
        categories: (together ? sharesByPoints(counted) : sharesByWeights(counted)).map(explained),
      }
    },
  }
}

function placeOf(item: Item, entry: Entry | undefined, missing: GradingRules['missing'], unit: bigint) {
  const score = entry?.score && !entry.excused ? inUnits(entry.score, unit) : 0n
  return { id: item.id, outcome: outcomeOf(item, entry, missing), score, points: inUnits(item.points, unit) }
}

const inUnits = ({ top, bottom }: Fraction, unit: bigint) => top * (unit / bottom)

function outcomeOf({ extra }: Item, entry: Entry | undefined, missing: GradingRules['missing']): Outcome {
  if (entry?.excused) return 'excused'
  if (entry?.score) return extra ? 'extra' : 'counted'
  return entry?.due && missing === 'zero' && !extra ? 'missing' : 'none'
}

/** Whether its points count: against them the scores are divided. */
const counts = ({ outcome }: Placed) => outcome === 'counted' || outcome === 'missing'

/** Marks what is dropped, in categories whose scores are divided all together. */
function applyDrops(categories: readonly { group: Group; placed: Placed[] }[]): void {
  const all = categories.flatMap(({ placed }) => placed)
  const bonus = all.reduce((sum, { outcome, score }) => (outcome === 'extra' ? sum + score : sum), 0n)
  const { lowest, highest } = chooseDrops(
    categories.map(({ group, placed }) => ({
      lowest: group.category.dropLowest,
      highest: group.category.dropHighest,
      scores: placed.filter(counts),
    })),
    bonus,
  )
  for (const place of all) {
    if (highest.has(place.id)) place.outcome = 'dropped_highest'
    if (lowest.has(place.id)) place.outcome = 'dropped_lowest'
  }
}

function total({ group, placed }: { group: Group; placed: Placed[] }): Counted {
  let [top, bottom, bonus] = [0n, 0n, 0n]
  for (const place of placed) {
    if (place.outcome === 'extra') bonus += place.score
    if (!counts(place)) continue
    top += place.score
    bottom += place.points
  }
  return { group, placed, top, bottom, bonus }
}

function percentByPoints(categories: Counted[]): Fraction | null {
  let [top, bottom] = [0n, 0n]
  for (const one of categories) {
    top += one.top + one.bonus
    bottom += one.bottom
  }
  return bottom === 0n ? null : { top: 100n * top, bottom }
}

/** The weights of the categories that count, together. */
const weightsOf = (categories: Counted[]) =>
  categories.reduce(
    (all, { group, bottom }) => (group.category.extraCredit || bottom === 0n ? all : sum(all, group.weight)),
    zero,
  )

function percentByWeights(categories: Counted[]): Fraction | null {
  if (weightsOf(categories).top === 0n) return null
  return sharesByWeights(categories).reduce(
    (all, { counted: { top, bonus, bottom }, share }) =>
      share.top === 0n ? all : sum(all, product(share, { top: top + bonus, bottom })),
    zero,
  )
}

/** How many percent of the course grade a category is, and how many of them each of its points. */
type Share = { counted: Counted; share: Fraction; perPoint: Fraction }

function sharesByPoints(categories: Counted[]): Share[] {
  const bottom = categories.reduce((all, one) => all + one.bottom, 0n)
  const perPoint = bottom === 0n ? zero : { top: 100n, bottom }
  return categories.map(counted => ({
    counted,
    share: product(perPoint, { top: counted.bottom, bottom: 1n }),
    perPoint,
  }))
}

function sharesByWeights(categories: Counted[]): Share[] {
  const { top: weights, bottom: unit } = weightsOf(categories)
  return categories.map(counted => {
    const { group, bottom } = counted
    if (weights === 0n || bottom === 0n) return { counted, share: zero, perPoint: zero }
    const share = group.category.extraCredit
      ? group.weight
      : product(group.weight, { top: 100n * unit, bottom: weights })
    return { counted, share, perPoint: product(share, { top: 1n, bottom }) }
  })
}

/** What is added to a grade is told to two decimals, whatever the grade is rounded to. */
const shownDecimals = 2

function explained({ counted: { group, placed, top, bottom, bonus }, share, perPoint }: Share) {
  return {
    id: group.category.id,
    percent: bottom === 0n ? null : rounded({ top: 100n * (top + bonus), bottom }, shownDecimals),
    share: rounded(share, shownDecimals),
    items: placed.map(place => {
      const exact =
        place.outcome === 'extra' || counts(place)
          ? product(perPoint, { top: place.score, bottom: 1n })
          : zero
      return { id: place.id, outcome: place.outcome, adds: rounded(exact, shownDecimals) }
    }),
  }
}

/** The letter of a grade that is rounded already; null for a grade below all, or without a scale. */
export function letterOf(scale: GradingRules['scale'], percent: number): string | null {
  const exact = fractionOf(percent)
  let best: { letter: string; from: Fraction } | null = null
  for (const { letter, from: written } of scale) {
    const from = fractionOf(written)
    if (compare(exact, from) >= 0 && (!best || compare(from, best.from) > 0)) best = { letter, from }
  }
  return best?.letter ?? null
}
