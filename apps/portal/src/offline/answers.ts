import { ApiError, ConnectionLost, call, type OutputOf } from '../lib/api.browser.ts'
import { drop, fetchKept, keep, keysKept } from './database.ts'

/** The chosen options by question. */
export type Answers = Record<string, string[]>
export type Submission = OutputOf<'assessment.submit'>

/**
 * What the device holds of an open attempt. `answers`: what the server does not have yet. `seen`: all of them, for
 * a page that is opened without a line. `handIn`: the learner has handed it in.
 */
export type KeptAnswers = { answers: Answers; seen: Answers; handIn: boolean }

export const keptAnswers = (submissionId: string) => fetchKept<KeptAnswers>('answers', submissionId)
export const keepAnswers = (submissionId: string, kept: KeptAnswers) => keep('answers', submissionId, kept)
export const dropAnswers = (submissionId: string) => drop('answers', submissionId)

/** Failures after which the same answers may be sent again later. */
export const isPassing = (failure: unknown): boolean =>
  failure instanceof ConnectionLost ||
  (failure instanceof ApiError &&
    (failure.status >= 500 ||
      failure.status === 429 ||
      failure.status === 401 ||
      // What waits here is the owner's own, and goes out once they have returned to their account.
      failure.code === 'impersonation_read_only'))

/** Hands in with all answers that the device holds. Repeating it answers the same result. */
export async function handIn(submissionId: string, answers: Answers): Promise<Submission> {
  const graded = await call('assessment.submit', { submissionId, answers })
  await dropAnswers(submissionId)
  return graded
}

/** Sends the answers, and hands in the attempts, that were left waiting when a page was closed. */
export async function sendWaitingAnswers(): Promise<void> {
  for (const key of await keysKept('answers')) {
    const submissionId = String(key)
    const kept = await keptAnswers(submissionId)
    if (!kept) continue
    try {
      if (kept.handIn) await handIn(submissionId, kept.seen)
      else if (Object.keys(kept.answers).length > 0) {
        await call('assessment.saveAnswers', { submissionId, answers: kept.answers })
        // What the page of the quiz added while this was under way stays.
        const now = await keptAnswers(submissionId)
        if (JSON.stringify(now) === JSON.stringify(kept))
          await keepAnswers(submissionId, { ...kept, answers: {} })
      }
    } catch (failure) {
      if (isPassing(failure)) return
      // Closed meanwhile, or not this person's: it can never be sent.
      await dropAnswers(submissionId)
    }
  }
}
