import type { EventName } from '@azora/contracts/events.ts'
import { webhookEvents } from '@azora/contracts/integrations.ts'
import type { Reaction, Reactions } from '@azora/kit/inbox.ts'
import { defineTask, runs } from '@azora/kit/jobs.ts'
import { personalDataPart } from '@azora/kit/personal-data.ts'
import type { ServiceDefinition } from '@azora/kit/service.ts'
import { fanOut } from './deliveries/fan-out.ts'
import { type Sender, startSender } from './deliveries/sender.ts'
import { integrationsPersonalData } from './privacy/personal-data.ts'
import { forgetOld } from './retention.ts'
import { integrationsHandlers } from './routes.ts'
import { resolveAsSystem, resolvePublic } from './webhooks/public-address.ts'

const forgetOldTask = defineTask('integrations.forget_old', { cron: '29 3 * * *', priority: 'late' })

/** How long an endpoint may take to answer. */
const timeoutMs = 15_000
// Long enough for most answers, short enough for the one who restarts the process.
const graceMs = 3000

/**
 * What a school's own programs are told, and how much of the API they use: webhooks with their deliveries, counts by
 * hour. Hears every event that a webhook may ask for.
 */
export const integrations: ServiceDefinition = {
  name: 'integrations',
  migrations: new URL('./migrations/', import.meta.url),
  hears: [...webhookEvents, 'user.export_requested'],
  wire(kit) {
    const { db, sealing, log, config } = kit
    let sender: Sender | null = null
    const wake = () => sender?.wake()
    const personal = personalDataPart(kit, integrationsPersonalData)
    const telling = (name: EventName): Reaction<EventName> => {
      return (tx, payload, event) => fanOut(tx, name, payload, event, wake)
    }
    return {
      handlers: integrationsHandlers(kit, wake),
      reactions: {
        ...(Object.fromEntries(webhookEvents.map(name => [name, telling(name)])) as Reactions),
        'user.export_requested': personal.reactions['user.export_requested'],
        // What told of the person before goes; that they are gone is still told.
        async 'user.deleted'(tx, payload, event) {
          await personal.reactions['user.deleted'](tx, payload, event)
          await telling('user.deleted')(tx, payload, event)
        },
      },
      jobs: [...personal.jobs, runs(forgetOldTask, () => forgetOld(db))],
      begin() {
        const toPrivate = config.webhooksToPrivate
        const resolve = toPrivate ? resolveAsSystem : resolvePublic
        sender = startSender({ db, sealing, log, calls: { timeoutMs, resolve, toPrivate }, graceMs })
        return sender
      },
    }
  },
}
