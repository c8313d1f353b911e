import { AppError } from './errors.ts'
import { type Combined, type Combining, combineHere } from './shared-documents-combine.ts'
import { createWorkers, JobTooLarge } from './worker.ts'

// So little is combined faster than a thread could be told of it.
const smallBytes = 50_000

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

/**
 * Combine the parts of a document; in a thread where they are large.
 * @param caller whose document it is, so that one school does not hold up the others.
 * @throws AppError `invalid_input` for a state vector that is none, `payload_too_large`, `rate_limited`.
 */
export async function combine(job: Combining, caller: string): Promise<Combined> {
  const bytes = job.updates.reduce((sum, update) => sum + update.length, 0)
  try {
    return bytes <= smallBytes ? combineHere(job) : await workers.run(job, { caller })
  } catch (failure) {
    if (failure instanceof AppError) throw failure
    if (failure instanceof JobTooLarge) throw new AppError('payload_too_large', {}, { cause: failure })
    // The parts were read when they were stored, so it is what the client says it has.
    if (job.kind === 'read' && job.stateVector) throw new AppError('invalid_input', {}, { cause: failure })
    throw failure
  }
}
