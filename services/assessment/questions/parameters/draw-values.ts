import { type Draw, seededDraw } from '@azora/qti/random.ts'
import { Exact } from '../numeric/parse-number.ts'
import { isCut, isDecimal, numberText, roundedText } from './number-text.ts'
import {
  type Drawn,
  evaluated,
  holds,
  type NumberItem,
  type Parameters,
  type ReadItem,
  type ReadParameters,
  readParameters,
  type Value,
} from './read-parameters.ts'

/** Drawing the values of a question: always the same for a way of drawing and a seed (decision 51). */

export type DrawnValues = { name: string; value: string }[]

/** As often values are drawn until the conditions hold. Who saves a question is refused where one in a hundred fails. */
const mostTries = 4_000

const asNumber = (text: string): Value => ({ text, number: Number(text) })

/** The number in a row that comes at a place, when those that are never drawn are left out. */
function numberAt({ from, step, skipped }: NumberItem, place: number): Value {
  let at = place
  for (const one of skipped) if (one <= at) at += 1
  const whole = from + step * at
  // Thousands of draws may be tried at once, and exact arithmetic costs most of a draw. None that is drawn is so large
  // that it would be written with a power of ten.
  if ([from, step, whole].every(Number.isSafeInteger)) return asNumber(String(whole))
  return asNumber(numberText(new Exact(step).times(at).plus(from).toNumber()))
}

function listedAt(values: string[], place: number): Value {
  const text = values[place] ?? ''
  const decimal = text.replace('−', '-')
  return isDecimal(decimal) ? asNumber(decimal) : { text, number: null }
}

function valueAt(item: ReadItem, place: number, numbers: ReadonlyMap<string, number>): Value {
  if (item.kind === 'number') return numberAt(item, place)
  if (item.kind === 'list') return listedAt(item.values, place)
  const value = evaluated(item.formula, { numbers })
  if (!Number.isFinite(value)) return { text: '?', number: Number.NaN }
  const text = roundedText(value, item.rounding)
  return { ...asNumber(text), inexact: !item.rounding && isCut(value, text) }
}

/** All values, where each item that is drawn has the value at its place. */
export function valuesAt({ items, known }: ReadParameters, placeOf: (item: ReadItem) => number): Drawn {
  const values = new Map<string, Value>()
  const numbers = new Map<string, number>()
  for (const item of items) {
    const value = valueAt(item, placeOf(item), numbers)
    values.set(item.name, value)
    numbers.set(item.name, value.number ?? Number.NaN)
  }
  return { known, values, numbers }
}

/** One try, whether or not the conditions hold. */
export const tryValues = (read: ReadParameters, draw: Draw): Drawn =>
  valuesAt(read, item => Math.min(Math.floor(draw() * item.size), item.size - 1))

/** Whether every value that is computed is one. Who saves a question was told, had such a draw been looked at. */
const isWhole = ({ values }: Drawn) => [...values.values()].every(({ number }) => !Number.isNaN(number))

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

export const valuesOf = ({ values }: Drawn): DrawnValues =>
  [...values].map(([name, { text }]) => ({ name, value: text }))
