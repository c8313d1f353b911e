import { type Draw, seededDraw } from '@azora/qti/random.ts'
import { Exact } from '../numeric/parse-number.ts'
import { isDecimal, numberText, roundedText } from './number-text.ts'
import {
  countOf,
  type Drawn,
  evaluated,
  holds,
  type NumberItem,
  type Parameters,
  type ReadItem,
  type ReadParameters,
  readParameters,
  skippedOf,
} from './read-parameters.ts'

/** Drawing the values of a question: always the same for a way of drawing and a seed (decision 51). */

export type DrawnValues = { name: string; value: string }[]

/** As often values are drawn until the conditions hold. Who saves a question is refused where one in a hundred fails. */
const mostTries = 4_000

type Chosen = { text: string; number: number | null }

const asNumber = (text: string): Chosen => ({ text, number: Number(text) })

/** How many values an item has to draw from; one where it is computed. */
export function sizeOf(item: ReadItem): number {
  if (item.kind === 'computed') return 1
  return item.kind === 'list' ? item.values.length : countOf(item) - skippedOf(item).length
}

/** The number in a row that comes at a place, when those that are never drawn are left out. */
function numberAt(item: NumberItem, place: number): Chosen {
  let at = place
  for (const skipped of skippedOf(item)) if (skipped <= at) at += 1
  const exact = new Exact(item.step).times(at).plus(item.from)
  return asNumber(numberText(exact.toNumber()))
}

function listedAt(values: string[], place: number): Chosen {
  const text = values[place] ?? ''
  const decimal = text.replace('−', '-')
  return isDecimal(decimal) ? asNumber(decimal) : { text, number: null }
}

/** All values, where each item that is drawn has the value at its place. */
export function valuesAt({ items }: ReadParameters, placeOf: (item: ReadItem) => number): Drawn {
  const drawn = new Map<string, Chosen>()
  for (const item of items) {
    if (item.kind === 'number') drawn.set(item.name, numberAt(item, placeOf(item)))
    else if (item.kind === 'list') drawn.set(item.name, listedAt(item.values, placeOf(item)))
    else {
      const value = evaluated(item.formula, drawn)
      const text = Number.isFinite(value) ? roundedText(value, item.rounding) : '?'
      drawn.set(item.name, { text, number: Number.isFinite(value) ? Number(text) : Number.NaN })
    }
  }
  return drawn
}

/** One try, whether or not the conditions hold. */
export const tryValues = (read: ReadParameters, draw: Draw): Drawn =>
  valuesAt(read, item => Math.min(Math.floor(draw() * sizeOf(item)), sizeOf(item) - 1))

/** Whether every value that is computed is one. Who saves a question was told, had such a draw been looked at. */
const isWhole = (drawn: Drawn) => [...drawn.values()].every(({ number }) => !Number.isNaN(number))

function drawnFirst(read: ReadParameters, seed: number): Drawn {
  const draw = seededDraw(seed)
  let drawn = tryValues(read, draw)
  const meets = () => isWhole(drawn) && holds(read.conditions, drawn)
  for (let tries = 1; tries < mostTries && !meets(); tries += 1) drawn = tryValues(read, draw)
  return drawn
}

/** Ways of drawing by their number. Change none: attempts keep their seed alone. */
const ways: Record<number, (read: ReadParameters, seed: number) => Drawn> = { 1: drawnFirst }

/** @param seed of 32 bits */
export function drawValues(parameters: Parameters, seed: number): Drawn {
  const read = readParameters(parameters)
  const way = ways[parameters.algorithm]
  if ('reason' in read || !way) throw new Error('These parameters were never checked.')
  return way(read, seed)
}

export const valuesOf = (drawn: Drawn): DrawnValues =>
  [...drawn].map(([name, { text }]) => ({ name, value: text }))
