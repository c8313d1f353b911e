import type { Redis } from 'ioredis'
import { whenCommitted } from './context.ts'
import type { Logger } from './log.ts'
import { startLoop } from './loop.ts'
import type { Notices } from './notices.ts'

/**
 * Access tokens are believed without asking anyone, so what ends before its time must be made known: sessions and
 * keys that were revoked, and people whose tokens from before a moment are stale because their roles changed or
 * they were barred. Auth's table is the truth; every process reads what is new in it every few seconds, and at once
 * when told through Redis, through the database or within the process. A gateway of its own has no database: without
 * Redis the news takes those seconds there. Without auth the last known state holds, and a token ends by itself after
 * a quarter of an hour.
 */
export type Revocations = {
  /** Whether a token was revoked. `issuedAt` in seconds, with fractions. */
  cover(token: { sessionId: string; userId: string; issuedAt: number }): boolean
  /** Something was revoked just now: everybody looks. */
  announce(): void
  /** Call `listener` whenever something new was revoked, until the returned function is called. */
  onNews(listener: () => void): () => void
  stop(): Promise<void>
}

type News = {
  last: number
  items: { kind: 'session' | 'user'; id: string; at: string }[]
}

const channel = 'azora:revocations'
const topic = 'revocations'
const idleMs = 5000
// Longer than any access token lives.
const rememberedMs = 20 * 60_000

/** For whatever verifies no tokens of others, and tests of other things. */
export const noRevocations: Revocations = {
  cover: () => false,
  announce() {},
  onNews: () => () => {},
  async stop() {},
}

export function createRevocations(options: {
  fetchNews(after: number): Promise<News>
  redis: Redis | null
  notices: Notices
  log: Logger
}): Revocations {
  const { redis, notices, log } = options
  const sessions = new Map<string, number>()
  const people = new Map<string, number>()
  const listeners = new Set<() => void>()
  let last = 0
  // Until auth has answered once, it is starting rather than away.
  let away = true

  async function pull(): Promise<'idle'> {
    try {
      const news = await options.fetchNews(last)
      last = news.last
      for (const { kind, id, at } of news.items) {
        const ms = Date.parse(at)
        if (kind === 'session') sessions.set(id, ms)
        else people.set(id, Math.max(ms, people.get(id) ?? 0))
      }
      if (news.items.length > 0) for (const listener of listeners) listener()
      away = false
    } catch (failure) {
      if (!away) log.warn('Revocations cannot be read; the last known state holds', { failure })
      away = true
    }
    forget(sessions)
    forget(people)
    return 'idle'
  }

  const loop = startLoop({ name: 'Reading revocations', log, idleMs, step: pull })
  const listening = redis?.duplicate({ enableOfflineQueue: true, maxRetriesPerRequest: null }) ?? null
  listening?.on('error', () => {}) // the first connection tells of it
  listening?.subscribe(channel).catch(failure => log.debug('Could not subscribe to Redis', { failure }))
  listening?.on('message', () => loop.wake())
  const unhear = notices.on(topic, () => loop.wake())

  return {
    cover({ sessionId, userId, issuedAt }) {
      if (sessions.has(sessionId)) return true
      const staleBefore = people.get(userId)
      return staleBefore !== undefined && issuedAt * 1000 < staleBefore
    },
    announce: () =>
      whenCommitted(() => {
        loop.wake()
        notices.tell(topic)
        redis
          ?.publish(channel, '1')
          .catch(failure => log.debug('Could not announce a revocation through Redis', { failure }))
      }),
    onNews(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    async stop() {
      listening?.disconnect()
      unhear()
      await loop.stop()
    },
  }
}

function forget(known: Map<string, number>): void {
  const before = Date.now() - rememberedMs
  for (const [id, at] of known) if (at < before) known.delete(id)
}
