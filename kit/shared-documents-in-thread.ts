import { decodeStateVector } from 'yjs'
import { AppError } from './errors.ts'
import { type Combined, type Combining, combineHere } from './shared-documents-combine.ts'
import { createWorkers, JobTooLarge } from './worker.ts'

// So little is read faster than a thread could be told of it. What an update costs grows faster than its size, and one
// that is made to be slow holds 50 kB for some 200 ms, so the loop is never lent to more, nor to compacting.
const smallBytes = 5000
const fewParts = 8

const workers = createWorkers<Combining, Combined>({
  module: new URL('./shared-documents-worker.ts', import.meta.url),
  timeLimitMs: 10_000,
  memoryMiB: 256,
  threads: 2,
  perCaller: 1,
  waiting: 64,
  waitingPerCaller: 32,
  idleMs: 60_000,
})

function refuseUnreadable(stateVector: Uint8Array): void {
  try {
    decodeStateVector(stateVector)
  } catch (failure) {
    throw new AppError('invalid_input', {}, { cause: failure })
  }
}

/**
 * Combine the parts of a document; in a thread unless they are small.
 * @param caller whose document it is, so that one school does not hold up the others.
 * @throws AppError `invalid_input` for a state vector that is none, `payload_too_large`, `rate_limited`.
 */
export async function combine(job: Combining, caller: string): Promise<Combined> {
  if (job.kind === 'read' && job.stateVector) refuseUnreadable(job.stateVector)
  const bytes = job.updates.reduce((sum, update) => sum + update.length, 0)
  try {
    const isSmall = job.kind === 'read' && bytes <= smallBytes && job.updates.length <= fewParts
    return isSmall ? combineHere(job) : await workers.run(job, { caller })
  } catch (failure) {
    if (failure instanceof AppError) throw failure
    if (failure instanceof JobTooLarge) throw new AppError('payload_too_large', {}, { cause: failure })
    throw failure
  }
}
