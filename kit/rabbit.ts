import type { Duplex } from 'node:stream'
import { type EventName, events } from '@azora/contracts/events.ts'
import amqp, { type Channel, type ChannelModel, type ConfirmChannel, type ConsumeMessage } from 'amqplib'
import { z } from 'zod'
import { refuseInsideTransaction } from './context.ts'
import { receive } from './inbox.ts'
import type { Logger } from './log.ts'
import type { EventEnvelope } from './outbox.ts'
import type { Delivery, Subscriber } from './relay.ts'

/**
 * Events between processes: a durable topic exchange, a quorum queue per service bound to the names it hears, and
 * a dead-letter queue for what cannot be read. A message is confirmed by the broker before the outbox row is
 * marked, and acknowledged only once it lies in the subscriber's inbox; so a broker, a network or a process may
 * fail at any point without an event being lost.
 */

const exchange = 'azora.events'
const deadExchange = 'azora.dead'

const envelope = z.object({
  id: z.uuid(),
  name: z.string().refine(name => name in events),
  // Messages of releases before there were versions are of the first.
  version: z.int().min(1).default(1),
  organizationId: z.uuid(),
  payload: z.unknown(),
  correlationId: z.string(),
  occurredAt: z.iso.datetime(),
})

export type Broker = {
  deliver: Delivery
  subscribe(service: string, subscriber: Subscriber): Promise<void>
  connected(): boolean
  close(): Promise<void>
}

// A broker that is only just starting may take a request and never answer it.
const setupWithinMs = 10_000

/** Break a connection off, so that it is taken up anew: a closed channel or a lost consumer comes back no other way. */
function cut(model: ChannelModel, why: string): void {
  const { stream } = model.connection as unknown as { stream: Duplex }
  stream.destroy(new Error(why))
}

/**
 * Connect to RabbitMQ and stay connected: a lost connection is taken up again with growing pauses.
 *
 * @param audience every service of the installation with what it hears. Their queues are made before anything is
 *   published, so that an event for a service that has never run yet waits for it instead of being dropped.
 */
export async function connectBroker(
  url: string,
  log: Logger,
  audience: readonly { name: string; hears: readonly EventName[] }[] = [],
): Promise<Broker> {
  let connected = false
  let closing = false
  let publisher: ConfirmChannel | null = null
  const subscriptions = new Map<string, Subscriber>()
  let openConsumer: ((service: string, subscriber: Subscriber) => Promise<void>) | null = null

  function watch<C extends Channel>(model: ChannelModel, channel: C): C {
    channel.on('error', (failure: Error) => log.warn('A RabbitMQ channel failed', { failure }))
    channel.on('close', () => {
      if (!closing) cut(model, 'A RabbitMQ channel was closed.')
    })
    return channel
  }

  async function open(model: ChannelModel): Promise<void> {
    const channel = watch(model, await model.createConfirmChannel())
    await channel.assertExchange(exchange, 'topic', { durable: true })
    await channel.assertExchange(deadExchange, 'fanout', { durable: true })
    await channel.assertQueue(deadExchange, { durable: true, arguments: { 'x-queue-type': 'quorum' } })
    await channel.bindQueue(deadExchange, deadExchange, '')
    for (const { name, hears } of audience) await declareQueue(channel, name, hears)
    const subscribe = async (service: string, subscriber: Subscriber) => {
      await consume(watch(model, await model.createChannel()), service, subscriber, log)
    }
    for (const [service, subscriber] of subscriptions) await subscribe(service, subscriber)
    publisher = channel
    openConsumer = subscribe
    connected = true
  }

  const connection = await amqp.connect(url, {
    recovery: {
      maxDelay: 5000,
      initialMaxRetries: 5,
      async setup(model: ChannelModel) {
        // Until it is set up nobody else listens, and an error that is not heard ends the process.
        model.on('error', (failure: Error) => log.warn('The RabbitMQ connection failed', { failure }))
        const broken = new Promise<never>((_resolve, reject) => {
          model.once('close', () => reject(new Error('The connection broke while it was set up.')))
        })
        broken.catch(() => {}) // it may break at any later time, when nobody waits here any more
        const timer = setTimeout(() => cut(model, 'RabbitMQ did not answer.'), setupWithinMs)
        try {
          await Promise.race([open(model), broken])
        } finally {
          clearTimeout(timer)
        }
      },
    },
  })
  connection.on('disconnect', failure => {
    connected = false
    publisher = null
    openConsumer = null
    log.warn('RabbitMQ is down; events wait in their outboxes', { failure })
  })
  connection.on('connect', () => log.info('Connected to RabbitMQ'))
  connection.on('error', failure => log.warn('The RabbitMQ connection failed', { failure }))

  return {
    async deliver(batch) {
      refuseInsideTransaction('Publishing to RabbitMQ')
      const channel = publisher
      if (!channel) throw new Error('RabbitMQ is down.')
      for (const event of batch) {
        channel.publish(exchange, event.name, Buffer.from(JSON.stringify(event)), {
          persistent: true,
          contentType: 'application/json',
          messageId: event.id,
          correlationId: event.correlationId,
        })
      }
      await channel.waitForConfirms()
    },
    async subscribe(service, subscriber) {
      subscriptions.set(service, subscriber)
      if (openConsumer) await openConsumer(service, subscriber)
    },
    connected: () => connected,
    close() {
      closing = true
      return connection.close()
    },
  }
}

/** A service's queue, bound to what it hears. @returns its name. */
async function declareQueue(channel: Channel, service: string, hears: Iterable<EventName>): Promise<string> {
  const queue = `azora.${service}`
  await channel.assertQueue(queue, {
    durable: true,
    arguments: { 'x-queue-type': 'quorum', 'x-dead-letter-exchange': deadExchange },
  })
  for (const name of hears) await channel.bindQueue(queue, exchange, name)
  return queue
}

async function consume(
  channel: Channel,
  service: string,
  subscriber: Subscriber,
  log: Logger,
): Promise<void> {
  const queue = await declareQueue(channel, service, subscriber.names)
  await channel.prefetch(200)

  // Messages that arrive together are stored together: one statement and one commit for a burst.
  let held: { message: ConsumeMessage; event: EventEnvelope }[] = []
  let storing = false
  let closed = false
  channel.on('close', () => {
    closed = true
  })
  async function store(): Promise<void> {
    if (storing) return
    storing = true
    while (held.length > 0 && !closed) {
      const batch = held
      held = []
      try {
        await receive(
          subscriber.db,
          batch.map(entry => entry.event),
        )
        for (const { message } of batch) channel.ack(message)
        subscriber.wake()
      } catch (failure) {
        log.warn('Events could not be stored; the broker keeps them', { failure })
        // They are held here, not handed back: RabbitMQ 4 gives up a message after twenty returns, and a database
        // may be away for longer than that takes.
        held = [...batch, ...held]
        await new Promise(resolve => setTimeout(resolve, 500))
      }
    }
    storing = false
  }

  await channel.consume(queue, message => {
    if (!message) {
      // The broker took the queue away from us, as it does when the queue's leader is lost.
      channel.close().catch(failure => log.debug('The RabbitMQ channel was closed already', { failure }))
      return
    }
    const parsed = envelope.safeParse(readJson(message.content))
    if (!parsed.success) {
      log.error('A message that is not an event went to the dead-letter queue', { queue })
      channel.nack(message, false, false)
      return
    }
    held.push({ message, event: parsed.data as EventEnvelope & { name: EventName } })
    store().catch(failure => log.warn('The RabbitMQ channel closed while storing', { failure }))
  })
}

function readJson(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString('utf8'))
  } catch {
    return null
  }
}
