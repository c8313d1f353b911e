import { AppError } from '@azora/kit/errors.ts'
import { createWorkers, JobTooLarge } from '@azora/kit/worker.ts'
import { UnmakeableDocument } from './bounds.ts'
import type { BillingDocument } from './document.ts'
import type { Drawn } from './draw-worker.ts'

/**
 * Makes documents in a thread: setting text takes a hundredth of a second for an invoice and seconds for two thousand
 * lines, in which this process would answer nobody.
 */
const workers = createWorkers<BillingDocument, Drawn>({
  module: new URL('./draw-worker.ts', import.meta.url),
  timeLimitMs: 20_000,
  memoryMiB: 256,
  threads: 2,
  perCaller: 1,
  waiting: 64,
  waitingPerCaller: 8,
  idleMs: 60_000,
})

/**
 * A document as PDF. The same document gives the same bytes.
 * @param caller whose work it is, so that one caller cannot hold up all others
 * @throws UnmakeableDocument when it holds too much, or does not add up
 * @throws AppError `rate_limited`, `unavailable`
 */
export async function makeDocument(document: BillingDocument, caller: string): Promise<Uint8Array> {
  try {
    const drawn = await workers.run(document, { caller })
    if ('wrong' in drawn) throw new UnmakeableDocument(drawn.wrong)
    return drawn.pdf
  } catch (failure) {
    // Within the bounds nothing takes so long, so it is this machine that is too busy.
    if (failure instanceof JobTooLarge)
      throw new AppError('unavailable', { retryAfterSeconds: 10 }, { cause: failure })
    throw failure
  }
}
