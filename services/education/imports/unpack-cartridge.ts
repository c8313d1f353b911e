import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { RefusedFileCode } from '@azora/contracts/education/import-codes.ts'
import { because, type ImportReason } from '@azora/contracts/education/import-reasons.ts'
import { createWorkers, JobTooLarge } from '@azora/kit/worker.ts'
import type { ImportReport } from '../cartridges/cartridge.ts'
import { CartridgeError } from '../cartridges/cartridge-error.ts'
import type { ImportJob, PreparedCourse, PreparedItem } from './prepare-course.ts'

/**
 * Reads a cartridge in a thread of its own, since parsing and cleaning hundreds of pages would hold up everybody
 * else's requests. The thread writes the cartridge's files and the texts of its lessons into a folder, tells of its
 * lessons and quizzes one by one, since what comes at once is taken apart at once, and answers with the course. Its
 * memory and time are bounded, so that a hostile file can spoil nothing but its own import.
 */

export type UnpackOrder = { path: string; folder: string; job: ImportJob }

export type UnpackedItem = Omit<PreparedItem, 'content'>
export type UnpackNews = { kind: 'progress'; done: number } | { kind: 'item'; item: UnpackedItem }

export type UnpackOutcome =
  | { kind: 'done'; course: PreparedCourse; report: ImportReport; faults: string[] }
  | { kind: 'refused'; code: RefusedFileCode; reason: ImportReason }
  | { kind: 'fault'; fault: string }

/** Where the n-th file of the course lies, and the text of a lesson. */
export const filePath = (folder: string, at: number) => join(folder, String(at))
export const contentPath = (folder: string, contentId: string) => join(folder, `${contentId}.html`)

/** The reader itself is at fault, and would be again: `cause` is for the log. */
export class ReaderFault extends Error {}

const workers = createWorkers<UnpackOrder, UnpackOutcome, UnpackNews>({
  module: new URL('./unpack-worker.ts', import.meta.url),
  timeLimitMs: 10 * 60_000,
  memoryMiB: 1024,
  // As many as the jobs that run at once, which do not wait for each other.
  threads: 4,
  waiting: 100,
  // A cartridge leaves a heap behind that is better given back.
  idleMs: 0,
})

export type Unpacked = {
  course: PreparedCourse
  items: UnpackedItem[]
  report: ImportReport
  faults: string[]
}

/**
 * @param order its folder is made if needed.
 * @throws CartridgeError when the cartridge is refused; ReaderFault when reading it fails for no fault of its own.
 */
export async function unpackCartridge(
  order: UnpackOrder,
  progress: (done: number) => void,
  options: { signal?: AbortSignal } = {},
): Promise<Unpacked> {
  await mkdir(order.folder, { recursive: true })
  const items: UnpackedItem[] = []
  const hear = (news: UnpackNews) => {
    if (news.kind === 'progress') progress(news.done)
    else items.push(news.item)
  }
  try {
    const outcome = await workers.run(order, { ...options, onNews: hear })
    if (outcome.kind === 'refused') throw new CartridgeError(outcome.code, outcome.reason)
    if (outcome.kind === 'fault') throw new ReaderFault(outcome.fault)
    return { ...outcome, items }
  } catch (failure) {
    if (!(failure instanceof JobTooLarge)) throw failure
    throw new CartridgeError('too_large', because('too_much_work'))
  }
}
