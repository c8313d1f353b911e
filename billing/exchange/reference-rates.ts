import { type Day, isDay } from '../calendar/day.ts'
import { rateFrom } from './exchange.ts'

/** What is wrong with a file of rates, and where: its line counts from one. */
export class NotRates extends Error {
  readonly line: number
  constructor(line: number, message: string) {
    super(message)
    this.line = line
  }
}

/** An empty cell or `N/A`: no rate was published that day. */
const unpublished = new Set(['', 'N/A'])

/** What one unit of the base was worth on a day, with every digit that was published. */
type Published = { from: string; to: string; rate: string; on: Day; source: string }

/**
 * Rates as central banks publish them for download: a heading of `Date` and currencies, then a line for each day with what
 * one unit of the base is worth in each (the layout of the European Central Bank's euro reference rates). Heading and lines
 * may end in a comma.
 *
 * @param wanted the currencies to take; others in the file are passed over
 * @throws NotRates
 */
export function readReferenceRates(
  text: string,
  { base, source, wanted }: { base: string; source: string; wanted: ReadonlySet<string> },
): Published[] {
  const lines = text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .map(line => line.split(',').map(cell => cell.trim()))
  const [heading = [], ...days] = lines
  if (heading[0] !== 'Date') throw new NotRates(1, 'The heading begins with "Date".')
  return days.flatMap((cells, index) => {
    const [on = ''] = cells
    if (on === '') return []
    if (!isDay(on)) throw new NotRates(index + 2, `"${cells[0]?.slice(0, 40)}" is not a day.`)
    return heading.flatMap((to, column) => {
      const cell = cells[column] ?? ''
      if (column === 0 || to === base || !wanted.has(to) || unpublished.has(cell)) return []
      const about = { from: base, to, on, source }
      try {
        rateFrom(cell, about)
        return [{ ...about, rate: cell }]
      } catch (failure) {
        throw new NotRates(index + 2, (failure as RangeError).message)
      }
    })
  })
}
