import { type EventName, type EventPayload, readPayload, versionOf } from '@azora/contracts/events.ts'
import { takeOverCorrelation } from './context.ts'
import type { Database, Transaction } from './db.ts'
import type { Logger } from './log.ts'
import { fallbackMs, startLoop } from './loop.ts'
import type { Metrics } from './metrics.ts'
import { noteOperations } from './operations-news.ts'
import type { EventEnvelope } from './outbox.ts'
import { sql } from './sql.ts'
import { isStorageFull } from './storage-full.ts'
import { inSpan } from './tracing.ts'

/** What a service does on hearing an event, in one transaction with the mark that it was done. */
export type Reaction<N extends EventName> = (
  tx: Transaction,
  payload: EventPayload<N>,
  event: { id: string; occurredAt: string },
) => Promise<void>

/** What a service does on hearing many events of one name, of one school, where each by itself would cost more. */
export type BatchReaction<N extends EventName> = {
  all(tx: Transaction, events: { payload: EventPayload<N>; id: string; occurredAt: string }[]): Promise<void>
}

export type Reactions = { [N in EventName]?: Reaction<N> | BatchReaction<N> }

const fullWaitSeconds = 15
// An upgrade restarts the process, and what waits should not keep it waiting long after that.
const newerWaitSeconds = 60
const maxAttempts = 12
const batchSize = 50

type Waiting = EventEnvelope & { attempts: number }

/** Store events in a service's inbox. An event that is there already, from an earlier delivery, is left alone. */
export async function receive(db: Database, received: EventEnvelope[]): Promise<void> {
  if (received.length === 0) return
  await db.infrastructure.run(sql`
    insert into inbox (id, name, version, organization_id, payload, correlation_id, occurred_at)
    select * from jsonb_to_recordset(${JSON.stringify(
      received.map(event => ({
        id: event.id,
        name: event.name,
        version: event.version,
        organization_id: event.organizationId,
        payload: event.payload,
        correlation_id: event.correlationId,
        occurred_at: event.occurredAt,
      })),
    )}::jsonb) as e (id uuid, name text, version int, organization_id uuid, payload jsonb, correlation_id text, occurred_at timestamptz)
    on conflict (id) do nothing`)
}

type AnyReaction = Reaction<EventName> | BatchReaction<EventName> | undefined

/**
 * What is reacted to at once: an event by itself, or those of one name and school that have a reaction to many. An event
 * by itself comes after those of its school that came before it; else those of many come last, in the order of the
 * schools' ids, so that two processes seldom wait for each other.
 */
function together(reactions: Reactions, batch: Waiting[]): [Waiting, ...Waiting[]][] {
  const inOrder: [Waiting, ...Waiting[]][] = []
  let groups = new Map<string, [Waiting, ...Waiting[]]>()
  for (const event of batch) {
    const key = `${event.organizationId} ${event.name}`
    const group = groups.get(key)
    if (typeof reactions[event.name] === 'object') {
      if (group) group.push(event)
      else groups.set(key, [event])
      continue
    }
    const [earlier, others] = parted(
      groups,
      ([{ organizationId }]) => organizationId === event.organizationId,
    )
    inOrder.push(...earlier, [event])
    groups = others
  }
  return [...inOrder, ...parted(groups, () => true)[0]]
}

/** The groups for which it is so, by key, and the rest. */
function parted<G>(groups: Map<string, G>, isSo: (group: G) => boolean): [G[], Map<string, G>] {
  const entries = [...groups].sort(([one], [other]) => (one < other ? -1 : 1))
  return [
    entries.filter(([, group]) => isSo(group)).map(([, group]) => group),
    new Map(entries.filter(([, group]) => !isSo(group))),
  ]
}

async function react(tx: Transaction, reactions: Reactions, events: [Waiting, ...Waiting[]]): Promise<void> {
  const [{ name, organizationId, correlationId }] = events
  const reaction = reactions[name] as AnyReaction
  // A name no longer heard is done with: it was subscribed to by an earlier release.
  if (!reaction) return
  const heard = events.map(({ id, occurredAt, version, payload }) => ({
    payload: readPayload(name, version, payload),
    id,
    occurredAt,
  }))
  await tx.enter(organizationId)
  await inSpan(`react ${name}`, { 'azora.correlation_id': correlationId }, () =>
    takeOverCorrelation(correlationId, async () => {
      if (typeof reaction === 'object') return reaction.all(tx, heard)
      for (const { payload, id, occurredAt } of heard) await reaction(tx, payload, { id, occurredAt })
    }),
  )
}

/**
 * Runs a service's reactions over its inbox. A batch shares one transaction, since commits are what events cost;
 * when one of them fails the batch is taken back and each is tried alone, so that a bad event delays only itself.
 */
export function startInbox(options: {
  db: Database
  reactions: Reactions
  log: Logger
  metrics: Metrics
  /** For tests: how often it looks without being woken. */
  idleMs?: number
}) {
  const { db, reactions, log, metrics } = options

  /** Take up what waits. It counts as done once the transaction commits, and waits again if that fails. */
  const claim = async (tx: Transaction, limit: number) => {
    const claimed = await tx.rows<Waiting & { due: number }>(sql`
      with due as (
        select id from inbox
        where processed_at is null and failed_at is null and next_attempt_at <= clock_timestamp()
        order by next_attempt_at, id limit ${limit} for update skip locked)
      update inbox i set processed_at = clock_timestamp(), attempts = i.attempts + 1, error = null
      from due where i.id = due.id
      returning i.id, i.name, i.version, i.organization_id, i.payload, i.correlation_id, i.occurred_at,
        i.attempts - 1 as attempts, extract(epoch from i.next_attempt_at)::float8 as due`)
    return claimed.sort((a, b) => a.due - b.due || (a.id < b.id ? -1 : 1))
  }

  const anyWaiting = async () =>
    (await db.infrastructure.run(sql`
      select from inbox
      where processed_at is null and failed_at is null and next_attempt_at <= clock_timestamp() limit 1`)) > 0

  /** Those that this release knows. The others, of a newer one, wait for this process to be upgraded, however long. */
  function knownOf(tx: Transaction, batch: Waiting[]): Waiting[] {
    const newer = batch.filter(({ name, version }) => version > versionOf(name))
    if (newer.length === 0) return batch
    const ids = newer.map(({ id }) => id)
    log.warn('Events of a newer release wait until this one is upgraded', {
      events: ids,
      name: newer[0]?.name,
    })
    tx.send(sql`
      update inbox set error = 'Published by a newer release; waits for the upgrade.', processed_at = null,
        attempts = attempts - 1, next_attempt_at = clock_timestamp() + make_interval(secs => ${newerWaitSeconds})
      where id = any(${ids}::uuid[])`)
    loop.wakeIn(newerWaitSeconds * 1000)
    return batch.filter(event => !newer.includes(event))
  }

  function count(handled: Waiting[]): void {
    noteOperations(db.service, handled)
    for (const event of handled) {
      metrics.eventsHandled.inc({ service: db.service, outcome: 'done' })
      metrics.eventLagSeconds.observe(
        { service: db.service },
        (Date.now() - Date.parse(event.occurredAt)) / 1000,
      )
    }
  }

  /** @returns how many were taken up, those of a newer release too. */
  async function handleBatch(): Promise<number> {
    const { taken, handled } = await db.infrastructure.transaction(async tx => {
      const found = await claim(tx, batchSize)
      const batch = knownOf(tx, found)
      for (const events of together(reactions, batch)) await react(tx, reactions, events)
      return { taken: found.length, handled: batch }
    })
    count(handled)
    return taken
  }

  /** @returns how many were taken up: one or none. */
  async function handleAlone(): Promise<number> {
    let taken: Waiting | null = null
    try {
      const { found, handled } = await db.infrastructure.transaction(async tx => {
        // Anew each time that the transaction is tried again.
        taken = null
        const claimed = await claim(tx, 1)
        const batch = knownOf(tx, claimed)
        taken = batch[0] ?? null
        for (const event of batch) await react(tx, reactions, [event])
        return { found: claimed.length, handled: batch }
      })
      count(handled)
      return found
    } catch (failure) {
      // Also where it came with the commit: what a reaction sent without waiting is answered only then.
      if (!taken) throw failure
      await postpone({ event: taken, failure })
      return 1
    }
  }

  async function postpone({ event, failure }: { event: Waiting; failure: unknown }): Promise<void> {
    // A full disk is nothing that the event could be given up for: it waits until there is space.
    const full = isStorageFull(failure)
    const attempts = full ? event.attempts : event.attempts + 1
    const givenUp = attempts >= maxAttempts
    const waitSeconds = full ? fullWaitSeconds : Math.min(600, 2 ** attempts / 4)
    log.error(givenUp ? 'An event was given up' : 'An event will be tried again', {
      event: event.id,
      name: event.name,
      attempts,
      failure,
    })
    metrics.eventsHandled.inc({ service: db.service, outcome: givenUp ? 'given_up' : 'retried' })
    await db.infrastructure.run(sql`
      update inbox set attempts = ${attempts}, error = ${String(failure).slice(0, 500)},
        next_attempt_at = clock_timestamp() + make_interval(secs => ${waitSeconds}),
        failed_at = case when ${givenUp} then clock_timestamp() end
      where id = ${event.id} and processed_at is null`)
    if (!givenUp) loop.wakeIn(waitSeconds * 1000)
    noteOperations(db.service, [event])
  }

  let singly = 0
  const loop = startLoop({
    name: `Inbox of ${db.service}`,
    log,
    idleMs: options.idleMs ?? fallbackMs,
    async step(expecting) {
      // What it does every ten seconds for years is one statement, not a transaction.
      if (!expecting && !(await anyWaiting())) return 'idle'
      if (singly > 0) {
        singly -= 1
        return (await handleAlone()) > 0 ? 'more' : 'idle'
      }
      try {
        // A batch that is not full has emptied the inbox; what arrived meanwhile has woken the loop.
        return (await handleBatch()) === batchSize ? 'more' : 'idle'
      } catch (failure) {
        log.warn('A batch of events failed; each is tried alone', { failure })
        singly = batchSize
        return 'more'
      }
    },
  })
  return loop
}
