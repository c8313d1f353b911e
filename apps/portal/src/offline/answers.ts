import { call, type OutputOf } from '../lib/api.browser.ts'
import { put } from './outbox.ts'

/** The chosen options by question. */
export type Answers = Record<string, string[]>
export type Submission = OutputOf<'assessment.submit'>

/** `late`: the attempt is submitted already, from another tab. */
type Keeping = 'kept' | 'sent' | 'late'

/** Keeps an answer on this device; where that keeps nothing, sends it at once. */
export async function keepAnswer(
  submissionId: string,
  questionId: string,
  chosen: string[],
): Promise<Keeping> {
  try {
    return (await put({ kind: 'answer', submissionId, questionId, chosen })) ? 'kept' : 'late'
  } catch (failure) {
    if (!(failure instanceof DOMException)) throw failure
    await call('assessment.saveAnswers', { submissionId, answers: { [questionId]: chosen } })
    return 'sent'
  }
}

/** Keeps on this device that a question is flagged, or no more; where that keeps nothing, sends it at once. */
export async function keepFlag(submissionId: string, questionId: string, flagged: boolean): Promise<void> {
  try {
    await put({ kind: 'flag', submissionId, questionId, flagged })
  } catch (failure) {
    if (!(failure instanceof DOMException)) throw failure
    await call('assessment.saveAnswers', { submissionId, answers: {}, flags: { [questionId]: flagged } })
  }
}

/** Keeps on this device how sure one is of an answer; where that keeps nothing, sends it at once. */
export async function keepConfidence(submissionId: string, questionId: string, level: number): Promise<void> {
  try {
    await put({ kind: 'confidence', submissionId, questionId, level })
  } catch (failure) {
    if (!(failure instanceof DOMException)) throw failure
    await call('assessment.saveAnswers', { submissionId, answers: {}, confidence: { [questionId]: level } })
  }
}

/** Keeps on this device that an attempt is submitted. Where that keeps nothing it is sent; answers what the server says then. */
export async function keepSubmit(
  submissionId: string,
  answers: Answers,
  why: { timeUp?: boolean } = {},
): Promise<Submission | null> {
  try {
    await put({ kind: 'submit', submissionId, ...why })
    return null
  } catch (failure) {
    if (!(failure instanceof DOMException)) throw failure
    return call('assessment.submit', { submissionId, answers, ...why })
  }
}
