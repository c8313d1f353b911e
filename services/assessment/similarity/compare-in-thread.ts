import { AppError } from '@azora/kit/errors.ts'
import { createWorkers, JobTooLarge } from '@azora/kit/worker.ts'
import { type Compared, type Comparison, compareTexts } from './compare-texts.ts'

/**
 * Compares answers. What is short is compared here; the longest essay of a script whose every character is a word costs
 * a tenth of a second for each that it is compared with, so such work goes to a thread.
 */

/** Characters of all texts together: a class of short answers costs less than the way to the thread. */
const shortLength = 4000

const workers = createWorkers<Compared, Comparison>({
  module: new URL('./compare-worker.ts', import.meta.url),
  timeLimitMs: 20_000,
  memoryMiB: 256,
  threads: 1,
  waiting: 50,
  waitingPerCaller: 10,
  idleMs: 60_000,
})

/**
 * @param caller whose work it is, so that one caller cannot hold up all others
 * @throws AppError `rate_limited`, `unavailable`
 */
export async function compareInThread(order: Compared, caller: string): Promise<Comparison> {
  const length = [order.mine, order.given, ...order.others].reduce((sum, text) => sum + text.length, 0)
  if (length <= shortLength) return compareTexts(order)
  try {
    return await workers.run(order, { caller })
  } catch (failure) {
    // The longest take some seconds at worst, so it is this machine that is too busy.
    if (failure instanceof JobTooLarge)
      throw new AppError('unavailable', { retryAfterSeconds: 10 }, { cause: failure })
    throw failure
  }
}
