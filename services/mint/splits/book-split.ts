import type { AccountKind } from '@azora/contracts/mint/account-kinds.ts'
import type { Money } from '@azora/contracts/money.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { v5 as uuidv5 } from 'uuid'
import { type Owner, openAccount } from '../accounts/open-account.ts'
import type { Booking, Order } from '../transfers/order.ts'
import { type Split, split } from './split.ts'
import type { SplitRule } from './split-rules.ts'

export type SplitOrder = {
  booking: Omit<Booking, 'split'>
  /** All that was paid, tax included. */
  amount: Money
  /** What of it is tax, by the invoice; by the rule where nothing is said. */
  tax?: Money | undefined
  /** The account with the money: it is debited. */
  paidFromId: string
  rule: SplitRule
  /** Whose course it is; the school has the share of an instructor that there is not. */
  instructorId: string | null
}

/** Transfers of bookings, to be posted. */
export type Booked = { transfers: Order[]; bookings: Booking[] }

/**
 * What was paid, shared out by a rule to tax, platform, school and instructor, as one booking that keeps the version. The
 * ids of its transfers follow from that of the booking, so it may be posted twice.
 */
export async function splitTransfers(tx: Transaction, order: SplitOrder): Promise<Booked> {
  const { booking, amount, paidFromId, rule, instructorId } = order
  const parts = split(amount, rule, order.tax)
  const transfers: Order[] = []
  for (const [part, { kind, owner }] of Object.entries(receivers(instructorId)) as [
    keyof Split,
    Receiver,
  ][]) {
    const { amountMinor, currency } = parts[part]
    if (amountMinor === 0) continue
    const account = await openAccount(tx, { kind, owner, currency })
    transfers.push({
      phase: 'posted',
      id: uuidv5(part, booking.id),
      kind: part,
      bookingId: booking.id,
      debitAccountId: paidFromId,
      creditAccountId: account.id,
      amount: BigInt(amountMinor),
      reference: booking.reference,
    })
  }
  const by = { ruleId: rule.id, version: rule.version }
  return { transfers, bookings: [{ ...booking, split: by }] }
}

type Receiver = { kind: AccountKind; owner: Owner }

/** Whose each part of a sale is. */
export const receivers = (instructorId: string | null): Record<keyof Split, Receiver> => ({
  tax: { kind: 'tax_payable', owner: { type: 'school' } },
  platform: { kind: 'platform_revenue', owner: { type: 'platform' } },
  school: { kind: 'revenue', owner: { type: 'school' } },
  instructor:
    instructorId === null
      ? { kind: 'revenue', owner: { type: 'school' } }
      : { kind: 'instructor_payable', owner: { type: 'person', id: instructorId } },
})
