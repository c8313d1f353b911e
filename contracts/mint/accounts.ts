import { z } from 'zod'
import { operation } from '../operation.ts'
import { growing, id, pageOf, paging, time } from '../wire.ts'
import { currencyCode } from '../wire-money.ts'
import { accountKindNames, ownerTypes } from './account-kinds.ts'

/**
 * How amounts travel. One transfer's amount is an integer of the currency's minor unit that a JSON number holds exactly,
 * as everywhere (`contracts/money.ts`). Sums over a ledger may be larger: totals and balances are decimal strings of
 * minor units, to be read by BigInt.
 */
const total = z.string().regex(/^-?\d{1,19}$/)

const tags: [string] = ['mint']

const accountKind = z.enum(accountKindNames).meta(growing)
const owner = z.object({
  type: z.enum(ownerTypes),
  /** A person's id, or a processor's name; null for the school and the platform. */
  id: z.string().nullable(),
})

const totals = z.object({ debits: total, credits: total })

export const account = z.object({
  id,
  kind: accountKind,
  owner,
  currency: currencyCode,
  side: z.enum(['debit', 'credit']),
  /** Posted, on the normal side. */
  balance: total,
  /** What of the balance is not held by pending transfers. */
  available: total,
  posted: totals,
  pending: totals,
  mayOverdraw: z.boolean(),
  /** What the balance may not exceed. */
  balanceLimit: total.nullable(),
  openedAt: time,
})

const line = z.object({
  transferId: id,
  sequence: z.number().int(),
  at: time,
  kind: z.string(),
  description: z.string().nullable(),
  bookingId: id.nullable(),
  counterAccountId: id,
  debit: total,
  credit: total,
  /** After this line. */
  balance: total,
})

export const accountOperations = {
  listAccounts: operation({
    method: 'GET',
    path: '/mint/accounts',
    access: 'ledger.read',
    tags,
    summary: 'The accounts of the school’s ledger.',
  })
    .input(
      z.object({
        kind: accountKind.optional(),
        currency: currencyCode.optional(),
        ownerId: z.string().max(100).optional(),
        asOf: time.optional(),
        ...paging,
      }),
    )
    .output(pageOf(account)),
  getAccount: operation({
    method: 'GET',
    path: '/mint/accounts/{accountId}',
    access: 'ledger.read',
    tags,
    summary: 'One account with its balance, now or as of a time.',
  })
    .input(z.object({ accountId: id, asOf: time.optional() }))
    .output(account),
  getAccountStatement: operation({
    method: 'GET',
    path: '/mint/accounts/{accountId}/statement',
    access: 'ledger.read',
    tags,
    summary: 'What was posted to an account in a period, between its opening and its closing balance.',
    description:
      'Pending transfers are not in a statement. A page opens with the balance where the page before has closed.',
  })
    .input(
      z.object({
        accountId: id,
        from: time,
        until: time,
        cursor: paging.cursor,
        limit: z.coerce.number().int().min(1).max(500).default(100),
      }),
    )
    .output(
      z.object({
        accountId: id,
        currency: currencyCode,
        side: z.enum(['debit', 'credit']),
        /** Before the first line of this page. */
        opening: total,
        /** After the last line of this page; of the period, on its last page. */
        closing: total,
        items: z.array(line),
        nextCursor: z.string().nullable(),
      }),
    ),
  openAccount: operation({
    method: 'POST',
    path: '/mint/accounts',
    access: 'office:finance',
    tags,
    summary: 'Open an account, or find the one that there is of this kind, owner and currency.',
  })
    .input(
      z.object({
        kind: accountKind,
        owner: z.object({ type: z.enum(ownerTypes), id: z.string().min(1).max(100).nullable() }),
        currency: currencyCode,
      }),
    )
    .output(account),
}
