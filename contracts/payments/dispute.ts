import { z } from 'zod'
import { operation } from '../operation.ts'
import { growing, id, pageOf, paging, time } from '../wire.ts'
import { positivePrice, price } from '../wire-money.ts'
import { tags } from './shapes.ts'

const dispute = z.object({
  id,
  /** The order, or the subscription, that was paid. */
  orderId: id.nullable(),
  subscriptionId: id.nullable(),
  titles: z.array(z.string()),
  buyer: z.object({ id, name: z.string() }).nullable(),
  amount: positivePrice,
  fee: price.nullable(),
  /** In the processor's words: `fraudulent`, `product_not_received`. */
  reason: z.string(),
  /**
   * `needs_response`: the bank waits for what the school says. `under_review`: it has it. `won`: the money is back. `lost`: it
   * is the buyer's. `closed`: an inquiry that took no money.
   */
  status: z.enum(['needs_response', 'under_review', 'won', 'lost', 'closed']).meta(growing),
  /** The bank asks, and has not taken the money. */
  inquiry: z.boolean(),
  evidenceDueAt: time.nullable(),
  openedAt: time,
  closedAt: time.nullable(),
  sandbox: z.boolean(),
})

/** Payments that a bank has taken back, or asks about. */
export const disputeOperations = {
  listDisputes: operation({
    method: 'GET',
    path: '/payments/disputes',
    access: 'payments.read',
    tags,
    summary: 'The payments of the school that were disputed, the newest first.',
  })
    .input(z.object({ state: z.enum(['open', 'over']).optional(), ...paging }))
    .output(pageOf(dispute)),
  answerDispute: operation({
    method: 'POST',
    path: '/payments/disputes/{disputeId}/evidence',
    access: 'office:finance',
    interactive: true,
    tags,
    summary: 'Send the bank what speaks for the school. It can be sent once.',
  })
    .input(z.object({ disputeId: id, evidence: z.string().trim().min(1).max(20_000) }))
    .output(dispute),
  acceptDispute: operation({
    method: 'POST',
    path: '/payments/disputes/{disputeId}/acceptance',
    access: 'office:finance',
    interactive: true,
    stepUp: true,
    tags,
    summary: 'Leave the money to the buyer. This cannot be undone.',
  })
    .input(z.object({ disputeId: id }))
    .output(dispute),
}
