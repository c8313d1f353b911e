import { z } from 'zod'
import { operation } from '../operation.ts'
import { growing, id, line, pageOf, paging, time } from '../wire.ts'
import { currencyCode } from '../wire-money.ts'
import { accountKindNames } from './account-kinds.ts'
import { mintFailures } from './failures.ts'
import { transferCodes } from './transfer-codes.ts'

const tags: [string] = ['mint']

/** Transfers of one request. */
const mostTransfers = 1000

/** A year: longer is no reservation any more. */
const longestTimeoutSeconds = 366 * 24 * 60 * 60

const amountMinor = z
  .int()
  .min(1)
  .meta({ description: 'How much, in the minor unit of the accounts’ currency.', examples: [2500] })

/** What kind of movement it is: `sale`, `refund`, `payout`. Services name their own. */
export const kindName = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/)

const reference = z.object({
  type: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
  id: z.string().min(1).max(100),
})

const words = line(200).optional()

const aboutTransfer = {
  id,
  kind: kindName,
  description: words,
  reference: reference.optional(),
  bookingId: id.optional(),
}

export const transferOrder = z.discriminatedUnion('phase', [
  z.object({
    ...aboutTransfer,
    phase: z.literal('posted'),
    debitAccountId: id,
    creditAccountId: id,
    amountMinor,
    correctsId: id.optional(),
  }),
  z.object({
    ...aboutTransfer,
    phase: z.literal('pending'),
    debitAccountId: id,
    creditAccountId: id,
    amountMinor,
    timeoutSeconds: z.int().min(1).max(longestTimeoutSeconds).optional(),
  }),
  z.object({
    ...aboutTransfer,
    phase: z.literal('post'),
    pendingId: id,
    amountMinor: amountMinor.optional(),
  }),
  z.object({ ...aboutTransfer, phase: z.literal('void'), pendingId: id }),
])
export type TransferOrder = z.output<typeof transferOrder>

export const bookingOrder = z.object({
  id,
  kind: kindName,
  description: words,
  reference: reference.optional(),
})
export type BookingOrder = z.output<typeof bookingOrder>

const accountKind = z.enum(accountKindNames).meta(growing)

const transfer = z.object({
  id,
  sequence: z.number().int(),
  at: time,
  phase: z.enum(['posted', 'pending', 'post', 'void', 'expire']),
  kind: z.string(),
  debitAccountId: id,
  creditAccountId: id,
  /** What kinds of account they are. */
  debitKind: accountKind,
  creditKind: accountKind,
  amountMinor: z.int(),
  currency: currencyCode,
  description: z.string().nullable(),
  reference: reference.nullable(),
  bookingId: id.nullable(),
  pendingId: id.nullable(),
  expiresAt: time.nullable(),
  correctsId: id.nullable(),
  createdBy: id.nullable(),
})

const booking = z.object({
  id,
  at: time,
  kind: z.string(),
  description: z.string().nullable(),
  reference: reference.nullable(),
  splitRuleId: id.nullable(),
  splitVersion: z.number().int().nullable(),
  createdBy: id.nullable(),
})

export const transferOperations = {
  createTransfers: operation({
    method: 'POST',
    path: '/mint/transfers',
    access: 'office:finance',
    tags,
    summary: 'Book transfers between accounts, with a result for each.',
    description:
      'Transfers of one booking are made together or not at all; others each for themselves. The id of a transfer is yours: the same transfer again is answered `exists`, another one under the same id is refused, for good. A pending transfer reserves its amount until it is posted, voided or times out. A transfer is never changed: what was wrong is put right by another one, which names it.',
  })
    .input(
      z.object({
        bookings: z.array(bookingOrder).max(mostTransfers).default([]),
        transfers: z
          .array(transferOrder)
          .min(1)
          .max(mostTransfers)
          .refine(all => new Set(all.map(one => one.id)).size === all.length, {
            error: mintFailures.fields.transfer_id_repeated,
          }),
      }),
    )
    .output(z.object({ items: z.array(z.object({ id, code: z.enum(transferCodes).meta(growing) })) })),
  listTransfers: operation({
    method: 'GET',
    path: '/mint/transfers',
    access: 'ledger.read',
    tags,
    summary: 'The journal: transfers, newest first.',
  })
    .input(
      z.object({
        accountId: id.optional(),
        kind: kindName.optional(),
        currency: currencyCode.optional(),
        referenceType: reference.shape.type.optional(),
        referenceId: reference.shape.id.optional(),
        from: time.optional(),
        until: time.optional(),
        ...paging,
      }),
    )
    .output(pageOf(transfer)),
  getTransfer: operation({
    method: 'GET',
    path: '/mint/transfers/{transferId}',
    access: 'ledger.read',
    tags,
    summary: 'A transfer, what it belongs to and what came after it.',
  })
    .input(z.object({ transferId: id }))
    .output(
      z.object({
        transfer,
        booking: booking.nullable(),
        /** The pending one that it resolves, what resolved it, what it corrects, what corrects it, the same booking. */
        related: z.array(transfer),
      }),
    ),
  getBooking: operation({
    method: 'GET',
    path: '/mint/bookings/{bookingId}',
    access: 'ledger.read',
    tags,
    summary: 'A booking with all its transfers.',
  })
    .input(z.object({ bookingId: id }))
    .output(z.object({ booking, transfers: z.array(transfer) })),
}
