import { open as openFile, stat } from 'node:fs/promises'
import { type Readable, Transform } from 'node:stream'
import { finished } from 'node:stream/promises'
import { crc32 } from 'node:zlib'
import { because, type ImportReason } from '@azora/contracts/education/import-reasons.ts'
import yauzl from 'yauzl'
import type { CartridgeLimits } from './cartridge.ts'
import { CartridgeError } from './cartridge-error.ts'
import { type EntryFault, pathFault, shownText } from './entry-names.ts'

/**
 * A zip that is not trusted. Every entry of the directory is judged before any content is read; contents are
 * streamed, and the declared sizes and checksums are enforced while they flow. Nothing is ever written.
 */

export type ArchiveEntry = { path: string; size: number }

/** An entry that cannot be read though the rest of the archive can, and why. */
type Unreadable = { path: string; reason: ImportReason }

export type Archive = {
  /** Files only, in the archive's order. */
  entries: ArchiveEntry[]
  /** Other readings of names whose encoding the archive does not state: reading to path. */
  otherNames: Map<string, string>
  /** Reads every entry once; those whose bytes are damaged or locked away. @throws CartridgeError for an entry that lies. */
  findDamage(): Promise<Unreadable[]>
  has(path: string): boolean
  size(path: string): number
  stream(path: string): Promise<Readable>
  /** The whole entry; `too_large` beyond `maxBytes`. */
  read(path: string, maxBytes: number): Promise<Buffer>
  close(): Promise<void>
}

const ratioMattersBeyondBytes = 10 * 1024 * 1024

/** Throws CartridgeError when the file is no zip, is damaged, or breaks a limit. */
export async function openArchive(path: string, limits: CartridgeLimits): Promise<Archive> {
  const { size: archiveBytes } = await stat(path)
  if (archiveBytes > limits.maxArchiveBytes) {
    throw new CartridgeError(
      'too_large',
      because('archive_too_large', { sizeBytes: archiveBytes, limitBytes: limits.maxArchiveBytes }),
    )
  }
  const zip = await openZip(path)
  try {
    const names = new Map<string, string>()
    const entries = await judgedEntries(zip, limits, names)
    return archiveOf(zip, entries, names)
  } catch (error) {
    zip.close()
    throw error
  }
}

async function openZip(path: string): Promise<yauzl.ZipFile> {
  try {
    return await yauzl.openPromise(path, { autoClose: false, lazyEntries: true, decodeStrings: false })
  } catch (cause) {
    if (isSystemError(cause)) throw cause
    const handle = await openFile(path, 'r')
    const start = Buffer.alloc(4)
    await handle.read(start, 0, 4, 0).finally(() => handle.close())
    // A zip starts with "PK" and ends with its directory: a start without an end is a broken download.
    if (start.toString('latin1', 0, 2) === 'PK') {
      throw new CartridgeError('truncated', because('end_missing'), { cause })
    }
    throw new CartridgeError('not_a_zip', because('not_a_zip'), { cause })
  }
}

async function judgedEntries(
  zip: yauzl.ZipFile,
  limits: CartridgeLimits,
  otherNames: Map<string, string>,
): Promise<Map<string, yauzl.Entry>> {
  if (zip.entryCount > limits.maxEntries) throw tooManyEntries(zip.entryCount, limits)
  const entries = new Map<string, yauzl.Entry>()
  const seen = new Set<string>()
  const spans: { start: number; end: number; path: string }[] = []
  let totalBytes = 0
  try {
    for await (const entry of zip.eachEntry()) {
      const { path, other } = entryName(entry)
      if (other && other !== path) otherNames.set(other, path)
      if (seen.has(path)) {
        throw fault('duplicate_entry', path, 'entry_twice')
      }
      seen.add(path)
      judgeEntry(entry, path, zip.fileSize, limits)
      totalBytes += entry.uncompressedSize
      if (totalBytes > limits.maxTotalBytes) {
        throw new CartridgeError(
          'too_large',
          because('unpacked_too_large', { limitBytes: limits.maxTotalBytes }),
        )
      }
      const start = entry.relativeOffsetOfLocalHeader
      spans.push({ start, end: start + 30 + entry.fileNameLength + entry.compressedSize, path })
      if (!path.endsWith('/')) entries.set(path, entry)
    }
  } catch (error) {
    if (error instanceof CartridgeError) throw error
    if (isSystemError(error)) throw error
    throw new CartridgeError('truncated', because('contents_damaged'), { cause: error })
  }
  refuseOverlaps(spans)
  return entries
}

/**
 * The entry's path. Windows tools write backslashes where the format wants slashes (APPNOTE 4.4.17.1), and names in
 * UTF-8 without the flag that says so, or the flag without UTF-8. What is no UTF-8 may be any old code page: `other` is a second reading of it.
 */
function entryName(entry: yauzl.Entry): { path: string; other: string | null } {
  const raw = entry.fileName as unknown as Buffer // decodeStrings: false hands the bytes over
  const stated = entry.extraFields.some(isUnicodePath)
  const utf8 = stated ? null : utf8Name(raw)
  const flags = stated ? entry.generalPurposeBitFlag : 0
  const name = utf8 ?? yauzl.getFileNameLowLevel(flags, raw, entry.extraFields, false)
  const path = name.replaceAll('\\', '/')
  const wrong = pathFault(path)
  if (wrong) throw fault('unsafe_path', path, wrong)
  const other = stated || utf8 !== null ? null : new TextDecoder('windows-1252').decode(raw)
  return { path, other: other?.replaceAll('\\', '/') ?? null }
}

const isUnicodePath = ({ id }: { id: number }) => id === 0x7075

function utf8Name(raw: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw)
  } catch {
    return null // some code page of old; the caller reads it as such
  }
}

function judgeEntry(entry: yauzl.Entry, path: string, fileSize: number, limits: CartridgeLimits): void {
  const unixType = (entry.externalFileAttributes >>> 16) & 0o170000
  if (unixType !== 0 && unixType !== 0o100000 && unixType !== 0o040000) {
    throw fault('unsafe_path', path, 'entry_device')
  }
  if (entry.relativeOffsetOfLocalHeader + entry.compressedSize > fileSize) {
    throw fault('truncated', path, 'entry_beyond_end')
  }
  if (entry.uncompressedSize > limits.maxEntryBytes) {
    throw entryTooLarge(path, entry.uncompressedSize, limits.maxEntryBytes)
  }
  const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize)
  if (entry.uncompressedSize > ratioMattersBeyondBytes && ratio > limits.maxCompressionRatio) {
    const shown = shownText(path)
    const reason = because('entry_grows', { path: shown, times: Math.round(ratio) })
    throw new CartridgeError('suspicious_compression', reason, { entry: shown })
  }
}

/** Why an entry that may well be sound cannot be unpacked here, or null. */
function lockedFault(path: string, entry: yauzl.Entry): CartridgeError | null {
  if (entry.isEncrypted()) return fault('encrypted', path, 'entry_encrypted')
  if (entry.compressionMethod === 0 || entry.compressionMethod === 8) return null
  return fault('unsupported_format', path, 'entry_packed_otherwise')
}

const unreadableReasons: Partial<Record<CartridgeError['code'], ImportReason>> = {
  damaged: because('part_damaged'),
  encrypted: because('part_encrypted'),
  unsupported_format: because('part_packed_otherwise'),
}

/** Overlapping entries reuse the same bytes, which is how the densest zip bombs are built. */
function refuseOverlaps(spans: { start: number; end: number; path: string }[]): void {
  spans.sort((a, b) => a.start - b.start)
  for (let at = 1; at < spans.length; at++) {
    const span = spans[at]!
    if (span.start < spans[at - 1]!.end) {
      throw fault('suspicious_compression', span.path, 'entry_overlaps')
    }
  }
}

function archiveOf(
  zip: yauzl.ZipFile,
  entries: Map<string, yauzl.Entry>,
  otherNames: Map<string, string>,
): Archive {
  const find = (path: string): yauzl.Entry => {
    const entry = entries.get(path)
    if (!entry) throw new Error(`no entry ${JSON.stringify(path)} in the archive`)
    return entry
  }
  const stream = async (path: string): Promise<Readable> => {
    const entry = find(path)
    const locked = lockedFault(path, entry)
    if (locked) throw locked
    if (!zip.isOpen) throw new CartridgeError('closed', because('closed'))
    const source = await zip.openReadStreamPromise(entry).catch((cause: unknown) => {
      throw damaged(path, cause)
    })
    const checked = checking(path, entry)
    source.once('error', (cause: Error) => checked.destroy(damaged(path, cause)))
    checked.once('close', () => source.destroy())
    return source.pipe(checked)
  }
  return {
    entries: [...entries].map(([path, entry]) => ({ path, size: entry.uncompressedSize })),
    otherNames,
    async findDamage() {
      const found: Unreadable[] = []
      for (const path of entries.keys()) {
        try {
          await finished((await stream(path)).resume())
        } catch (error) {
          const reason = error instanceof CartridgeError ? unreadableReasons[error.code] : undefined
          if (!reason) throw error
          found.push({ path, reason })
        }
      }
      return found
    },
    has: path => entries.has(path),
    size: path => find(path).uncompressedSize,
    stream,
    async read(path, maxBytes) {
      const { uncompressedSize } = find(path)
      if (uncompressedSize > maxBytes) {
        throw entryTooLarge(path, uncompressedSize, maxBytes)
      }
      const chunks: Buffer[] = []
      for await (const chunk of await stream(path)) chunks.push(chunk)
      return Buffer.concat(chunks)
    },
    async close() {
      if (!zip.isOpen) return
      const closed = new Promise<void>(resolve => zip.once('close', () => resolve()))
      zip.close()
      await closed
    },
  }
}

/** Passes the bytes on while holding them to the declared size and CRC-32 (APPNOTE 4.4.7 and 4.4.9). */
function checking(path: string, entry: yauzl.Entry): Transform {
  let bytes = 0
  let checksum = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      if (bytes > entry.uncompressedSize) return done(lying(path))
      checksum = crc32(chunk, checksum)
      done(null, chunk)
    },
    flush(done) {
      done(bytes === entry.uncompressedSize && checksum === entry.crc32 ? null : damaged(path))
    },
  })
}

function damaged(path: string, cause?: unknown): CartridgeError {
  if (cause instanceof CartridgeError) return cause
  if (cause instanceof Error && cause.message.startsWith('too many bytes')) return lying(path)
  const entry = shownText(path)
  return new CartridgeError('damaged', because('entry_damaged', { path: entry }), { entry, cause })
}

const lying = (path: string) => fault('suspicious_compression', path, 'entry_lies')

function fault(code: CartridgeError['code'], path: string, why: EntryFault): CartridgeError {
  const entry = shownText(path)
  return new CartridgeError(code, because(why, { path: entry }), { entry })
}

function entryTooLarge(path: string, sizeBytes: number, limitBytes: number): CartridgeError {
  const entry = shownText(path)
  return new CartridgeError('too_large', because('entry_too_large', { path: entry, sizeBytes, limitBytes }), {
    entry,
  })
}

function tooManyEntries(count: number, limits: CartridgeLimits): CartridgeError {
  return new CartridgeError('too_many_entries', because('too_many_files', { count, most: limits.maxEntries }))
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error
}
