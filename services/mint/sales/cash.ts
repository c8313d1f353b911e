import type { Transaction } from '@azora/kit/db.ts'
import { openAccount } from '../accounts/open-account.ts'
import type { Outcome } from '../transfers/order.ts'

/** The sandbox's money is none, and stays apart from what Stripe holds. */
const processorOf = ({ sandbox }: { sandbox: boolean }) => (sandbox ? 'stripe_sandbox' : 'stripe')

export const cashOf = (tx: Transaction, sale: { sandbox: boolean }, currency: string) =>
  openAccount(tx, {
    kind: 'cash_at_processor',
    owner: { type: 'processor', id: processorOf(sale) },
    currency,
  })

/** What is booked here cannot be refused, unless something is wrong; it may have been booked before. */
export function requireBooked(outcomes: readonly Outcome[]): void {
  const refused = outcomes.find(({ code }) => code !== 'created' && code !== 'exists')
  if (refused) throw new Error(`Transfer ${refused.id} was refused: ${refused.code}.`)
}
