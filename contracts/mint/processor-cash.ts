import { z } from 'zod'
import { operation } from '../operation.ts'
import { id } from '../wire.ts'

/** What services ask of the books. */
export const processorCashOperations = {
  findProcessorCash: operation({
    method: 'POST',
    path: '/mint/processor-cash',
    access: 'internal',
    reads: true,
    tags: ['mint'],
    summary:
      'What of each payment, or bill of a subscription, is booked as cash at the processor: what came, less what left again, without the processor’s fees.',
  })
    .input(z.object({ organizationId: id, paymentIds: z.array(id).max(500) }))
    .output(z.object({ items: z.array(z.object({ paymentId: id, amountMinor: z.int() })) })),
}
