import { add, type Money, multiply, sum, zero } from '@azora/contracts/money.ts'

/** So many minor units for so many units: 5 cents for each 100 calls is `{ amountMinor: 5, perUnits: 100 }`. */
export type UnitPrice = { amountMinor: number; perUnits: number }

/** Up to and with so many units in all; null for the last tier, which has no end. */
export type Tier = { upTo: number | null; each: UnitPrice; flat?: number }

/**
 * How a quantity becomes an amount.
 *
 * - `flat`: the same for any quantity, none too. A plan, an add-on.
 * - `per_unit`: seats, or units of something metered.
 * - `package`: a package that was begun is paid whole.
 * - `graduated`: each tier's price for the units in that tier.
 * - `volume`: the price of the tier that the quantity ends in, for all units.
 */
export type PriceModel =
  | { kind: 'flat'; amountMinor: number }
  | { kind: 'per_unit'; each: UnitPrice }
  | { kind: 'package'; size: number; amountMinor: number }
  | { kind: 'graduated' | 'volume'; tiers: readonly Tier[] }

/** A part of a price, as it is shown: so many units at this price, and a flat fee where there is one. */
export type PricePart = { quantity: number; each: UnitPrice; flat: Money; amount: Money }

const money = (amountMinor: number, currency: string): Money => add(zero(currency), { amountMinor, currency })

function part(quantity: number, each: UnitPrice, flatMinor: number, currency: string): PricePart {
  const ratio = { numerator: quantity, denominator: each.perUnits }
  const flat = money(flatMinor, currency)
  const units = multiply(money(each.amountMinor, currency), ratio, 'half_up')
  return { quantity, each, flat, amount: add(units, flat) }
}

/** @throws RangeError unless the ends of the tiers rise and only the last is open */
function checked(tiers: readonly Tier[]): readonly Tier[] {
  const rising = tiers.every(({ upTo }, at) =>
    at === tiers.length - 1 ? upTo === null : upTo !== null && upTo > (tiers[at - 1]?.upTo ?? 0),
  )
  if (tiers.length === 0 || !rising) throw new RangeError('Tiers rise, and the last one has no end.')
  return tiers
}

function graduated(tiers: readonly Tier[], quantity: number, currency: string): PricePart[] {
  return checked(tiers).flatMap(({ upTo, each, flat = 0 }, at) => {
    const below = tiers[at - 1]?.upTo ?? 0
    const inTier = Math.min(quantity, upTo ?? quantity) - below
    return inTier > 0 ? [part(inTier, each, flat, currency)] : []
  })
}

function volume(tiers: readonly Tier[], quantity: number, currency: string): PricePart[] {
  const tier = checked(tiers).find(({ upTo }) => upTo === null || quantity <= upTo)
  return tier && quantity > 0 ? [part(quantity, tier.each, tier.flat ?? 0, currency)] : []
}

/**
 * The price of a quantity, and the parts that add up to it. Each part is rounded once, half up.
 * @param quantity a whole number of zero or more
 */
export function priceOf(
  model: PriceModel,
  quantity: number,
  currency: string,
): { amount: Money; parts: PricePart[] } {
  if (!Number.isSafeInteger(quantity) || quantity < 0)
    throw new RangeError('A quantity is a whole number of zero or more.')
  const parts = partsOf(model, quantity, currency)
  return {
    amount: sum(
      parts.map(({ amount }) => amount),
      currency,
    ),
    parts,
  }
}

function partsOf(model: PriceModel, quantity: number, currency: string): PricePart[] {
  switch (model.kind) {
    case 'flat':
      return [part(1, { amountMinor: model.amountMinor, perUnits: 1 }, 0, currency)]
    case 'per_unit':
      return [part(quantity, model.each, 0, currency)]
    case 'package': {
      const { size, amountMinor } = model
      if (!Number.isSafeInteger(size) || size < 1) throw new RangeError('A package holds a unit at least.')
      const packages = (quantity - (quantity % size)) / size + (quantity % size > 0 ? 1 : 0)
      return [part(packages, { amountMinor, perUnits: 1 }, 0, currency)]
    }
    case 'graduated':
      return graduated(model.tiers, quantity, currency)
    case 'volume':
      return volume(model.tiers, quantity, currency)
  }
}
