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
 * may end in a comma. Read day by day, since who asks may have others to serve between.
 *
 * @param wanted the currencies to take; others in the file are passed over
 * @throws NotRates
 */
export function* readReferenceRates(
  text: string,
  { base, source, wanted }: { base: string; source: string; wanted: ReadonlySet<string> },
): Generator<Published[]> {
  const [heading = '', ...days] = text.replace(/^\ufeff/, '').split(/\r?\n/)
  const [first, ...currencies] = cellsOf(heading)
  if (first !== 'Date') throw new NotRates(1, 'The heading begins with "Date".')
  const columns = currencies.flatMap((to, at) => (to !== base && wanted.has(to) ? [{ to, at }] : []))
  if (new Set(columns.map(({ to }) => to)).size < columns.length)
    throw new NotRates(1, 'The heading names a currency twice.')
  for (const [index, line] of days.entries()) {
    const [on = '', ...cells] = cellsOf(line)
    if (on === '') continue
    if (!isDay(on)) throw new NotRates(index + 2, `"${on.slice(0, 40)}" is not a day.`)
    yield columns.flatMap(({ to, at }) => {
      const rate = cells[at] ?? ''
      if (unpublished.has(rate)) return []
      const about = { from: base, to, on, source }
      try {
        rateFrom(rate, about)
        return [{ ...about, rate }]
      } catch (failure) {
        throw new NotRates(index + 2, (failure as RangeError).message)
      }
    })
  }
}

const cellsOf = (line: string) => line.split(',').map(cell => cell.trim())
