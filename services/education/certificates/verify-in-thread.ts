import { readJsonDocument, UnreadableDocument } from '@azora/credential/json-document.ts'
import { type CredentialVerdict, verifyCredential } from '@azora/credential/verify-credential.ts'
import { AppError } from '@azora/kit/errors.ts'
import { createWorkers, JobTooLarge } from '@azora/kit/worker.ts'

/**
 * Checks credentials in a thread. Anyone may send one, and putting its statements in canonical form is work that
 * cannot be interrupted: 10 ms for a badge of ours, 150 ms for the largest that is read at all.
 */

const workers = createWorkers<unknown, CredentialVerdict>({
  module: new URL('./verify-worker.ts', import.meta.url),
  timeLimitMs: 5000,
  memoryMiB: 192,
  threads: 2,
  perCaller: 1,
  waiting: 64,
  waitingPerCaller: 8,
  idleMs: 60_000,
})

/**
 * @param caller whose work it is, so that one caller cannot hold up all others
 * @throws AppError `rate_limited`, `unavailable`
 */
export async function verifyInThread(credential: unknown, caller: string): Promise<CredentialVerdict> {
  try {
    return await workers.run(readJsonDocument(credential), { caller })
  } catch (failure) {
    // Refused for its size or shape alone, which takes no time to say.
    if (failure instanceof UnreadableDocument) return verifyCredential(credential)
    // Nothing that is read at all takes so long, so it is this machine that is too busy.
    if (failure instanceof JobTooLarge)
      throw new AppError('unavailable', { retryAfterSeconds: 10 }, { cause: failure })
    throw failure
  }
}
