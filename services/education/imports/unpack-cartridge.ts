import { mkdir } from 'node:fs/promises'
import { createWorkers, JobTooLarge } from '@azora/kit/worker.ts'
import type { CartridgeCourse, ImportReport } from '../cartridges/cartridge.ts'
import { CartridgeError, type CartridgeErrorCode } from '../cartridges/cartridge-error.ts'

/**
 * Reads a cartridge in a thread of its own, since parsing and cleaning hundreds of pages would hold up everybody
 * else's requests. The thread writes the cartridge's files into a folder and answers with the course; its memory
 * and time are bounded, so that a hostile file can spoil nothing but its own import.
 */

export type UnpackOrder = { path: string; folder: string }

export type UnpackOutcome =
  | { kind: 'done'; course: CartridgeCourse; report: ImportReport; faults: string[] }
  | { kind: 'refused'; code: CartridgeErrorCode; message: string }
  | { kind: 'fault'; fault: string }

/** The reader itself is at fault, and would be again: `cause` is for the log. */
export class ReaderFault extends Error {}

const workers = createWorkers<UnpackOrder, UnpackOutcome, number>({
  module: new URL('./unpack-worker.ts', import.meta.url),
  timeLimitMs: 10 * 60_000,
  memoryMiB: 1024,
  // As many as the jobs that run at once, which do not wait for each other.
  threads: 4,
  waiting: 100,
  // A cartridge leaves a heap behind that is better given back.
  idleMs: 0,
})

/**
 * @param folder made if needed; the n-th file of the course lies there as `n`.
 * @throws CartridgeError when the cartridge is refused; ReaderFault when reading it fails for no fault of its own.
 */
export async function unpackCartridge(
  path: string,
  folder: string,
  progress: (done: number) => void,
): Promise<{ course: CartridgeCourse; report: ImportReport; faults: string[] }> {
  await mkdir(folder, { recursive: true })
  try {
    const outcome = await workers.run({ path, folder }, { onNews: progress })
    if (outcome.kind === 'refused') throw new CartridgeError(outcome.code, outcome.message)
    if (outcome.kind === 'fault') throw new ReaderFault(outcome.fault)
    return outcome
  } catch (failure) {
    if (!(failure instanceof JobTooLarge)) throw failure
    throw new CartridgeError(
      'too_large',
      'Reading this file takes more memory or time than an import may use. Split the course into several files.',
    )
  }
}
