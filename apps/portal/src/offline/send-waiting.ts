import { ApiError, ConnectionLost } from '@azora/web/calls/failures.ts'
import type { IDBPDatabase } from 'idb'
import type { call as portalCall } from '../lib/api.browser.ts'
import type { Submission } from './answers.ts'
import { type Outbox, openDatabase, type Row } from './database.ts'
import { outboxEvent, settle } from './outbox.ts'

type Call = typeof portalCall
type SendOptions = Parameters<Call>[2]

// A line that swallows a request must not keep the other tabs from sending.
const patienceMs = 60_000

/** Failures after which the same may be sent again later. */
const isPassing = (failure: unknown): boolean =>
  failure instanceof ConnectionLost ||
  (failure instanceof ApiError &&
    (failure.status >= 500 ||
      failure.status === 429 ||
      failure.status === 401 ||
      // What waits here is the owner's own, and goes out once they have returned to their account.
      failure.code === 'impersonation_read_only'))

/** Sends what waits in the outbox, in order and one tab at a time; `keepalive` for a page that is being left. */
export function createSender(call: Call) {
  const graded = new Map<string, Submission>()
  let queued: Promise<void> | null = null
  let leaving = false

  /** Sends one thing, or all answers of one attempt. */
  async function send(batch: Row[], options: SendOptions): Promise<void> {
    const [first] = batch
    if (first?.kind === 'progress')
      return void (await call('education.saveProgress', first.progress, options))
    const submissionId = first?.subject ?? ''
    const answers: Record<string, string[]> = {}
    for (const row of batch) if (row.kind === 'answer') answers[row.questionId] = row.chosen
    if (!batch.some(row => row.kind === 'submit'))
      return void (await call('assessment.saveAnswers', { submissionId, answers }, options))
    graded.set(submissionId, await call('assessment.submit', { submissionId, answers }, options))
  }

  async function sendAll(database: IDBPDatabase<Outbox>): Promise<void> {
    const passedOver = new Set<string>()
    for (;;) {
      const batch = await nextBatch(database, passedOver)
      const [first] = batch
      if (!first) return
      try {
        await send(batch, { keepalive: leaving, signal: AbortSignal.timeout(patienceMs) })
      } catch (failure) {
        if (!isPassing(failure)) {
          if (!(failure instanceof ApiError)) throw failure
          await settle(database, batch, { code: failure.code, reason: failure.message })
        } else if (failure instanceof ApiError && failure.status >= 500) passedOver.add(first.subject)
        else return
        continue
      }
      await settle(database, batch, null)
    }
  }

  function sendWaiting({ keepalive = false } = {}): Promise<void> {
    leaving ||= keepalive
    if (queued) return queued
    const sending = alone(async () => {
      // What is put in from here on may be missed by this round: the next call makes another.
      queued = null
      // One connection for all of it: when the database is deleted on signing out, nothing goes into the next one.
      const database = await openDatabase()
      try {
        await sendAll(database)
      } finally {
        leaving = false
        database.close()
        dispatchEvent(new Event(outboxEvent))
      }
    }).finally(() => {
      if (queued === sending) queued = null
    })
    queued = sending
    return sending
  }

  return {
    sendWaiting,
    /** The result of an attempt that this tab has submitted, once. */
    takeGraded: (submissionId: string): Submission | undefined => {
      const result = graded.get(submissionId)
      graded.delete(submissionId)
      return result
    },
  }
}

/** The oldest thing that waits; of an attempt all that waits, since the server takes it at once. */
async function nextBatch(database: IDBPDatabase<Outbox>, passedOver: Set<string>): Promise<Row[]> {
  const waiting = (await database.getAll('outbox')).filter(row => row.state === 'waiting')
  const first = waiting.find(row => !passedOver.has(row.subject))
  return waiting.filter(row => row.subject === first?.subject)
}

let last: Promise<unknown> = Promise.resolve()

/** Runs `work` when no other tab does. A tab that is closed on the way lets go. */
function alone(work: () => Promise<void>): Promise<void> {
  // Absent where the page did not come by HTTPS. Two tabs may then send the same, which does no harm.
  if (navigator.locks) return navigator.locks.request('azora-outbox', work)
  const turn = last.then(work, work)
  last = turn
  return turn
}
