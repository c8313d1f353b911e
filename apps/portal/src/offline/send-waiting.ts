import { limits } from '@azora/contracts/limits.ts'
import { ApiError } from '@azora/web/calls/failures.ts'
import type { IDBPDatabase } from 'idb'
import type { call as portalCall } from '../lib/api.browser.ts'
import type { Submission } from './answers.ts'
import { type Outbox, openDatabase, type Row } from './database.ts'
import { tellEnd } from './moved-end.ts'
import { outboxEvent, settle, type Taken } from './outbox.ts'
import { isPassing } from './passing.ts'
import { tellBreak } from './told-break.ts'

type Call = typeof portalCall
type SendOptions = Parameters<Call>[2]

// A line that swallows a request must not keep the other tabs from sending.
const patienceMs = 60_000

/** Sends what waits in the outbox, in order and one tab at a time; `keepalive` for a page that is being left. */
export function createSender(call: Call) {
  const graded = new Map<string, Submission>()
  let queued: Promise<void> | null = null
  let leaving = false

  /** Sends one thing, or all answers and flags of one attempt. Flags end with it, so they do not go with its end. */
  async function send(batch: Row[], options: SendOptions): Promise<Taken> {
    const [first] = batch
    if (first?.kind === 'progress') {
      await call('education.saveProgress', first.progress, options)
      return {}
    }
    if (first?.kind === 'note') {
      const entries = batch.flatMap(row => (row.kind === 'note' ? [row.note] : []))
      await call('assessment.noteActivity', { submissionId: first.subject, entries }, options)
      return {}
    }
    const submissionId = first?.subject ?? ''
    const answers: Record<string, string[]> = {}
    const flags: Record<string, boolean> = {}
    const confidence: Record<string, number> = {}
    for (const row of batch) {
      if (row.kind === 'answer') answers[row.questionId] = row.chosen
      if (row.kind === 'flag') flags[row.questionId] = row.flagged
      if (row.kind === 'confidence') confidence[row.questionId] = row.level
    }
    const sure = Object.keys(confidence).length > 0 ? { confidence } : {}
    // What is logged is how long answers waited: a flag beside them may be older.
    const waited = waitedIn(batch.filter(({ kind }) => kind === 'answer'))
    const end = batch.find(row => row.kind === 'submit')
    if (!end) {
      const flagged = Object.keys(flags).length > 0 ? { flags, ...flagsWaited(batch) } : {}
      const { expiresAt, savedAt, currentSection } = await call(
        'assessment.saveAnswers',
        { submissionId, answers, ...flagged, ...sure, ...waited },
        options,
      )
      tellEnd({ submissionId, expiresAt, currentSection, now: savedAt })
      return { savedAt }
    }
    const why = end.timeUp ? { timeUp: true } : {}
    const told = await call(
      'assessment.submit',
      { submissionId, answers, ...sure, ...waited, ...why },
      options,
    )
    graded.set(submissionId, told)
    return { open: told.state === 'in_progress' }
  }

  async function sendAll(database: IDBPDatabase<Outbox>): Promise<void> {
    const passedOver = new Set<string>()
    for (;;) {
      const batch = await nextBatch(database, passedOver)
      const [first] = batch
      if (!first) return
      let taken: Taken
      try {
        taken = await send(batch, { keepalive: leaving, signal: AbortSignal.timeout(patienceMs) })
      } catch (failure) {
        if (!isPassing(failure)) {
          if (!(failure instanceof ApiError)) throw failure
          // That it went on, as no page has heard yet, is no longer so.
          if (failure.code === 'attempt_closed') graded.delete(first.subject)
          await settle(database, batch, { code: failure.code, reason: failure.message })
        } else if (failure instanceof ApiError && failure.code === 'attempt_on_break') {
          passedOver.add(first.subject)
          tellBreak(first.subject)
        } else if (failure instanceof ApiError && failure.status >= 500) passedOver.add(first.subject)
        else return
        continue
      }
      await settle(database, batch, null, taken)
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
    /** What was answered to an attempt that this tab has submitted, once: its result, or that it goes on. */
    takeGraded: (submissionId: string): Submission | undefined => {
      const result = graded.get(submissionId)
      graded.delete(submissionId)
      return result
    },
  }
}

const shortestWaitSeconds = 30
const longestWaitSeconds = 31_536_000

/** Characters of answers in one request: a request may hold 1 MB, and a character takes up to three bytes. */
export const mostCharacters = 200_000

/**
 * The oldest thing that waits; of an attempt all that waits, since the server takes it at once. Where that is too much
 * for one request, as several essays may be, the first part: what ends the attempt is always the last to go.
 */
async function nextBatch(database: IDBPDatabase<Outbox>, passedOver: Set<string>): Promise<Row[]> {
  const waiting = (await database.getAll('outbox')).filter(row => row.state === 'waiting')
  const first = waiting.find(row => !passedOver.has(row.subject))
  const rows = waiting.filter(row => row.subject === first?.subject)
  // Answers are never held up by what is noted beside them.
  const work = rows.filter(({ kind }) => kind !== 'note')
  return work.length > 0 ? fitting(work) : rows.slice(0, limits.entriesInRequest)
}

/** How long the oldest of these rows has waited, where that is longer than the pause of who writes. */
export function waitedIn(rows: Row[]): { waitedSeconds?: number } {
  const seconds = Math.max(0, ...rows.map(secondsSince))
  return seconds < shortestWaitSeconds ? {} : { waitedSeconds: seconds }
}

/** Whole seconds since something was put here. The clock of a device may be set back meanwhile. */
const secondsSince = ({ at }: Row): number =>
  at === undefined ? 0 : Math.min(longestWaitSeconds, Math.max(0, Math.floor((Date.now() - at) / 1000)))

/** How long ago flags were changed, so that a change elsewhere that is later stays. */
function flagsWaited(rows: Row[]): { flagsWaitedSeconds?: Record<string, number> } {
  const waited = rows.flatMap(row => {
    const seconds = row.kind === 'flag' ? secondsSince(row) : 0
    return row.kind === 'flag' && seconds > 0 ? [[row.questionId, seconds] as const] : []
  })
  return waited.length > 0 ? { flagsWaitedSeconds: Object.fromEntries(waited) } : {}
}

/** As many of the first rows as a request holds, and at least one. */
function fitting(rows: Row[]): Row[] {
  const ordered = [
    ...rows.filter(({ kind }) => kind !== 'submit'),
    ...rows.filter(({ kind }) => kind === 'submit'),
  ]
  let room = mostCharacters
  const over = ordered.findIndex(row => {
    room -= row.kind === 'answer' ? row.chosen.reduce((sum, text) => sum + text.length, 0) : 0
    return room < 0
  })
  return over < 0 ? ordered : ordered.slice(0, Math.max(1, over))
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
