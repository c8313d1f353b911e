import { randomUUID } from 'node:crypto'
import { admins, members, nobody, nothing, type Row, type World } from '../callers.ts'
import { operationsRows } from './operations.ts'

const wanted = () => ({ url: 'https://hooks.example.com/azora', events: ['course.enrolled'] })

async function webhook({ people }: World): Promise<{ webhookId: string }> {
  return {
    webhookId: (
      await people.admin.api.integrations.createWebhook({ ...wanted(), events: ['course.enrolled'] })
    ).id,
  }
}

const unknownDelivery = () => ({ deliveryId: randomUUID() })
const day = () => ({ from: new Date(Date.now() - 86_400_000).toISOString(), until: new Date().toISOString() })

export const integrationsRows: Record<string, Row> = {
  'integrations.listWebhooks': { expect: admins(), input: nothing },
  'integrations.createWebhook': { expect: admins(201), input: wanted },
  'integrations.saveWebhook': {
    expect: admins(200, 404),
    input: async world => ({ ...(await webhook(world)), status: 'paused' }),
  },
  'integrations.deleteWebhook': { expect: admins(200, 404), input: webhook },
  'integrations.rotateWebhookSecret': { expect: admins(200, 404), input: webhook },
  'integrations.testWebhook': { expect: admins(200, 404), input: webhook },
  'integrations.listDeliveries': { expect: admins(200, 404), input: webhook },
  'integrations.getDelivery': { expect: admins(404), input: unknownDelivery },
  'integrations.replayDelivery': { expect: admins(404), input: unknownDelivery },
  'integrations.replayFailed': {
    expect: admins(200, 404),
    input: async world => ({ ...(await webhook(world)), since: new Date().toISOString() }),
  },
  'integrations.getUsage': { expect: members, input: day },
  'integrations.recordUsage': { expect: nobody, input: () => ({ batchId: randomUUID(), counts: [] }) },
  ...operationsRows('integrations'),
}
