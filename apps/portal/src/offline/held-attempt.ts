import type { Answers } from './answers.ts'
import type { Row } from './database.ts'
import { forget, rowsOf, takeBack } from './outbox.ts'

/** What the device holds of an attempt. */
export type HeldAttempt = {
  /** Answers that the server has. */
  sent: Answers
  /** Answers that it does not have yet. */
  waiting: Answers
  /** The learner has submitted it, and the server does not know yet. */
  submitted: boolean
  /** The server takes no more answers of it. */
  closed: boolean
  /** What was flagged, or is no more, on this device, and when the server had that; undefined while it has not. */
  flags: Record<string, { flagged: boolean; savedAt: string | undefined }>
  /** How sure the learner said to be, as far as the server has it and as far as it has not. */
  confidence: { sent: Record<string, number>; waiting: Record<string, number> }
  /** Sent together with another answer to a question that was left for good, and refused. */
  left: Row[]
  /** What else it refused. */
  refused: Row[]
  /** What of its answers the server does not have yet, as it lies here. */
  rows: Row[]
}

/** What the device holds of an attempt. Throws a DOMException where it keeps nothing. */
export async function heldAttempt(submissionId: string): Promise<HeldAttempt> {
  const held: HeldAttempt = {
    sent: {},
    waiting: {},
    submitted: false,
    closed: false,
    flags: {},
    confidence: { sent: {}, waiting: {} },
    left: [],
    refused: [],
    rows: [],
  }
  for (const row of await rowsOf(submissionId)) {
    if (row.state === 'refused') {
      if (row.code === 'attempt_closed') held.closed = true
      else if (row.code === 'question_left') held.left.push(row)
      else held.refused.push(row)
    } else if (row.kind === 'answer') {
      held[row.state][row.questionId] = row.chosen
      if (row.state === 'waiting') held.rows.push(row)
    } else if (row.kind === 'flag')
      held.flags[row.questionId] = {
        flagged: row.flagged,
        // What was sent before there were times gives way to what the server says.
        savedAt: row.state === 'sent' ? (row.savedAt ?? '1970') : undefined,
      }
    else if (row.kind === 'confidence') held.confidence[row.state][row.questionId] = row.level
    else if (row.kind === 'submit') held.submitted = true
  }
  return held
}

/** The same; null where this device keeps nothing, and has sent each answer at once. */
export async function heldIfAny(submissionId: string): Promise<HeldAttempt | null> {
  try {
    return await heldAttempt(submissionId)
  } catch (failure) {
    if (failure instanceof DOMException) return null
    throw failure
  }
}

/** Whether an answer, or how sure one is of one, is on this device alone. */
export const holdsUnsent = ({ waiting, confidence }: HeldAttempt): boolean =>
  Object.keys(waiting).length > 0 || Object.keys(confidence.waiting).length > 0

/** Whether the server does not have all of an attempt yet: an answer, how sure one is of one, or its end. */
export const isUnsent = (held: HeldAttempt): boolean => held.submitted || holdsUnsent(held)

/**
 * The flagged questions of an attempt: as it was told, with what was changed on this device and the server has not, or had
 * only after it told. So the last change of each stays, on whatever device.
 */
export function flaggedIn(
  told: { flagged: string[]; now: string },
  { flags }: Pick<HeldAttempt, 'flags'>,
): Set<string> {
  const both = new Set(told.flagged)
  for (const [questionId, { flagged, savedAt }] of Object.entries(flags)) {
    if (savedAt !== undefined && Date.parse(savedAt) <= Date.parse(told.now)) continue
    if (flagged) both.add(questionId)
    else both.delete(questionId)
  }
  return both
}

/** Takes back the refusals that a page shows itself, the answers of which wait again; answers their words. */
export async function takeRefusal(held: HeldAttempt): Promise<string | null> {
  await takeBack(held.refused)
  return held.refused[0]?.reason ?? null
}

/**
 * Forgets refused answers to questions that were left for good, as on another device; what went with them to the
 * `asked` one waits again.
 */
export async function forgetLeft(left: Row[], asked: string[]): Promise<void> {
  const isAsked = (row: Row) =>
    (row.kind === 'answer' || row.kind === 'confidence') && asked.includes(row.questionId)
  await takeBack(left.filter(isAsked))
  await forget(left.filter(row => !isAsked(row)))
}
