/**
 * In which order programs are run that wait. Schools take turns, within a school its courses, within a course its
 * learners: a learner who sends a hundred waits behind their own, and a large course holds up a small one by one turn. What
 * was submitted goes before practice; but practice that waits gets every fifth turn, as a whole class that submits
 * would otherwise stop everyone who learns.
 */

export type Share = {
  schoolId: string
  courseId: string
  learnerId: string
  purpose: Purpose
  /** It goes on with what was let in before, and holds no more than the place of that. */
  begun?: boolean
}
export type Purpose = 'graded' | 'practice'

/** Those who share take turns in the order of the map: the first is next, and goes to the end. */
type Turns<Item> = { items: Item[]; below: Map<string, Turns<Item>>; count: number }

const noTurns = <Item>(): Turns<Item> => ({ items: [], below: new Map(), count: 0 })

function add<Item>(turns: Turns<Item>, [first, ...rest]: string[], item: Item): void {
  turns.count += 1
  if (first === undefined) {
    turns.items.push(item)
    return
  }
  const below = turns.below.get(first) ?? noTurns<Item>()
  turns.below.set(first, below)
  add(below, rest, item)
}

function take<Item>(turns: Turns<Item>): Item | undefined {
  if (turns.count === 0) return undefined
  turns.count -= 1
  const own = turns.items.shift()
  if (own !== undefined) return own
  const [name, below] = turns.below.entries().next().value as [string, Turns<Item>]
  turns.below.delete(name)
  const item = take(below)
  if (below.count > 0) turns.below.set(name, below)
  return item
}

/** The last that wait under a path, or one that is not there. */
function at<Item>(turns: Turns<Item>, path: string[]): Turns<Item> {
  let found = turns
  for (const name of path) found = found.below.get(name) ?? noTurns()
  return found
}

function withdraw<Item>(turns: Turns<Item>, [first, ...rest]: string[], item: Item): boolean {
  const found = first === undefined ? turns.items.indexOf(item) : -1
  if (found >= 0) turns.items.splice(found, 1)
  const below = first === undefined ? undefined : turns.below.get(first)
  if (found < 0 && !(below && withdraw(below, rest, item))) return false
  turns.count -= 1
  if (below?.count === 0) turns.below.delete(first as string)
  return true
}

const gradedInARow = 4

export function createFairQueue<Item extends object>() {
  const waiting: Record<Purpose, Turns<Item>> = { graded: noTurns(), practice: noTurns() }
  const pathOf = ({ schoolId, courseId, learnerId }: Share) => [schoolId, courseId, learnerId]
  let inARow = 0

  return {
    add: (share: Share, item: Item) => add(waiting[share.purpose], pathOf(share), item),
    /** Take it out again. Whether it was still waiting. */
    withdraw: (share: Share, item: Item) => withdraw(waiting[share.purpose], pathOf(share), item),
    next(): Item | undefined {
      const practiceIsDue = inARow >= gradedInARow && waiting.practice.count > 0
      const purpose = waiting.graded.count > 0 && !practiceIsDue ? 'graded' : 'practice'
      inARow = purpose === 'graded' ? inARow + 1 : 0
      return take(waiting[purpose])
    },
    sizeOfSchool: (share: Share) => at(waiting[share.purpose], [share.schoolId]).count,
    size: (purpose: Purpose) => waiting[purpose].count,
    sizeOfLearner: (share: Share) => at(waiting[share.purpose], pathOf(share)).count,
  }
}
