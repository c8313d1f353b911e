/** An account as the ledger computes with it. Amounts are minor units. */
export type AccountState = {
  id: string
  currency: string
  side: 'debit' | 'credit'
  mayOverdraw: boolean
  /** What the balance with all that is pending towards it may not exceed. */
  limit: bigint | null
  debitsPosted: bigint
  creditsPosted: bigint
  debitsPending: bigint
  creditsPending: bigint
}

/** What an account's totals grow by, or shrink. */
export type Change = Pick<
  AccountState,
  'id' | 'debitsPosted' | 'creditsPosted' | 'debitsPending' | 'creditsPending'
>

type Totals = Pick<
  AccountState,
  'side' | 'debitsPosted' | 'creditsPosted' | 'debitsPending' | 'creditsPending'
>

/** The largest total of an account: the sum of two of them is still a `bigint` of PostgreSQL. */
const largestTotal = 2n ** 62n - 1n

/** Posted, on the normal side. */
export const balanceOf = ({ side, debitsPosted, creditsPosted }: Totals): bigint =>
  side === 'credit' ? creditsPosted - debitsPosted : debitsPosted - creditsPosted

/** The balance without what pending transfers may take away. */
export const availableOf = (account: Totals): bigint =>
  balanceOf(account) - (account.side === 'credit' ? account.debitsPending : account.creditsPending)

/** The balance with what pending transfers may add. */
const expectedOf = (account: Totals): bigint =>
  balanceOf(account) + (account.side === 'credit' ? account.creditsPending : account.debitsPending)

/** Which of its rules an account breaks as it is. */
export function brokenRule(account: AccountState): 'total_too_large' | 'overdrawn' | 'over_limit' | null {
  const { debitsPosted, creditsPosted, debitsPending, creditsPending, mayOverdraw, limit } = account
  if ([debitsPosted, creditsPosted, debitsPending, creditsPending].some(total => total > largestTotal))
    return 'total_too_large'
  if (!mayOverdraw && availableOf(account) < 0n) return 'overdrawn'
  if (limit !== null && expectedOf(account) > limit) return 'over_limit'
  return null
}
