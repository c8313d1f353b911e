import { z } from 'zod'
import { operation } from '../operation.ts'
import { growing, id, time } from '../wire.ts'
import { currencyCode } from '../wire-money.ts'
import { accountKindNames } from './account-kinds.ts'

const tags: [string] = ['mint']
const total = z.string().regex(/^-?\d{1,21}$/)

/** The books as a whole. */
export const trialBalanceOperations = {
  getTrialBalance: operation({
    method: 'GET',
    path: '/mint/trial-balance',
    access: 'ledger.read',
    tags,
    summary: 'The balance of each kind of account, now or as of a time: all debits are all credits.',
  })
    .input(z.object({ asOf: time.optional() }))
    .output(
      z.object({
        items: z.array(
          z.object({
            kind: z.enum(accountKindNames).meta(growing),
            side: z.enum(['debit', 'credit']),
            currency: currencyCode,
            accounts: z.number().int(),
            debits: total,
            credits: total,
            balance: total,
          }),
        ),
        /** By currency; debits and credits are the same, or the books are broken. */
        totals: z.array(z.object({ currency: currencyCode, debits: total, credits: total })),
      }),
    ),
}

const csv = { access: 'ledger.read', raw: 'download', speech: { mediaType: 'text/csv' }, tags } as const

/** The books as tables for other programs. */
export const ledgerFiles = {
  exportTrialBalance: operation({
    method: 'GET',
    path: '/mint/trial-balance.csv',
    ...csv,
    summary: 'The balance of each kind of account, as CSV (RFC 4180).',
  })
    .input(z.object({ asOf: time.optional() }))
    .output(z.unknown()),
  exportTransfers: operation({
    method: 'GET',
    path: '/mint/transfers.csv',
    ...csv,
    summary: 'The journal of a period, as CSV (RFC 4180), newest first.',
  })
    .input(
      z.object({
        kind: z.string().max(40).optional(),
        currency: currencyCode.optional(),
        from: time.optional(),
        until: time.optional(),
      }),
    )
    .output(z.unknown()),
  exportAccountStatement: operation({
    method: 'GET',
    path: '/mint/accounts/{accountId}/statement.csv',
    ...csv,
    summary: 'What was posted to an account in a period, as CSV (RFC 4180).',
  })
    .input(z.object({ accountId: id, from: time, until: time }))
    .output(z.unknown()),
}
