import { because, type ImportReason } from '@azora/contracts/education/import-reasons.ts'
import type { Archive, ArchiveEntry } from './archive.ts'
import { refusalOf } from './archive-kinds.ts'
import type { CartridgeLimits } from './cartridge.ts'
import { CartridgeError } from './cartridge-error.ts'
import { folderOf, normalisedPath, shownText } from './entry-names.ts'
import { parseMendingXml } from './mended-xml.ts'
import { decodeHtml, storableText } from './text-encoding.ts'
import type { XmlElement } from './xml.ts'

/** The archive seen from the folder that holds imsmanifest.xml, with a budget on the text read into memory. */
export type Source = {
  /** Every file, course or not, by the path that the report shows. */
  entries: ArchiveEntry[]
  /** Path of imsmanifest.xml, which some systems spell otherwise. */
  manifest: string
  /** Entries that cannot be read: path to the reason. They are not found by `find`. */
  unreadable: Map<string, ImportReason>
  /** The entry that a reference means: exact, percent-decoded, or alike but for case and Unicode form. */
  find(path: string): string | null
  xml(path: string): Promise<XmlElement>
  /** Text of a page, without characters that cannot be stored. */
  html(path: string): Promise<string>
  /** Texts that had to be mended to be read. */
  mended: Set<string>
  archive: Archive
  /** Path inside the archive. */
  inside(path: string): string
}

/** Files that operating systems add; they are no part of any course. */
export const isHousekeeping = (path: string) =>
  /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|\._[^/]+$|Thumbs\.db$|desktop\.ini$)/i.test(path)

/** @throws CartridgeError when there is no manifest, several, or an entry that lies about itself. */
export async function openSource(archive: Archive, limits: CartridgeLimits): Promise<Source> {
  const { root, name: manifest } = manifestOf(archive)
  // What lies beside the course's folder keeps a path that no reference of the course can mean.
  const outside = (path: string) => isHousekeeping(path) || !path.startsWith(root)
  const named = (path: string) =>
    root === '' || isHousekeeping(path) ? path : outside(path) ? `../${path}` : path.slice(root.length)
  const entries = archive.entries.map(({ path, size }) => ({ path: named(path), size }))
  const insides = new Map(archive.entries.map(({ path }) => [named(path), path]))
  const inside = (path: string) => insides.get(path) ?? root + path
  const unreadable = new Map((await archive.findDamage()).map(({ path, reason }) => [named(path), reason]))
  const readable = entries.map(entry => entry.path).filter(path => !unreadable.has(path))
  const exact = new Set(readable)
  const alike = new Map(readable.map(path => [folded(path), path]))
  for (const [name, path] of archive.otherNames) {
    if (exact.has(named(path)) && !alike.has(folded(named(name)))) alike.set(folded(named(name)), named(path))
  }
  const mended = new Set<string>()
  let textBytes = 0
  const readText = async (path: string, maxBytes: number): Promise<Buffer> => {
    textBytes += Math.min(archive.size(inside(path)), maxBytes)
    if (textBytes > limits.maxTextBytes) {
      throw new CartridgeError('too_large', because('texts_too_large'))
    }
    return archive.read(inside(path), maxBytes)
  }
  return {
    entries,
    manifest,
    unreadable,
    archive,
    inside,
    mended,
    find: reference => {
      const slashed = reference.replaceAll('\\', '/')
      for (const candidate of [slashed, percentDecoded(slashed)]) {
        const path = candidate === null ? null : normalisedPath(candidate)
        if (path === null) continue
        if (exact.has(path)) return path
        const similar = alike.get(folded(path))
        if (similar) return similar
      }
      return null
    },
    xml: async path => {
      const read = parseMendingXml(await readText(path, limits.maxXmlBytes), path, limits)
      if (read.mended) mended.add(path)
      return read.root
    },
    html: async path => {
      const { text, cleaned } = storableText(decodeHtml(await readText(path, limits.maxHtmlBytes)))
      if (cleaned) mended.add(path)
      return text
    },
  }
}

/**
 * The manifest nearest to the top, in any spelling: some people zip the folder instead of its contents, and some
 * systems do not mind the case of names.
 */
function manifestOf(archive: Archive): { root: string; name: string } {
  const course = archive.entries.map(entry => entry.path).filter(path => !isHousekeeping(path))
  const depth = (path: string) => path.split('/').length
  const manifests = course
    .filter(path => /(?:^|\/)imsmanifest\.xml$/i.test(path))
    .toSorted((a, b) => depth(a) - depth(b))
  const [first, second] = manifests
  if (first === undefined) throw refusalOf(course)
  if (second !== undefined && depth(second) === depth(first)) {
    throw new CartridgeError(
      'unsupported_format',
      because('several_courses', { path: shownText(first), other: shownText(second) }),
    )
  }
  const root = folderOf(first)
  return { root, name: first.slice(root.length) }
}

const folded = (path: string) => path.normalize('NFC').toLowerCase()

export function percentDecoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null // a bare percent sign: the text is no percent-encoding
  }
}
