import type { Readable } from 'node:stream'
import { openArchive } from './archive.ts'
import { assembleCourse } from './assemble.ts'
import {
  type CartridgeCourse,
  type CartridgeLimits,
  DEFAULT_CARTRIDGE_LIMITS,
  type ImportReport,
} from './cartridge.ts'
import { openSource } from './source.ts'

export type OpenCartridge = {
  course: CartridgeCourse
  report: ImportReport
  /** The whole file in memory. Rejects with CartridgeError when its bytes are damaged. */
  readFile(fileId: string): Promise<Buffer>
  /** The file as a stream; it fails with CartridgeError as soon as its bytes are found to be damaged. */
  openFile(fileId: string): Promise<Readable>
  close(): Promise<void>
}

/**
 * Reads a Common Cartridge (IMS CC 1.0 to 1.3, with what Canvas adds to it) from a file. Nothing is written
 * anywhere. Pages and quizzes are read at once; other files only when asked for. Throws CartridgeError when the
 * file is not a cartridge or breaks a limit; the caller closes what is returned. `onFault` hears of errors that cost one
 * part alone and are nobody's but ours.
 */
export async function openCartridge(
  path: string,
  limits: Partial<CartridgeLimits> = {},
  onFault: (failure: unknown) => void = () => {},
): Promise<OpenCartridge> {
  const all = { ...DEFAULT_CARTRIDGE_LIMITS, ...limits }
  const archive = await openArchive(path, all)
  try {
    const { course, report, shelf } = await assembleCourse(await openSource(archive, all), onFault)
    return {
      course,
      report,
      readFile: fileId => shelf.read(fileId, all.maxEntryBytes),
      openFile: fileId => shelf.open(fileId),
      close: () => archive.close(),
    }
  } catch (error) {
    await archive.close()
    throw error
  }
}
