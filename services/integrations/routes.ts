import type { integrationsContract } from '@azora/contracts/integrations.ts'
import { callerOf } from '@azora/kit/caller.ts'
import type { Handlers } from '@azora/kit/handlers.ts'
import type { OperationsName } from '@azora/kit/operations.ts'
import { actorOf, type RequestContext } from '@azora/kit/request-context.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import {
  getDelivery,
  listDeliveries,
  replayDelivery,
  replayFailed,
  testWebhook,
} from './deliveries/deliveries.ts'
import { addBatch } from './usage/usage.store.ts'
import { getUsage } from './usage/usage.ts'
import { selectWebhooks } from './webhooks/webhooks.store.ts'
import { createWebhook, removeWebhook, rotateWebhookSecret, saveWebhook } from './webhooks/webhooks.ts'

/** The operations of integrations, each handed to its use case. `wake` rouses the part that sends deliveries. */
export function integrationsHandlers(
  { db, sealing, config }: Pick<ServiceKit, 'db' | 'sealing' | 'config'>,
  wake: () => void,
): Omit<Handlers<typeof integrationsContract>, OperationsName> {
  const tools = { db, sealing, toPrivate: config.webhooksToPrivate, local: config.forThisMachine }
  const school = (context: RequestContext) => db.in(actorOf(context).organizationId)
  return {
    listWebhooks: async (_input, context) => ({ items: await selectWebhooks(school(context)) }),
    createWebhook: (input, context) => createWebhook(tools, callerOf(context), input),
    saveWebhook: (input, context) => saveWebhook(tools, callerOf(context), input),
    async deleteWebhook({ webhookId }, context) {
      await removeWebhook(db, callerOf(context), webhookId)
      return { ok: true as const }
    },
    rotateWebhookSecret: ({ webhookId }, context) => rotateWebhookSecret(tools, callerOf(context), webhookId),
    testWebhook: ({ webhookId }, context) => testWebhook(school(context), webhookId, wake),
    listDeliveries: (input, context) => listDeliveries(school(context), input),
    getDelivery: ({ deliveryId }, context) => getDelivery(school(context), deliveryId),
    replayDelivery: ({ deliveryId }, context) => replayDelivery(school(context), deliveryId, wake),
    replayFailed: async (input, context) => ({ replayed: await replayFailed(school(context), input, wake) }),
    getUsage: (input, context) => getUsage(db, actorOf(context), input),
    async recordUsage({ batchId, counts }) {
      await addBatch(db.across, batchId, counts)
      return { ok: true as const }
    },
  }
}
