import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { CartridgeFile } from './cartridge.ts'
import { shownFileName, shownText } from './entry-names.ts'
import { mediaTypeOf } from './media-types.ts'
import type { Source } from './source.ts'

/** The files of a course: entries of the archive, and files made from what could not be imported otherwise. */
export type FileShelf = {
  idOf(path: string): string
  /** Id of an entry that is kept; `lesson` is the title of the lesson that uses it, null for an attachment. */
  use(path: string, lesson: string | null): string
  /** Keeps bytes as a file of their own. The same bytes under the same name are kept once. */
  add(name: string, bytes: Buffer, mediaType: string, usedBy: CartridgeFile['usedBy']): string
  lessonUsing(path: string): string | undefined
  /** Characters of the address that a file will have in stored texts. */
  addressLength(fileId: string): number
  list(): CartridgeFile[]
  open(fileId: string): Promise<Readable>
  read(fileId: string, maxBytes: number): Promise<Buffer>
}

/** What stands before the name in the address of a file. */
const addressStart = 80

export function createFileShelf(source: Source): FileShelf {
  const ids = new Map(source.entries.map((entry, at) => [entry.path, `f${at + 1}`]))
  const paths = new Map([...ids].map(([path, id]) => [id, path]))
  const taken = new Set<string>()
  const lessons = new Map<string, string>()
  const made = new Map<string, { file: CartridgeFile; bytes: Buffer }>()
  const entryOf = (fileId: string): string => {
    const path = paths.get(fileId)
    if (path === undefined) throw new Error(`no file ${JSON.stringify(fileId)} in this cartridge`)
    return source.inside(path)
  }
  return {
    idOf: path => ids.get(path)!,
    use: (path, lesson) => {
      taken.add(path)
      if (lesson !== null && !lessons.has(path)) lessons.set(path, lesson)
      return ids.get(path)!
    },
    add: (name, bytes, mediaType, usedBy) => {
      const id = `x${createHash('sha256').update(`${name}\0`).update(bytes).digest('hex').slice(0, 20)}`
      const path = `made-on-import/${shownText(name, 300)}`
      made.set(id, {
        file: {
          id,
          path,
          name: shownFileName(name.replaceAll('/', '_')),
          mediaType,
          size: bytes.length,
          usedBy,
        },
        bytes,
      })
      return id
    },
    lessonUsing: path => lessons.get(path),
    addressLength: id => {
      const name = made.get(id)?.file.name ?? shownFileName(paths.get(id) ?? '')
      return addressStart + encodeURIComponent(name).length
    },
    list: () => [
      ...source.entries.flatMap(({ path, size }) => {
        const usedBy: CartridgeFile['usedBy'] = lessons.has(path) ? 'lesson' : 'attachment'
        const file = {
          id: ids.get(path)!,
          path: shownText(path, 500),
          name: shownFileName(path),
          mediaType: mediaTypeOf(path),
          size,
          usedBy,
        }
        return taken.has(path) ? [file] : []
      }),
      ...[...made.values()].map(({ file }) => file),
    ],
    open: async fileId => {
      const own = made.get(fileId)
      return own ? Readable.from([own.bytes], { objectMode: false }) : source.archive.stream(entryOf(fileId))
    },
    read: async (fileId, maxBytes) =>
      made.get(fileId)?.bytes ?? source.archive.read(entryOf(fileId), maxBytes),
  }
}
