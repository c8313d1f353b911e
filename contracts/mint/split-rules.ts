import { z } from 'zod'
import { operation } from '../operation.ts'
import { id, time } from '../wire.ts'
import { mintFailures } from './failures.ts'
import { kindName } from './transfers.ts'

const tags: [string] = ['mint']

/** A whole, in hundredths of a per cent. */
const wholeBasisPoints = 10_000

const basisPoints = z.int().min(0).max(wholeBasisPoints)

const shares = z.object({ platform: basisPoints, school: basisPoints, instructor: basisPoints })

const splitRule = z.object({
  id,
  name: kindName,
  version: z.number().int(),
  validFrom: time,
  taxBasisPoints: basisPoints,
  shares,
  createdBy: id.nullable(),
  createdAt: time,
})

export const splitOperations = {
  listSplitRules: operation({
    method: 'GET',
    path: '/mint/split-rules',
    access: 'ledger.read',
    tags,
    summary: 'How sales are shared out: every version of every rule, the newest first.',
  })
    .input(z.object({ name: kindName.optional() }))
    .output(z.object({ items: z.array(splitRule) })),
  createSplitRule: operation({
    method: 'POST',
    path: '/mint/split-rules',
    access: 'office:finance',
    tags,
    successStatus: 201,
    summary: 'A new version of a rule, or its first one.',
    description:
      'A version is never changed. It counts for what is booked from its time on; what was booked before keeps the version that it was booked by.',
  })
    .input(
      z.object({
        name: kindName,
        /** Now, if left out. */
        validFrom: time.optional(),
        taxBasisPoints: basisPoints.default(0),
        shares: shares.refine(
          ({ platform, school, instructor }) => platform + school + instructor === wholeBasisPoints,
          { error: mintFailures.fields.shares_not_whole },
        ),
      }),
    )
    .output(splitRule),
}
