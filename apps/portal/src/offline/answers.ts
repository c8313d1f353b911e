import { call, type OutputOf } from '../lib/api.browser.ts'
import type { Row } from './database.ts'
import { forget, put, rowsOf } from './outbox.ts'

/** The chosen options by question. */
export type Answers = Record<string, string[]>
export type Submission = OutputOf<'assessment.submit'>

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
  /** What else it refused. */
  refused: Row[]
}

/** What the device holds of an attempt. Throws a DOMException where it keeps nothing. */
export async function heldAttempt(submissionId: string): Promise<HeldAttempt> {
  const held: HeldAttempt = { sent: {}, waiting: {}, submitted: false, closed: false, refused: [] }
  for (const row of await rowsOf(submissionId)) {
    if (row.state === 'refused') {
      if (row.code === 'attempt_closed') held.closed = true
      else held.refused.push(row)
    } else if (row.kind === 'answer') held[row.state][row.questionId] = row.chosen
    else if (row.kind === 'submit') held.submitted = true
  }
  return held
}

/** Takes the refusals that a page shows itself out of the outbox; answers their words. */
export async function takeRefusal(held: HeldAttempt): Promise<string | null> {
  await forget(held.refused)
  return held.refused[0]?.reason ?? null
}

/** Keeps an answer on this device. Where that keeps nothing it is sent at once; answers whether it was. */
export async function keepAnswer(submissionId: string, questionId: string, chosen: string[]) {
  try {
    await put({ kind: 'answer', submissionId, questionId, chosen })
    return false
  } catch (failure) {
    if (!(failure instanceof DOMException)) throw failure
    await call('assessment.saveAnswers', { submissionId, answers: { [questionId]: chosen } })
    return true
  }
}

/** Keeps on this device that an attempt is submitted. Where that keeps nothing it is sent; answers the result then. */
export async function keepSubmit(submissionId: string, answers: Answers): Promise<Submission | null> {
  try {
    await put({ kind: 'submit', submissionId })
    return null
  } catch (failure) {
    if (!(failure instanceof DOMException)) throw failure
    return call('assessment.submit', { submissionId, answers })
  }
}
