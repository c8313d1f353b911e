import type { TransferCode } from '@azora/contracts/mint/transfer-codes.ts'

/** What elsewhere a transfer is about, such as a payment. */
export type Reference = { type: string; id: string }

type About = {
  id: string
  kind: string
  description?: string | undefined
  reference?: Reference | undefined
  /** One of the request's bookings: its transfers are made together or not at all. */
  bookingId?: string | undefined
}

type Move = About & {
  debitAccountId: string
  creditAccountId: string
  /** In minor units of the accounts' currency, more than zero. */
  amount: bigint
}

/**
 * A transfer that is asked for. `posted` moves at once, `pending` reserves, `post` moves what is pending or a part of
 * it and releases the rest, `void` releases all; `expire` does so for the system, after the time-out.
 */
export type Order =
  | (Move & { phase: 'posted'; correctsId?: string | undefined })
  | (Move & { phase: 'pending'; timeoutSeconds?: number | undefined })
  | (About & { phase: 'post'; pendingId: string; amount?: bigint | undefined })
  | (About & { phase: 'void' | 'expire'; pendingId: string })

export type Phase = Order['phase']

/** What holds transfers together, in words for people. */
export type Booking = {
  id: string
  kind: string
  description?: string | undefined
  reference?: Reference | undefined
  /** The rules by which an amount was split over its transfers. */
  split?: { ruleId: string; version: number } | undefined
}

/** What is asked for at once. Order counts: a transfer sees what those before it did. */
export type Request = {
  transfers: readonly Order[]
  bookings?: readonly Booking[]
  /** Who asks; absent for the system. */
  createdBy?: string | undefined
}

export type Outcome = { id: string; code: TransferCode }
