import type { giftOperations } from '@azora/contracts/payments/gift.ts'
import { callerOf } from '@azora/kit/caller.ts'
import type { Handlers } from '@azora/kit/handlers.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { readGift, sendGift } from './read-gift.ts'

/** Gifts, each operation handed to its use case. */
export function giftRoutes(
  tools: Pick<ServiceKit, 'db' | 'limiter' | 'sealing'>,
): Handlers<typeof giftOperations> {
  return {
    getGift: ({ orderId }, context) => readGift(tools, callerOf(context), orderId),
    async sendGift(input, context) {
      await sendGift(tools, callerOf(context), input)
      return { ok: true }
    },
  }
}
