import { because, type ImportReason } from '@azora/contracts/education/import-reasons.ts'

/**
 * Finds the right answer of a choice question by trying answers against its own scoring rules. Nothing is read off
 * the rules' shape: what a rule seems to reward may be taken back by another, capped, or counted elsewhere.
 */

type Scoring = {
  options: string[]
  /** Whether several options may be chosen together. */
  several: boolean
  /** Points for an answer, on the scale of the question's own rules. */
  score(chosen: ReadonlySet<string>): number
  /** The most that the rules declare to give; null where they declare nothing. */
  declaredFull: number | null
  /** Other scores that may stand for full marks where nothing is declared, such as 100 percent. */
  likelyFull: number[]
  /** Answers that the rules name, as starting points where not every answer can be tried. */
  named: ReadonlySet<string>[]
  /** Tests in the rules: what one try costs. */
  cost: number
}

/** `partial`: some other answer earns a part of the points. */
type DerivedKey = { correct: Set<string>; partial: boolean } | { reason: ImportReason }

/** Tests that one question may cost in the import's worker: a few milliseconds' worth. */
const maxSteps = 400_000
const maxSearchSteps = 10 * maxSteps
const maxOptions = 200
const tolerance = 1e-6
/** An option that earns less than this part of another's points is a consolation rather than an answer. */
const consolation = 0.25

const tooLong = because('question_long_rules')
const noPoints = because('question_no_points')
const unclear = because('question_unclear')

export function deriveKey(scoring: Scoring): DerivedKey {
  if (scoring.options.length > maxOptions)
    return { reason: because('question_many_options', { most: maxOptions }) }
  if (!scoring.several) return singleKey(scoring)
  return 2 ** scoring.options.length * scoring.cost <= maxSteps
    ? exhaustiveKey(scoring)
    : searchedKey(scoring)
}

function singleKey({ options, score, declaredFull }: Scoring): DerivedKey {
  const tried = options.map(id => ({ id, points: score(new Set([id])) }))
  const best = Math.max(...tried.map(one => one.points))
  if (!(best > tolerance)) return { reason: noPoints }
  const target = declaredFull !== null && best >= declaredFull - tolerance ? declaredFull : best
  const right = tried.filter(one => one.points >= target - tolerance)
  if (right.length > 1) return { reason: because('question_several_right') }
  const partly = tried.some(one => one.points > tolerance && one.points < best - tolerance)
  if (declaredFull !== null && partly && best < declaredFull / 2) return { reason: unclear }
  return { correct: new Set(right.map(one => one.id)), partial: partly }
}

/** Tries every answer. */
function exhaustiveKey(scoring: Scoring): DerivedKey {
  const { options } = scoring
  const scores = new Float64Array(2 ** options.length)
  for (let mask = 0; mask < scores.length; mask++) scores[mask] = scoring.score(chosenBy(mask, options))
  const best = scores.reduce((most, points) => Math.max(most, points))
  if (!(best > tolerance)) return { reason: noPoints }
  const top = chosenBy(
    scores.findIndex(points => points >= best - tolerance),
    options,
  )
  const target = targetOf(scoring, top, points => scores.some(given => Math.abs(given - points) < tolerance))
  let smallest = -1
  scores.forEach((points, mask) => {
    if (points < target - tolerance) return
    if (smallest < 0 || bits(mask) < bits(smallest)) smallest = mask
  })
  const another = scores.some(
    (points, mask) => points >= target - tolerance && (mask & smallest) !== smallest,
  )
  return judged(scoring, chosenBy(smallest, options), { another, target, scores })
}

/** For many options: climbs from the answers that the rules name, then looks around the best for another. */
function searchedKey(scoring: Scoring): DerivedKey {
  let left = maxSearchSteps
  // One look around an answer tries every option.
  if (scoring.options.length * scoring.cost > left / 4) return { reason: tooLong }
  const seen = new Map<string, number>()
  const score = (chosen: ReadonlySet<string>) => {
    const name = scoring.options.map(id => (chosen.has(id) ? '1' : '0')).join('')
    const known = seen.get(name)
    if (known !== undefined) return known
    left -= scoring.cost
    const points = scoring.score(chosen)
    seen.set(name, points)
    return points
  }
  const base = score(new Set())
  const helpful = new Set(scoring.options.filter(id => score(new Set([id])) > base + tolerance))
  const tops = [helpful, ...scoring.named]
    .slice(0, 60)
    .map(seed => climb(seed, scoring.options, score, () => left > 0))
  if (left <= 0) return { reason: tooLong }
  const best = Math.max(...tops.map(score))
  if (!(best > tolerance)) return { reason: noPoints }
  const top = tops.find(one => score(one) >= best - tolerance)!
  const target = targetOf(scoring, top, points => {
    const [least] = [...top].toSorted((a, b) => score(without(top, b)) - score(without(top, a)))
    return least !== undefined && Math.abs(score(without(top, least)) - points) < tolerance
  })
  const full = tops.filter(top => score(top) >= target - tolerance).map(top => shrink(top, target, score))
  const key = full.toSorted((a, b) => a.size - b.size)[0]!
  const swapped = [...key].some(id =>
    scoring.options.some(
      other => left > 0 && !key.has(other) && score(exchanged(key, id, other)) >= target - tolerance,
    ),
  )
  if (left <= 0) return { reason: tooLong }
  const another = swapped || full.some(top => [...key].some(id => !top.has(id)))
  return judged(scoring, key, { another, target, scores: [...seen.values()] })
}

/** `another`: full points are to be had otherwise, too; `scores`: of the answers that were tried. */
type Found = { another: boolean; target: number; scores: ArrayLike<number> }

function judged(scoring: Scoring, key: Set<string>, { another, target, scores }: Found): DerivedKey {
  if (key.size === 0) return { reason: because('question_nothing_right') }
  if (another) return { reason: because('question_several_full') }
  const declared = scoring.declaredFull !== null && Math.abs(target - scoring.declaredFull) < tolerance
  const usual = scoring.likelyFull.some(points => Math.abs(target - points) < tolerance)
  if (!declared && !usual) {
    const effects = effectsIn(scoring, key)
    if (Math.min(...effects) < consolation * Math.max(...effects)) return { reason: unclear }
  }
  const partial = Array.from(scores).some(points => points > tolerance && points < target - tolerance)
  return { correct: key, partial }
}

/** What counts as full marks: the declared most if it can be reached, a usual scale, or else the best there is. */
function targetOf(scoring: Scoring, top: Set<string>, reached: (points: number) => boolean): number {
  const { declaredFull, likelyFull } = scoring
  const best = scoring.score(top)
  if (declaredFull !== null) return declaredFull > 0 && best >= declaredFull - tolerance ? declaredFull : best
  const effects = effectsIn(scoring, top)
  // Options that all earn the same are all meant, whatever the sum.
  if (Math.max(...effects) - Math.min(...effects) < tolerance) return best
  return likelyFull.find(points => points > 0 && points < best && reached(points)) ?? best
}

/** What each chosen option adds to the points of an answer. */
function effectsIn({ score }: Scoring, answer: Set<string>): number[] {
  const all = score(answer)
  return [...answer].map(id => all - score(without(answer, id)))
}

function climb(
  seed: ReadonlySet<string>,
  options: string[],
  score: (chosen: ReadonlySet<string>) => number,
  mayContinue: () => boolean,
): Set<string> {
  let here = new Set(seed)
  for (let better = true; better && mayContinue(); ) {
    better = false
    for (const id of options) {
      const there = here.has(id) ? without(here, id) : new Set([...here, id])
      if (score(there) > score(here) + tolerance) {
        here = there
        better = true
      }
    }
  }
  return here
}

function shrink(
  top: Set<string>,
  target: number,
  score: (chosen: ReadonlySet<string>) => number,
): Set<string> {
  let here = top
  for (const id of top) {
    const smaller = without(here, id)
    if (score(smaller) >= target - tolerance) here = smaller
  }
  return here
}

const without = (set: ReadonlySet<string>, id: string) => new Set([...set].filter(one => one !== id))
const exchanged = (set: ReadonlySet<string>, id: string, other: string) => without(set, id).add(other)
const chosenBy = (mask: number, options: string[]) => new Set(options.filter((_, at) => mask & (1 << at)))

function bits(mask: number): number {
  let count = 0
  for (let rest = mask; rest > 0; rest &= rest - 1) count++
  return count
}
