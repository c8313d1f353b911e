import { setImmediate } from 'node:timers/promises'
import { type Draw, seededDraw } from '@azora/qti/random.ts'
import { tryValues, valuesAt } from './draw-values.ts'
import { type Drawn, holds, type ReadItem, type ReadParameters } from './read-parameters.ts'

/** Which draws of a question are looked at before it is saved. */

/** Draws that are looked at one by one, all there are; and of more, how many. */
const fewDraws = 1_000
const someDraws = 400
/** Draws whose whole question its type looks at, which costs more: for each value one, and some at random. */
const mostOfValues = 100
const mostAtRandom = 40
/** One in so many has to meet the conditions. */
const leastShare = 100
/** So many are looked at before others have their turn: some milliseconds. */
const drawsAtOnce = 20

/** The same one by one, giving way to others in between. */
export async function* givingWay<T>(all: Iterable<T>): AsyncGenerator<T> {
  let count = 0
  for (const one of all) {
    count += 1
    if (count % drawsAtOnce === 0) await setImmediate()
    yield one
  }
}

/** Every draw there is, in order; of computed values one place each. */
function* allDraws(read: ReadParameters): Generator<Drawn> {
  const sizes = read.items.map(({ size }) => size)
  const count = sizes.reduce((product, size) => product * size, 1)
  for (let number = 0; number < count; number += 1) {
    let rest = number
    const places = new Map<ReadItem, number>()
    for (const [at, item] of read.items.entries()) {
      const size = sizes[at] ?? 1
      places.set(item, rest % size)
      rest = Math.floor(rest / size)
    }
    yield valuesAt(read, item => places.get(item) ?? 0)
  }
}

/** Every draw in which each value is the least, the greatest or zero, or as many of them as are looked at. */
function* outermostDraws(read: ReadParameters): Generator<Drawn> {
  const corners = read.items.map(item => {
    const last = item.size - 1
    return [...new Set([0, last, Math.min(Math.max(placeOfZero(item), 0), last)])]
  })
  const count = corners.reduce((product, places) => product * places.length, 1)
  for (let number = 0; number < Math.min(count, someDraws); number += 1) {
    let rest = number
    const places = new Map<ReadItem, number>()
    for (const [at, item] of read.items.entries()) {
      const own = corners[at] ?? [0]
      places.set(item, own[rest % own.length] ?? 0)
      rest = Math.floor(rest / own.length)
    }
    yield valuesAt(read, item => places.get(item) ?? 0)
  }
}

/** About: those that are left out are not looked for. */
const placeOfZero = (item: ReadItem) => (item.kind === 'number' ? Math.round(-item.from / item.step) : 0)

function* seededDraws(read: ReadParameters): Generator<Drawn> {
  const draw = seededDraw(1)
  for (let number = 0; number < fewDraws; number += 1) yield tryValues(read, draw)
}

async function thatHold(read: ReadParameters, tried: Iterable<Drawn>) {
  const met: Drawn[] = []
  let count = 0
  for await (const drawn of givingWay(tried)) {
    count += 1
    if (holds(read.conditions, drawn)) met.push(drawn)
  }
  return { met, count }
}

/** The draws that are looked at, which all meet the conditions; and whether they are all there are. */
export async function drawsOf(
  read: ReadParameters,
): Promise<{ draws: Drawn[]; whole: boolean } | { reason: 'conditions_not_met' }> {
  const all = read.items.reduce((product, { size }) => product * size, 1)
  const whole = all <= fewDraws
  const { met, count } = await thatHold(read, whole ? allDraws(read) : seededDraws(read))
  if (met.length * leastShare < count) return { reason: 'conditions_not_met' }
  if (whole) return { draws: met, whole }
  const outermost = await thatHold(read, outermostDraws(read))
  return { draws: [...outermost.met, ...met.slice(0, someDraws)], whole }
}

/** Those whose whole question is looked at: each value comes in one of them, as far as there is room. */
export function drawsForWhole(read: ReadParameters, draws: Drawn[]): Drawn[] {
  if (draws.length <= mostOfValues + mostAtRandom) return draws
  const chosen = new Set<Drawn>()
  const seen = new Set<string>()
  // What is computed may be another value in each: what is drawn comes first.
  const isComputed = ({ kind }: ReadItem) => kind === 'computed'
  for (const items of [read.items.filter(item => !isComputed(item)), read.items.filter(isComputed)])
    for (const drawn of draws) {
      if (chosen.size >= mostOfValues) break
      const values = items.map(({ name }) => `${name} ${drawn.values.get(name)?.text}`)
      if (values.some(value => !seen.has(value))) chosen.add(drawn)
      if (chosen.has(drawn)) for (const value of values) seen.add(value)
    }
  const rest = draws.filter(drawn => !chosen.has(drawn))
  return [...chosen, ...someOf(rest, mostAtRandom, seededDraw(1))]
}

function someOf<T>(all: T[], most: number, draw: Draw): T[] {
  const left = [...all]
  return Array.from({ length: Math.min(most, all.length) }, () =>
    left.splice(Math.floor(draw() * left.length), 1),
  ).flat()
}
