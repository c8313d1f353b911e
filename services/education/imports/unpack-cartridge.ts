import { mkdir } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import type { CartridgeCourse, ImportReport } from '../cartridges/cartridge.ts'
import { CartridgeError, type CartridgeErrorCode } from '../cartridges/cartridge-error.ts'

/**
 * Reads a cartridge in a thread of its own, since parsing and cleaning hundreds of pages would hold up everybody
 * else's requests. The thread writes the cartridge's files into a folder and answers with the course; its memory
 * and time are bounded, so that a hostile file can spoil nothing but its own import.
 */

export type UnpackOrder = { path: string; folder: string }

export type UnpackMessage =
  | { kind: 'progress'; done: number }
  | { kind: 'done'; course: CartridgeCourse; report: ImportReport }
  | { kind: 'refused'; code: CartridgeErrorCode; message: string }

const memoryMiB = 1024
const timeLimitMs = 10 * 60_000

const tooMuch = () =>
  new CartridgeError(
    'too_large',
    'Reading this file takes more memory or time than an import may use. Split the course into several files.',
  )

/**
 * @param folder made if needed; the n-th file of the course lies there as `n`.
 * @throws CartridgeError when the cartridge is refused.
 */
export async function unpackCartridge(
  path: string,
  folder: string,
  progress: (done: number) => void,
): Promise<{ course: CartridgeCourse; report: ImportReport }> {
  await mkdir(folder, { recursive: true })
  const order: UnpackOrder = { path, folder }
  const worker = new Worker(new URL('./unpack-worker.ts', import.meta.url), {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: memoryMiB },
  })
  let timer: NodeJS.Timeout | null = null
  try {
    return await new Promise((resolve, reject) => {
      timer = setTimeout(() => reject(tooMuch()), timeLimitMs)
      worker.on('message', (message: UnpackMessage) => {
        if (message.kind === 'progress') progress(message.done)
        else if (message.kind === 'done') resolve(message)
        else reject(new CartridgeError(message.code, message.message))
      })
      worker.on('error', failure =>
        reject((failure as { code?: string }).code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooMuch() : failure),
      )
      worker.on('exit', code => reject(new Error(`The reader of the cartridge ended early, with ${code}.`)))
    })
  } finally {
    if (timer) clearTimeout(timer)
    await worker.terminate()
  }
}
