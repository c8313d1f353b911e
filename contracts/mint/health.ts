import { z } from 'zod'
import { operation } from '../operation.ts'
import { growing, time } from '../wire.ts'

export const healthOperations = {
  getLedgerHealth: operation({
    method: 'GET',
    path: '/mint/ledger-health',
    access: 'ledger.read',
    tags: ['mint'],
    summary: 'Whether the books add up, and how far the chain is behind the journal.',
    description:
      'Every night the chain of seals and every balance are computed again from the entries. Between two nights, transfers are sealed every ten minutes.',
  }).output(
    z.object({
      /** The latest; null before the first night. */
      verification: z
        .object({
          startedAt: time,
          finishedAt: time,
          transfers: z.number().int(),
          accounts: z.number().int(),
          sealed: z.number().int(),
          transfersPerSecond: z.number().int(),
          durationMs: z.number().int(),
          difference: z.enum(['chain', 'balance', 'resolution']).meta(growing).nullable(),
          differenceAt: z.string().nullable(),
        })
        .nullable(),
      seal: z.object({ number: z.number().int(), hash: z.string() }).nullable(),
      unsealed: z.object({ transfers: z.number().int(), since: time.nullable() }),
    }),
  ),
}
