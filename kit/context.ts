import { AsyncLocalStorage } from 'node:async_hooks'
import { v7 as uuidv7 } from 'uuid'

/**
 * What follows a piece of work through every await: the correlation id that ties its logs, spans and events
 * together, and whether a database transaction is open, so that nothing waits on the network inside one.
 */
export type WorkContext = { correlationId: string; transactionOf: string | null }

const storage = new AsyncLocalStorage<WorkContext>()

/** Run `work` under a correlation id, a new one unless given. */
export function withCorrelation<T>(correlationId: string | undefined, work: () => T): T {
  return storage.run({ correlationId: correlationId ?? uuidv7(), transactionOf: null }, work)
}

/** Run `work` under another correlation id, still inside the transaction that is open, if one is. */
export function takeOverCorrelation<T>(id: string, work: () => T): T {
  return storage.run({ correlationId: id, transactionOf: storage.getStore()?.transactionOf ?? null }, work)
}

/** The correlation id of the current work; outside any, a dash. */
export function correlationId(): string {
  return storage.getStore()?.correlationId ?? '-'
}

/** Run `work` marked as inside a transaction of the named service. */
export function insideTransaction<T>(service: string, work: () => T): T {
  return storage.run({ correlationId: correlationId(), transactionOf: service }, work)
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
