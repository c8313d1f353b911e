import { readConfig } from '@azora/kit/config.ts'
import type { Actor } from '@azora/kit/identity.ts'
import { createLog } from '@azora/kit/log.ts'
import { createSealing } from '@azora/kit/sealing.ts'
import { clientsOf } from '@azora/kit/sisters.ts'
import { openStripe } from '@azora/kit/stripe.ts'
import { testContext, testSecret } from '@azora/kit/testing.ts'
import { settleOld } from '@azora/service-payments/stripe/settle-job.ts'
import { openStripeDoor } from '@azora/service-payments/stripe/stripe-door.ts'
import express from 'express'
import { startProcess } from '../../apps/azora/process.ts'
import { services } from '../../apps/azora/services.ts'

/** All services in a process that its parent asks by messages, and kills whenever it likes. */

export type Installation = {
  adminUrl: string
  secret: string
  dataDir: string
  webhookPort: number
  stripe: { secretKey: string; webhookSecret: string; sandboxUrl: string }
}
export type Asked = { id: number } & (
  | { ask: 'call'; actor: Actor; service: string; operation: string; input: unknown }
  | { ask: 'sweep' }
)
export type Answered = { id: number; value?: unknown; failure?: { code: string; message: string } }

const { adminUrl, secret, dataDir, webhookPort, stripe } = JSON.parse(process.argv[2] ?? '') as Installation

const azora = await startProcess({
  config: readConfig({}),
  installation: { dataDir, secret, adminUrl },
  run: services.map(({ name }) => name),
  stripeSandbox: async () => stripe,
  log: createLog({ level: 'error', file: null, console: false }),
})
const payments = azora.directory.running.get('payments')
if (!payments?.routers.v1) throw new Error('Payments does not run.')
express().use(payments.routers.v1).listen(webhookPort, '127.0.0.1')

type Clients = Record<string, Record<string, (input: unknown) => Promise<unknown>>>

async function answer(asked: Asked): Promise<unknown> {
  if (asked.ask === 'call') {
    const clients = clientsOf(azora.directory, testContext(asked.actor)) as unknown as Clients
    return clients[asked.service]?.[asked.operation]?.(asked.input)
  }
  const door = openStripeDoor({ stripe: () => openStripe(stripe), config: readConfig({}) })
  await settleOld({
    db: payments?.subscriber.db as never,
    stripe: door,
    publicUrl: 'http://localhost',
    sealing: createSealing([testSecret]),
    onPaid() {},
  })
  return null
}

process.on('message', (asked: Asked) => {
  answer(asked).then(
    value => process.send?.({ id: asked.id, value: value ?? null } satisfies Answered),
    (failure: { code?: string; message?: string }) => {
      const { code = 'internal', message = String(failure) } = failure
      process.send?.({ id: asked.id, failure: { code, message } } satisfies Answered)
    },
  )
})
process.on('disconnect', () => process.exit())
process.send?.({ id: 0, value: 'ready' } satisfies Answered)
