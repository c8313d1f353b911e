import type { IDBPDatabase } from 'idb'
import { isOfAttempt, type Outbox, openDatabase, type Row, rowOf, submitKey, type Thing } from './database.ts'
import { furthest } from './furthest.ts'

/**
 * What is done here goes into the outbox first and is sent from there: a row for each thing, in the order in which
 * they were done. Each change of it is one transaction, so that tabs which write at once lose nothing.
 */

/** Told to the window when the outbox may hold something else than before. */
export const outboxEvent = 'azora-outbox'

/** A refusal, as a row keeps it. */
type Refusal = { code: string; reason: string }

async function withDatabase<T>(work: (database: IDBPDatabase<Outbox>) => Promise<T>): Promise<T> {
  const database = await openDatabase()
  try {
    return await work(database)
  } finally {
    database.close()
  }
}

// On the disk before it is said to be kept: a power cut costs nothing.
const writing = (database: IDBPDatabase<Outbox>) =>
  database.transaction('outbox', 'readwrite', { durability: 'strict' })

/**
 * Puts something in the outbox, in place of what was there of the same lesson or question.
 * @returns false for an answer to an attempt, or what is said about one, that waits to be submitted: nothing is added to it any more.
 */
export const put = (thing: Thing) =>
  withDatabase(async database => {
    const transaction = writing(database)
    const { store } = transaction
    const place = {
      title: document.querySelector('h1')?.textContent ?? document.title,
      path: location.pathname,
    }
    const row = { ...rowOf(thing, 'waiting', place), at: Date.now() }
    const before = await store.index('key').get(row.key)
    const submit = isOfAttempt(thing)
      ? await store.index('key').get(submitKey(thing.submissionId))
      : undefined
    const open = submit?.state !== 'waiting'
    if (open) {
      if (before) await store.delete(before.id)
      if (row.kind === 'progress' && before?.kind === 'progress')
        row.progress = furthest(before.progress, row.progress)
      // What its learner has submitted does not become the device's opinion that the time is up.
      if (row.kind === 'submit' && before?.kind === 'submit' && before.state === 'waiting' && !before.timeUp)
        delete row.timeUp
      await store.add(row)
    }
    await transaction.done
    return open
  })

/** The rows of a lesson or an attempt. */
export const rowsOf = (subject: string) =>
  withDatabase(database => database.getAllFromIndex('outbox', 'subject', subject))

/** All rows in a state, oldest first. */
export const rowsThatAre = (state: Row['state']) =>
  withDatabase(async database => (await database.getAll('outbox')).filter(row => row.state === state))

/** Takes out what a person has seen to be refused. */
export const forget = (rows: Row[]) =>
  withDatabase(async database => {
    const transaction = writing(database)
    for (const { id } of rows) await transaction.store.delete(id)
    await transaction.done
    dispatchEvent(new Event(outboxEvent))
  })

/**
 * Takes back the refusal of rows of an attempt that a person has seen on its page. The answers wait again, to go with
 * what is sent next: what was refused may have been one of them, and the others must not be lost with it.
 */
export const takeBack = (rows: Row[]) =>
  withDatabase(async database => {
    const transaction = writing(database)
    for (const { id } of rows) {
      const row = await transaction.store.get(id)
      if (row?.state !== 'refused') continue
      if (isOfAttempt(row)) {
        const { code: _code, reason: _reason, ...answer } = row
        await transaction.store.put({ ...answer, state: 'waiting' })
      } else await transaction.store.delete(id)
    }
    await transaction.done
    dispatchEvent(new Event(outboxEvent))
  })

/** What came of rows that the server took: `open` where an attempt goes on that was submitted because its time seemed up. */
export type Taken = { savedAt?: string | undefined; open?: boolean }

/** What the server has answered. Rows that were replaced meanwhile are others, and wait on. */
export async function settle(
  database: IDBPDatabase<Outbox>,
  rows: Row[],
  refusal: Refusal | null,
  { savedAt, open = false }: Taken = {},
): Promise<void> {
  const transaction = writing(database)
  const { store } = transaction
  const present = (await Promise.all(rows.map(({ id }) => store.get(id)))).filter(row => row !== undefined)
  const submitted = !refusal && !open && rows.some(row => row.kind === 'submit')
  // The attempt is over: nothing of it needs to be shown from this device again.
  const over = submitted || refusal?.code === 'attempt_closed'
  for (const row of present) {
    // A log is not the work of its learner: what of it is not taken concerns nobody.
    if (row.kind === 'note') await store.delete(row.id)
    else if (refusal) await store.put({ ...row, ...refusal, state: 'refused' })
    // What is flagged does not go with the end of an attempt.
    else if (row.kind === 'flag' && open) continue
    else if (isOfAttempt(row) && !submitted)
      await store.put({ ...row, state: 'sent', ...(savedAt && { savedAt }) })
    else await store.delete(row.id)
  }
  if (over)
    for (const row of await store.index('subject').getAll(rows[0]?.subject))
      if (row.state === 'sent') await store.delete(row.id)
  await transaction.done
}
