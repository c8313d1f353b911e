import { firstOf } from '../calendar/day.ts'
import { inverse, type Rate } from './exchange.ts'

/**
 * The rate from one currency to another out of those that are known: as it was published, the other way round, or over a
 * third currency that both have a rate with. The latest day counts, and of the same day the shortest way. A rate over a
 * third currency is as old as the older of its two.
 *
 * @param known at most one of each pair and direction
 * @returns null where nothing leads from one to the other
 */
export function findRate(known: readonly Rate[], from: string, to: string): Rate | null {
  const bothWays = [...known, ...known.map(inverse)]
  const into = Map.groupBy(
    bothWays.filter(rate => rate.to === to),
    rate => rate.from,
  )
  const direct = into.get(from) ?? []
  const over = bothWays
    .filter(first => first.from === from && first.to !== to)
    .flatMap(first => (into.get(first.to) ?? []).map(second => chained(first, second)))
  // The sort is stable: of one day, what was published goes before what was turned round, and both before a chain.
  return [...direct, ...over].sort((a, b) => (a.on === b.on ? 0 : a.on < b.on ? 1 : -1))[0] ?? null
}

const chained = (first: Rate, second: Rate): Rate => ({
  from: first.from,
  to: second.to,
  numerator: first.numerator * second.numerator,
  denominator: first.denominator * second.denominator,
  on: firstOf(first.on, second.on),
  source: [...new Set([first.source, second.source])].join('; '),
})
