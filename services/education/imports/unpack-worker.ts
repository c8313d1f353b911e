import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { inspect } from 'node:util'
import { answerJobs } from '@azora/kit/worker.ts'
import { CartridgeError } from '../cartridges/cartridge-error.ts'
import { openCartridge } from '../cartridges/read-cartridge.ts'
import type { UnpackOrder, UnpackOutcome } from './unpack-cartridge.ts'

/** The thread that reads one cartridge: see unpack-cartridge.ts. */

async function unpack(
  { path, folder }: UnpackOrder,
  progress: (done: number) => void,
): Promise<UnpackOutcome> {
  const faults: string[] = []
  const cartridge = await openCartridge(path, {}, failure => faults.push(inspect(failure)))
  try {
    const { files } = cartridge.course
    for (const [at, file] of files.entries()) {
      await pipeline(await cartridge.openFile(file.id), createWriteStream(join(folder, String(at))))
      if (at % 10 === 0) progress((at + 1) / files.length)
    }
    return { kind: 'done', course: cartridge.course, report: cartridge.report, faults }
  } finally {
    await cartridge.close()
  }
}

answerJobs(async (order: UnpackOrder, progress: (done: number) => void) => {
  try {
    return await unpack(order, progress)
  } catch (failure) {
    if (failure instanceof CartridgeError)
      return { kind: 'refused', code: failure.code, message: failure.message }
    // A disk that is full or gone may be there at the next attempt; anything else would only happen again.
    if (failure instanceof Error && 'syscall' in failure) throw failure
    return { kind: 'fault', fault: inspect(failure) }
  }
})
