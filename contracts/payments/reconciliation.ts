import { z } from 'zod'
import { operation } from '../operation.ts'
import { growing, id, pageOf, paging, time } from '../wire.ts'
import { price } from '../wire-money.ts'
import { tags } from './shapes.ts'

const reconciliation = z.object({
  id,
  /** What was made at the processor from then on was compared, up to `until`. */
  from: time,
  until: time,
  status: z.enum(['running', 'done', 'failed']),
  startedAt: time,
  endedAt: time.nullable(),
  charges: z.int(),
  refunds: z.int(),
  disputes: z.int(),
  /** Orders that were put right by what the processor said. */
  repaired: z.int(),
  /** What nobody but a person can put right. */
  differences: z.int(),
  sandbox: z.boolean(),
})

const difference = z.object({
  id,
  kind: z
    .enum([
      'unknown_order',
      'order_not_paid',
      'amount_differs',
      'missing_at_processor',
      'refunds_differ',
      'disputes_differ',
      'ledger_differs',
      'paid_twice',
    ])
    .meta(growing),
  orderId: id.nullable(),
  subscriptionId: id.nullable(),
  /** The processor's id of what it is about. */
  reference: z.string(),
  /** What the processor has, and what is written down here. */
  expected: price,
  found: price,
  firstSeenAt: time,
  lastSeenAt: time,
  settledAt: time.nullable(),
  note: z.string(),
})

/** Whether what the processor has, what is written down and what is booked are the same. */
export const reconciliationOperations = {
  listReconciliations: operation({
    method: 'GET',
    path: '/payments/reconciliations',
    access: 'payments.read',
    tags,
    summary: 'When the books were compared with the processor’s list, with the results.',
  })
    .input(z.object(paging))
    .output(pageOf(reconciliation)),
  startReconciliation: operation({
    method: 'POST',
    path: '/payments/reconciliations',
    access: 'office:finance',
    interactive: true,
    tags,
    successStatus: 202,
    summary: 'Compare now. One that is under way is answered instead of another.',
    description:
      'Every night the last 35 days are compared by themselves. What is certain is put right; the rest is listed as differences.',
  })
    .input(z.object({ days: z.int().min(1).max(400).default(35) }))
    .output(reconciliation),
  listDifferences: operation({
    method: 'GET',
    path: '/payments/differences',
    access: 'payments.read',
    tags,
    summary: 'Where books and processor differ, and a person has to look.',
  })
    .input(z.object({ state: z.enum(['open', 'settled']).optional(), ...paging }))
    .output(pageOf(difference)),
  settleDifference: operation({
    method: 'POST',
    path: '/payments/differences/{differenceId}/settlement',
    access: 'office:finance',
    interactive: true,
    tags,
    summary: 'Say what was done about a difference.',
  })
    .input(z.object({ differenceId: id, note: z.string().trim().min(1).max(1000) }))
    .output(difference),
}
