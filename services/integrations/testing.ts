import { randomUUID } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { EventName } from '@azora/contracts/events.ts'
import { integrationsContract } from '@azora/contracts/integrations.ts'
import { hostContract } from '@azora/kit/http.ts'
import type { Actor } from '@azora/kit/identity.ts'
import { receive, startInbox } from '@azora/kit/inbox.ts'
import { operationsHandlers } from '@azora/kit/operations.ts'
import { createTestKit, testContext } from '@azora/kit/testing.ts'
import { type Sender, startSender } from './deliveries/sender.ts'
import { integrationsHandlers } from './routes.ts'
import { integrations } from './service.ts'
import { countWaitingEvents } from './testing.store.ts'
import { type Resolve, resolveAsSystem } from './webhooks/public-address.ts'

/** The service on a fresh database, with a sender that also calls this machine. For tests. */
export async function startIntegrations() {
  const made = await createTestKit(integrations)
  const kit = { ...made, config: { ...made.config, webhooksToPrivate: true } }
  const { db, log, metrics, sealing } = kit
  const school = randomUUID()
  const senders: Sender[] = []
  const wake = () => senders.at(-1)?.wake()
  const host = hostContract({
    service: 'integrations',
    contract: integrationsContract,
    handlers: { ...operationsHandlers(db, () => {}), ...integrationsHandlers(kit, wake) } as never,
    identity: kit.identity,
    internalKey: null,
    db,
    log,
    metrics,
  })
  const admin: Actor = {
    userId: randomUUID(),
    organizationId: school,
    roles: ['admin'],
    sessionId: randomUUID(),
    authenticatedAt: Math.floor(Date.now() / 1000),
  }
  const { reactions = {} } = integrations.wire(kit)

  return {
    ...kit,
    host,
    school,
    admin,
    /** Call an operation, as the administrator unless said otherwise. */
    call<T>(operation: string, input: unknown, actor: Actor = admin): Promise<T> {
      return host.invoke(operation, input, testContext(actor)) as Promise<T>
    },
    startSender(options: { timeoutMs?: number; resolve?: Resolve; toPrivate?: boolean } = {}): Sender {
      const { timeoutMs = 15_000, resolve = resolveAsSystem, toPrivate = true } = options
      const sender = startSender({ db, sealing, log, calls: { timeoutMs, resolve, toPrivate }, graceMs: 50 })
      senders.push(sender)
      return sender
    },
    /** Events as another service published them, until all were reacted to. */
    async hear(events: { name: EventName; payload: object; id?: string }[], organizationId = school) {
      await receive(
        db,
        events.map(({ name, payload, id }) => ({
          id: id ?? randomUUID(),
          name,
          version: 1,
          organizationId,
          payload: { organizationId, ...payload },
          correlationId: 'test',
          occurredAt: '2026-11-24T08:00:00.000Z',
        })),
      )
      const inbox = startInbox({ db, reactions, log, metrics })
      await until(async () => (await countWaitingEvents(db.infrastructure)) === 0)
      await inbox.stop()
      wake()
    },
    async dispose() {
      for (const sender of senders) await sender.stop()
      await made.dispose()
    },
  }
}

/** Wait for what another part of the system is about to do. */
export async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = performance.now() + 15_000
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error('It did not come about.')
    await new Promise(resolve => setTimeout(resolve, 5))
  }
}

export type Received = { path: string; headers: IncomingHttpHeaders; body: string }

/** A program of the school's that is told of events. `answer` may be replaced at any time. */
export async function startReceiver() {
  const received: Received[] = []
  const receiver = {
    received,
    url: '',
    answer: (res: ServerResponse, _request: Received): void => void res.end('thank you'),
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
  const server = createServer(async (req, res) => {
    const request = { path: req.url ?? '', headers: req.headers, body: await text(req) }
    received.push(request)
    receiver.answer(res, request)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  return receiver
}
