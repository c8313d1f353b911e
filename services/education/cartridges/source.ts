import type { Archive, ArchiveEntry } from './archive.ts'
import type { CartridgeLimits } from './cartridge.ts'
import { CartridgeError } from './cartridge-error.ts'
import { normalisedPath } from './entry-names.ts'
import { parseXml, type XmlElement } from './xml.ts'

/** The archive seen from the folder that holds imsmanifest.xml, with a budget on the text read into memory. */
export type Source = {
  /** Every file, course or not, by the path that the report shows. */
  entries: ArchiveEntry[]
  /** The entry that a reference means: exact, percent-decoded, or alike but for case and Unicode form. */
  find(path: string): string | null
  xml(path: string): Promise<XmlElement>
  html(path: string): Promise<Buffer>
  archive: Archive
  /** Path inside the archive. */
  inside(path: string): string
}

/** Files that operating systems add; they are no part of any course. */
export const isHousekeeping = (path: string) =>
  /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/i.test(path)

export function openSource(archive: Archive, limits: CartridgeLimits): Source {
  const root = rootFolder(archive)
  const entries = archive.entries.map(({ path, size }) => ({
    path: isHousekeeping(path) ? path : path.slice(root.length),
    size,
  }))
  const exact = new Set(entries.map(entry => entry.path))
  const alike = new Map(entries.map(entry => [folded(entry.path), entry.path]))
  const inside = (path: string) => (isHousekeeping(path) ? path : root + path)
  let textBytes = 0
  const readText = async (path: string, maxBytes: number): Promise<Buffer> => {
    textBytes += Math.min(archive.size(inside(path)), maxBytes)
    if (textBytes > limits.maxTextBytes) {
      throw new CartridgeError(
        'too_large',
        'The pages and quizzes of this course together are larger than the limit for one course. Split the course.',
      )
    }
    return archive.read(inside(path), maxBytes)
  }
  return {
    entries,
    archive,
    inside,
    find: reference => {
      for (const candidate of [reference, percentDecoded(reference)]) {
        const path = candidate === null ? null : normalisedPath(candidate)
        if (path === null) continue
        if (exact.has(path)) return path
        const similar = alike.get(folded(path))
        if (similar) return similar
      }
      return null
    },
    xml: async path => parseXml(await readText(path, limits.maxXmlBytes), path, limits),
    html: path => readText(path, limits.maxHtmlBytes),
  }
}

/** Some people zip the folder instead of its contents: then everything lies one level down. */
function rootFolder(archive: Archive): string {
  if (archive.has('imsmanifest.xml')) return ''
  const course = archive.entries.filter(entry => !isHousekeeping(entry.path))
  const manifest = course.find(entry => /^[^/]+\/imsmanifest\.xml$/i.test(entry.path))?.path
  const root = manifest?.slice(0, manifest.indexOf('/') + 1)
  if (root && course.every(entry => entry.path.startsWith(root))) return root
  const has = (name: RegExp) => course.some(entry => name.test(entry.path))
  if (has(/^moodle_backup\.xml$/)) {
    throw new CartridgeError(
      'unsupported_format',
      'This is a Moodle backup. In Moodle, open the course, choose “Export to Common Cartridge” (course reuse), and drop that file.',
    )
  }
  if (has(/^\.bb-package-info$/)) {
    throw new CartridgeError(
      'unsupported_format',
      'This is a Blackboard archive. In Blackboard, export the course as a Common Cartridge package and drop that file.',
    )
  }
  throw new CartridgeError(
    'manifest_missing',
    'The archive has no imsmanifest.xml at its top, so it is not a Common Cartridge. Export the course as Common Cartridge (.imscc) and drop that file unchanged.',
  )
}

const folded = (path: string) => path.normalize('NFC').toLowerCase()

export function percentDecoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null // a bare percent sign: the text is no percent-encoding
  }
}
