import { createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { inspect } from 'node:util'
import { answerJobs } from '@azora/kit/worker.ts'
import { CartridgeError } from '../cartridges/cartridge-error.ts'
import { openCartridge } from '../cartridges/read-cartridge.ts'
import { prepareCourse, prepareItems } from './prepare-course.ts'
import {
  contentPath,
  filePath,
  type UnpackNews,
  type UnpackOrder,
  type UnpackOutcome,
} from './unpack-cartridge.ts'

/** The thread that reads one cartridge: see unpack-cartridge.ts. */

// About as long as so many bytes of a file take: a text is parsed and cleaned.
const bytesPerItem = 500_000

/** Tells at each hundredth, for a message at each of thousands of files would cost more than the files. */
function progressOf(bytes: number, items: number, tell: (done: number) => void): (more: number) => void {
  const all = bytes + items * bytesPerItem
  let done = 0
  let told = 0
  return more => {
    done += more
    const part = all > 0 ? done / all : 1
    if (part - told < 0.01) return
    told = part
    tell(part)
  }
}

async function unpack(
  { path, folder, job }: UnpackOrder,
  tell: (news: UnpackNews) => void,
): Promise<UnpackOutcome> {
  const faults: string[] = []
  const cartridge = await openCartridge(path, {}, failure => faults.push(inspect(failure)))
  try {
    const { files, modules } = cartridge.course
    const progress = progressOf(
      files.reduce((sum, file) => sum + file.size, 0),
      modules.reduce((sum, module) => sum + module.items.length, 0),
      done => tell({ kind: 'progress', done }),
    )
    for (const [at, file] of files.entries()) {
      await pipeline(await cartridge.openFile(file.id), createWriteStream(filePath(folder, at)))
      progress(file.size)
    }
    for (const { content, ...item } of prepareItems(job, cartridge.course)) {
      if (content) await writeFile(contentPath(folder, content.id), content.html)
      tell({ kind: 'item', item })
      progress(bytesPerItem)
    }
    const course = prepareCourse(job, cartridge.course)
    return { kind: 'done', course, report: cartridge.report, faults }
  } finally {
    await cartridge.close()
  }
}

answerJobs(async (order: UnpackOrder, tell: (news: UnpackNews) => void) => {
  try {
    return await unpack(order, tell)
  } catch (failure) {
    if (failure instanceof CartridgeError)
      return { kind: 'refused', code: failure.code, reason: failure.reason }
    // A disk that is full or gone may be there at the next attempt; anything else would only happen again.
    if (failure instanceof Error && 'syscall' in failure) throw failure
    return { kind: 'fault', fault: inspect(failure) }
  }
})
