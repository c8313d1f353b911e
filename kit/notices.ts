import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import type { Logger } from './log.ts'

/**
 * One connection of a process on which PostgreSQL tells it of what other processes did: an event that was published
 * where no relay runs, a revocation, a cancelled job. What happens within the process is told within it, and a notice
 * only saves waiting: each that hears one also looks by itself from time to time, for a notice may be lost.
 */
export type Notices = {
  /** @returns how to hear it no more. After a connection was lost, everything counts as told, without a detail. */
  on(topic: string, heard: (detail: string | null) => void): () => void
  /** Tell every process, this one too. What cannot be told now is not told. */
  tell(topic: string): void
  /**
   * Do something on the connection whenever there is a new one, before anything else: what lives as long as the
   * connection does.
   * @returns `done` when it was first done, which without a connection is when there is one again, or when it was ended
   * before; and how to do it no more. What was done on a connection that is there stays done.
   */
  whenConnected(work: (client: pg.Client) => Promise<void>): { done: Promise<void>; end(): void }
  /** The connection, if there is one just now. */
  client(): pg.Client | null
  stop(): Promise<void>
}

/** For a process without a database. */
export const noNotices: Notices = {
  on: () => () => {},
  tell() {},
  whenConnected: () => ({ done: Promise.resolve(), end() {} }),
  client: () => null,
  stop: async () => {},
}

/** The channel that `azora_jobs.cancel_own` and `publish` use; a notice is a topic, and a detail behind a space. */
export const noticeChannel = 'azora'

const mostPauseMs = 5000

/** @throws when the database cannot be reached at first. Later the connection is taken up again whenever it is lost. */
export async function openNotices({ url, log }: { url: string; log: Logger }): Promise<Notices> {
  const hearers = new Map<string, Set<(detail: string | null) => void>>()
  const duties = new Set<(client: pg.Client) => Promise<void>>()
  const stopping = new AbortController()
  let current: pg.Client | null = null

  function hear(text: string): void {
    const [topic = '', ...detail] = text.split(' ')
    for (const heard of hearers.get(topic) ?? []) heard(detail.join(' ') || null)
  }

  async function connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'azora-notices',
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
    })
    client.on('error', failure => log.warn('The connection for notices was lost', { failure }))
    client.on('notification', ({ payload }) => hear(payload ?? ''))
    try {
      await client.connect()
      await client.query(`listen ${noticeChannel}`)
      for (const duty of duties) await duty(client)
    } catch (failure) {
      await client.end().catch(() => {}) // it is gone already
      throw failure
    }
    client.once('end', () => {
      current = null
      if (!stopping.signal.aborted) void reconnect()
    })
    current = client
  }

  async function reconnect(): Promise<void> {
    for (let attempt = 0; !stopping.signal.aborted; attempt++) {
      const pauseMs = Math.min(mostPauseMs, 100 * 2 ** attempt)
      await setTimeout(pauseMs, undefined, { signal: stopping.signal, ref: false }).catch(() => {})
      if (stopping.signal.aborted) return
      try {
        await connect()
        break
      } catch (failure) {
        log.debug('No connection for notices yet', { failure })
      }
    }
    for (const topic of hearers.values()) for (const heard of topic) heard(null)
  }

  await connect()
  return {
    on(topic, heard) {
      const topicHearers = hearers.get(topic) ?? new Set()
      hearers.set(topic, topicHearers.add(heard))
      return () => topicHearers.delete(heard)
    },
    tell(topic) {
      current
        ?.query('select pg_notify($1, $2)', [noticeChannel, topic])
        .catch(failure => log.debug('A notice could not be told', { failure }))
    },
    whenConnected(work) {
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const duty = (client: pg.Client) => work(client).then(resolve)
      duties.add(duty)
      if (current) duty(current).catch(reject)
      return {
        done: promise,
        end() {
          duties.delete(duty)
          resolve()
        },
      }
    },
    client: () => current,
    async stop() {
      stopping.abort()
      await current?.end()
    },
  }
}
