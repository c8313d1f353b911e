import { allocate, type Money, subtract } from '@azora/contracts/money.ts'

/** How an amount is shared out, in hundredths of a per cent. */
export type Shares = { platform: number; school: number; instructor: number }
export type SplitTerms = {
  /** The tax that the amount includes, of the amount without it: 1500 for 15 %. */
  taxBasisPoints: number
  /** Of what is left. They add up to 10,000. */
  shares: Shares
}
export type Split = { tax: Money; platform: Money; school: Money; instructor: Money }

/**
 * Share an amount out. The parts always add up to it: each division gives the units that are left to the largest
 * remainders (`allocate`). Tax is taken first, so that it is right to the unit; what a unit is short of goes by the order
 * platform, school, instructor.
 *
 * @param knownTax what of it is tax, where an invoice says so; it then counts, and not the rule's.
 */
export function split(amount: Money, { taxBasisPoints, shares }: SplitTerms, knownTax?: Money): Split {
  const [net, tax] = knownTax
    ? [subtract(amount, knownTax), knownTax]
    : (allocate(amount, [10_000, taxBasisPoints]) as [Money, Money])
  const parts = allocate(net, [shares.platform, shares.school, shares.instructor])
  const [platform, school, instructor] = parts as [Money, Money, Money]
  return { tax, platform, school, instructor }
}
