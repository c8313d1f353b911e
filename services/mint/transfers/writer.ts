import { refuseInsideTransaction, withCorrelation } from '@azora/kit/context.ts'
import type { Database, ScopedDatabase } from '@azora/kit/db.ts'
import { AppError, stoppingFailure } from '@azora/kit/errors.ts'
import { movesOf, postFast } from './fast-path.ts'
import type { Outcome, Request } from './order.ts'
import { postAll } from './post-transfers.ts'

/**
 * Books together what many ask for at once. Each school has one batch under way; what arrives meanwhile is the next. So a
 * transfer that comes alone waits for nobody, and the more arrive, the more share the journeys, the locks and the one
 * write to disk. Nothing is acknowledged before its transaction is committed.
 */
export type Writer = {
  /**
   * @returns what came of each transfer, once it is on disk.
   * @throws AppError `ledger_busy` when too many wait already; nothing was booked then.
   */
  submit(organizationId: string, request: Request): Promise<Outcome[]>
  /** Take no more, and finish what waits. */
  stop(): Promise<void>
}

export type WriterBounds = {
  /** Transfers of one transaction, unless a single request has more. */
  mostInBatch: number
  /** Transfers of a school that wait for their turn, beyond which more are refused. */
  mostWaiting: number
}

// Large enough that the journeys and the write to disk weigh little, small enough that those who wait for the accounts
// of a batch wait some tens of milliseconds.
const usualBounds: WriterBounds = { mostInBatch: 2000, mostWaiting: 20_000 }

/** About the time in which a full queue is worked off. */
const retryAfterSeconds = 1

type Waiting = { request: Request; settle: PromiseWithResolvers<Outcome[]> }
type Shard = { queue: Waiting[]; waiting: number; turn: Promise<void> | null }

/** By the fast way where all of it can be made, else in order. */
async function post(school: ScopedDatabase, requests: readonly Request[]): Promise<Outcome[][]> {
  const moves = movesOf(requests)
  if (moves) {
    try {
      await school.transaction(tx => postFast(tx, requests, moves))
      return requests.map(({ transfers }) => transfers.map(({ id }) => ({ id, code: 'created' })))
    } catch (failure) {
      if (failure instanceof AppError) throw failure
    }
  }
  return school.transaction(tx => postAll(tx, requests))
}

export function createWriter(db: Database, bounds: WriterBounds = usualBounds): Writer {
  const shards = new Map<string, Shard>()
  let stopping = false

  function take(shard: Shard): Waiting[] {
    let size = 0
    let count = 0
    for (const { request } of shard.queue) {
      size += request.transfers.length
      if (count > 0 && size > bounds.mostInBatch) break
      count += 1
    }
    return shard.queue.splice(0, count)
  }

  async function write(organizationId: string, batch: readonly Waiting[]): Promise<void> {
    try {
      const requests = batch.map(({ request }) => request)
      const outcomes = await post(db.in(organizationId), requests)
      for (const [at, { settle }] of batch.entries()) settle.resolve(outcomes[at] as Outcome[])
    } catch (failure) {
      const [only, ...others] = batch
      if (others.length === 0 || failure instanceof AppError) {
        for (const { settle } of batch) settle.reject(failure)
        return
      }
      // One of them is at fault, and the others are not to suffer for it.
      for (const one of [only as Waiting, ...others]) await write(organizationId, [one])
    }
  }

  async function workOff(organizationId: string, shard: Shard): Promise<void> {
    while (shard.queue.length > 0) {
      const batch = take(shard)
      await write(organizationId, batch)
      for (const { request } of batch) shard.waiting -= request.transfers.length
    }
    shards.delete(organizationId)
  }

  return {
    async submit(organizationId, request) {
      refuseInsideTransaction('The writer of the ledger')
      if (stopping) throw stoppingFailure()
      const shard = shards.get(organizationId) ?? { queue: [], waiting: 0, turn: null }
      shards.set(organizationId, shard)
      if (shard.waiting > 0 && shard.waiting + request.transfers.length > bounds.mostWaiting)
        throw new AppError('ledger_busy', { retryAfterSeconds })
      const settle = Promise.withResolvers<Outcome[]>()
      shard.queue.push({ request, settle })
      shard.waiting += request.transfers.length
      // A batch is of several requests: it commits in no transaction of one of them, and under no one's correlation id.
      shard.turn ??= withCorrelation(undefined, () =>
        Promise.resolve().then(() => workOff(organizationId, shard)),
      )
      return settle.promise
    },
    async stop() {
      stopping = true
      await Promise.all([...shards.values()].map(shard => shard.turn))
    },
  }
}
