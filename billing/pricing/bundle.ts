import { allocate, type Money } from '@azora/contracts/money.ts'

/**
 * A bundle's price split over its courses in proportion to what each costs alone (IFRS 15, paragraphs 76 to 80: by
 * stand-alone selling prices), for revenue per course. Equally where all are free. The parts add up to the price.
 */
export function splitBundle(price: Money, alone: readonly Money[]): Money[] {
  if (alone.some(({ currency }) => currency !== price.currency))
    throw new RangeError('The prices of a bundle are in one currency.')
  const weights = alone.map(({ amountMinor }) => amountMinor)
  return allocate(price, weights.some(Boolean) ? weights : weights.map(() => 1))
}
