import { randomUUID } from 'node:crypto'
import type { EventPayload } from '@azora/contracts/events.ts'
import type { AskingCaller } from '@azora/kit/caller.ts'
import type { Ledger } from '../testing.ts'
import { bookDeposit } from './book-deposit.ts'
import { listWallets } from './read-wallets.ts'
import { reserve } from './reservations.ts'

/** What tests of wallets do again and again. */

export const zar = (amountMinor: number) => ({ amountMinor, currency: 'ZAR' })

export function callerOf(
  ledger: Ledger,
  userId: string,
  known: { email: string; id: string }[] = [],
): AskingCaller {
  const findMember = async ({ email }: { email: string }) => {
    const found = known.find(one => one.email === email)
    return { person: found ? { id: found.id, name: 'A Friend' } : null }
  }
  return {
    actor: {
      userId,
      organizationId: ledger.organizationId,
      sessionId: randomUUID(),
      roles: ['learner'],
      authenticatedAt: 0,
    },
    ip: '127.0.0.1',
    userAgent: 'test',
    others: { auth: { findMember, me: async () => ({ name: 'A Learner' }) } } as never,
  }
}

export const depositOf = (
  { organizationId }: Ledger,
  userId: string | null,
  amountMinor: number,
  { sandbox = false, fee = 0, currency = 'ZAR' } = {},
): EventPayload<'deposit.paid'> => ({
  paymentId: randomUUID(),
  organizationId,
  orderId: randomUUID(),
  userId,
  amount: { amountMinor, currency },
  fee: fee ? { amountMinor: fee, currency } : null,
  sandbox,
  stripeId: `pi_${randomUUID()}`,
  paidAt: new Date().toISOString(),
})

/** A person with money in their wallet. */
export async function someoneWith(ledger: Ledger, amountMinor: number, rest: { currency?: string } = {}) {
  const userId = randomUUID()
  const deposit = depositOf(ledger, userId, amountMinor, rest)
  await ledger.school.transaction(tx => bookDeposit(tx, deposit))
  const { items } = await listWallets(ledger.school, callerOf(ledger, userId).actor)
  return { userId, walletId: items[0]?.id ?? '', deposit }
}

export const wishOf = (userId: string, amountMinor: number, reservationId: string = randomUUID()) => ({
  reservationId,
  userId,
  amount: zar(amountMinor),
  sandbox: false,
  purpose: 'purchase' as const,
  description: 'Rivers of the Cape',
})

export const hold = ({ school }: Ledger, wish: ReturnType<typeof wishOf>) =>
  school.transaction(tx => reserve(tx, wish))
