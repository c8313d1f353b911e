import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import { whenCommitted } from './context.ts'
import type { Logger } from './log.ts'

/**
 * Tells those who wait, in this process or another one, that something about a topic has changed; what has changed is
 * in the database. A signal carries nothing and may be lost with Redis, so one who waits also looks by itself now and
 * then (`watch.ts`).
 */
export type Signals = {
  /** Say that the topic changed: at once, or when what the request has written is committed. */
  send(topic: string): void
  /** Call `listener` at each signal, until the returned function is called. */
  hear(topic: string, listener: () => void): () => void
  stop(): void
}

const channelOf = (topic: string) => `azora:signal:${topic}`

/** @param redis where there are other processes; without it, signals stay in this one. */
export function createSignals(redis: Redis | null, log: Logger): Signals {
  const listeners = new Map<string, Set<() => void>>()
  // A connection of its own, opened when someone first waits: one that subscribes can do nothing else.
  let subscriber: Redis | null = null
  // Redis brings a signal back to where it was sent, too; there it has been heard already.
  const self = randomUUID()

  function tellHere(topic: string): void {
    for (const listener of listeners.get(topic) ?? []) listener()
  }

  function subscribed(): Redis | null {
    if (subscriber || !redis) return subscriber
    subscriber = redis.duplicate({
      enableOfflineQueue: true,
      maxRetriesPerRequest: null,
      commandTimeout: undefined,
    })
    subscriber.on('error', () => {}) // the first connection tells of it
    const prefix = channelOf('').length
    subscriber.on('message', (channel: string, sender: string) => {
      if (sender !== self) tellHere(channel.slice(prefix))
    })
    return subscriber
  }

  const missed = (failure: unknown) => log.debug('Redis did not pass on a signal', { failure })

  return {
    send: topic =>
      whenCommitted(() => {
        if (redis) redis.publish(channelOf(topic), self).catch(missed)
        // Without Redis's help: one who waits here looks at once, also while it is away.
        tellHere(topic)
      }),
    hear(topic, listener) {
      const known = listeners.get(topic)
      if (known) known.add(listener)
      else {
        listeners.set(topic, new Set([listener]))
        subscribed()?.subscribe(channelOf(topic)).catch(missed)
      }
      return () => {
        const left = listeners.get(topic)
        if (!left?.delete(listener) || left.size > 0) return
        listeners.delete(topic)
        subscriber?.unsubscribe(channelOf(topic)).catch(missed)
      }
    },
    stop: () => subscriber?.disconnect(),
  }
}
