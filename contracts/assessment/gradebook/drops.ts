/** What may be dropped: a score, and the points that it counts against; both in whole numbers of one unit. */
export type Droppable = { id: string; score: bigint; points: bigint }

/** Of these at most `lowest` and `highest` are dropped, and one always stays. */
export type DropGroup = { scores: readonly Droppable[]; lowest: number; highest: number }

const none: ReadonlySet<string> = new Set()

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
const bySize = (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0)

/**
 * Which scores are dropped, for groups whose scores are divided by their points all together.
 *
 * The highest are those with the largest share of their points. The lowest are chosen so that the grade becomes as high
 * as dropping can make it, which is not always by dropping the smallest shares: one that counts little may cost less
 * than a better one that counts much (Kane and Kane, "Dropping lowest grades", 2006). A score is only dropped where the
 * grade does not fall by it, which across several groups it could.
 *
 * @param bonus what is added to the scores without points of its own, in the same unit.
 */
export function chooseDrops(groups: readonly DropGroup[], bonus: bigint) {
  if (groups.every(({ lowest, highest }) => lowest === 0 && highest === 0))
    return { lowest: none, highest: none }
  const highest = new Set(groups.flatMap(highestOf))
  const left = groups.map(({ scores, lowest }) => {
    const rest = scores.filter(({ id }) => !highest.has(id))
    return { scores: rest, most: Math.min(lowest, Math.max(0, rest.length - 1)) }
  })
  return { highest, lowest: chooseLowest(left, bonus) }
}

function highestOf({ scores, highest }: DropGroup): string[] {
  if (highest === 0) return []
  return scores
    .toSorted(
      (a, b) => bySize(b.score * a.points, a.score * b.points) || bySize(b.points, a.points) || byId(a, b),
    )
    .slice(0, Math.min(highest, scores.length - 1))
    .map(({ id }) => id)
}

type Left = { scores: readonly Droppable[]; most: number }
type Share = { top: bigint; bottom: bigint }

function chooseLowest(groups: readonly Left[], bonus: bigint): ReadonlySet<string> {
  if (groups.every(({ most }) => most === 0)) return none
  let dropped = none
  let best = remaining(groups, dropped, bonus)
  // Dinkelbach's method: with the best share so far as the price of a point, drop what is worth least; the share that
  // this gives is the next price. It rises with each step and ends at the best there is, after a few of them.
  while (true) {
    const next = worthLeast(groups, best)
    const share = remaining(groups, next, bonus)
    // As good with fewer scores as with more: those that a group says it drops are dropped.
    if (share.top * best.bottom === best.top * share.bottom) return next
    if (share.top * best.bottom < best.top * share.bottom) return dropped
    dropped = next
    best = share
  }
}

function worthLeast(groups: readonly Left[], { top, bottom }: Share): ReadonlySet<string> {
  return new Set(
    groups.flatMap(({ scores, most }) => {
      if (most === 0) return []
      return scores
        .map(({ id, score, points }) => ({ id, worth: score * bottom - top * points }))
        .filter(({ worth }) => worth <= 0n)
        .sort((a, b) => bySize(a.worth, b.worth) || byId(a, b))
        .slice(0, most)
        .map(({ id }) => id)
    }),
  )
}

function remaining(groups: readonly Left[], dropped: ReadonlySet<string>, bonus: bigint): Share {
  let [top, bottom] = [bonus, 0n]
  for (const { scores } of groups)
    for (const { id, score, points } of scores) {
      if (dropped.has(id)) continue
      top += score
      bottom += points
    }
  return { top, bottom }
}
