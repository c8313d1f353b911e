import { AsyncLocalStorage } from 'node:async_hooks'
import { v7 as uuidv7 } from 'uuid'

/** Writes that a request has made and that commit together with the record of its answer (`kit/settlement.ts`). */
export type Unsettled = {
  service: string
  /** Commit what was written so far, without the answer. */
  commitSoFar(): Promise<void>
  /** Do this once everything written so far is committed. */
  afterCommit(work: () => void): void
}

/**
 * What follows a piece of work through every await: the correlation id that ties its logs, spans and events
 * together, and whether a database transaction is open, so that nothing waits on the network inside one.
 */
export type WorkContext = {
  correlationId: string
  transactionOf: string | null
  unsettled: Unsettled | null
}

const storage = new AsyncLocalStorage<WorkContext>()

const here = (): WorkContext =>
  storage.getStore() ?? { correlationId: '-', transactionOf: null, unsettled: null }

/** Run `work` under a correlation id, a new one unless given. */
export function withCorrelation<T>(correlationId: string | undefined, work: () => T): T {
  return storage.run({ correlationId: correlationId ?? uuidv7(), transactionOf: null, unsettled: null }, work)
}

/** Run `work` under another correlation id, still inside the transaction that is open, if one is. */
export function takeOverCorrelation<T>(id: string, work: () => T): T {
  return storage.run({ ...here(), correlationId: id }, work)
}

/** The correlation id of the current work; outside any, a dash. */
export function correlationId(): string {
  return here().correlationId
}

/** Run `work` marked as inside a transaction of the named service. */
export function insideTransaction<T>(service: string, work: () => T): T {
  return storage.run({ ...here(), transactionOf: service }, work)
}

/** Run `work`; its writes to the database of one service are settled by the caller. */
export function settledWith<T>(unsettled: Unsettled, work: () => T): T {
  return storage.run({ ...here(), unsettled }, work)
}

/** The writes of the current request that are not committed yet, if its answer commits with them. */
export const unsettledHere = (): Unsettled | null => storage.getStore()?.unsettled ?? null

/** Do this once what the current request has written is committed: at once, unless its answer commits with it. */
export function whenCommitted(work: () => void): void {
  const unsettled = unsettledHere()
  if (unsettled) unsettled.afterCommit(work)
  else work()
}

/**
 * Refuse to go on inside a database transaction. A transaction that waits for the network holds its locks for as
 * long as the other side likes, and cannot take back what the other side did; so every adapter that leaves the
 * process calls this first, also when the other side happens to live in the same process.
 */
export function refuseInsideTransaction(what: string): void {
  const open = storage.getStore()?.transactionOf
  if (open) {
    throw new Error(`${what} inside a database transaction of ${open}. Do it before, after, or as a job.`)
  }
}

/**
 * What an adapter awaits before it leaves the process for something that may look at, or rest on, what was written:
 * refuses inside a transaction, and commits what the request has written so far.
 */
export async function leaveProcess(what: string): Promise<void> {
  refuseInsideTransaction(what)
  await unsettledHere()?.commitSoFar()
}
