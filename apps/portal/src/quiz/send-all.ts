import { heldAttempt, isUnsent } from '../offline/held-attempt.ts'
import { sendWaiting } from '../offline/sender.ts'

/** Sends what waits; answers whether the server has now all that was answered. @param unsentCount by what the page knows */
export async function sendAll(submissionId: string, unsentCount: () => number): Promise<boolean> {
  try {
    await sendWaiting()
    return !isUnsent(await heldAttempt(submissionId))
  } catch (failure) {
    // A device that keeps nothing has sent each answer at once.
    if (failure instanceof DOMException) return unsentCount() === 0
    throw failure
  }
}
