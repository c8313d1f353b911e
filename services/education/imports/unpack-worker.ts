import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { CartridgeError } from '../cartridges/cartridge-error.ts'
import { openCartridge } from '../cartridges/read-cartridge.ts'
import type { UnpackMessage, UnpackOrder } from './unpack-cartridge.ts'

/** The thread that reads one cartridge: see unpack-cartridge.ts. */

const tell = (message: UnpackMessage) => parentPort?.postMessage(message)

async function unpack({ path, folder }: UnpackOrder): Promise<void> {
  const cartridge = await openCartridge(path)
  try {
    const { files } = cartridge.course
    for (const [at, file] of files.entries()) {
      await pipeline(await cartridge.openFile(file.id), createWriteStream(join(folder, String(at))))
      if (at % 10 === 0) tell({ kind: 'progress', done: (at + 1) / files.length })
    }
    tell({ kind: 'done', course: cartridge.course, report: cartridge.report })
  } finally {
    await cartridge.close()
  }
}

try {
  await unpack(workerData as UnpackOrder)
} catch (failure) {
  if (!(failure instanceof CartridgeError)) throw failure
  tell({ kind: 'refused', code: failure.code, message: failure.message })
}
