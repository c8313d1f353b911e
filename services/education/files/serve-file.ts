import { pipeline } from 'node:stream/promises'
import { namesTag } from '@azora/kit/answer-headers.ts'
import type { Blobs } from '@azora/kit/blobs.ts'
import type { Database } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { Actor } from '@azora/kit/identity.ts'
import type { Request, Response } from 'express'
import { selectOptionalEnrollment } from '../enrollments/enrollments.store.ts'
import { accessToFile } from './file-rules.ts'
import { type FileRow, selectOptionalFile, selectOptionalPublicCover } from './files.store.ts'

/**
 * Who may read a file: anyone a published course's cover, else who teaches its course, or is enrolled in it and sees
 * a lesson that shows it.
 * @throws AppError `not_found` in every other case, so that a file's existence is not told.
 */
async function selectReadableFile(db: Database, actor: Actor | null, fileId: string): Promise<FileRow> {
  const school = actor && db.in(actor.organizationId)
  const file = school
    ? await selectOptionalFile(school, fileId)
    : await selectOptionalPublicCover(db.across, fileId)
  const access = file ? accessToFile(actor, file) : 'no'
  if (file && access === 'yes') return file
  if (file && access === 'if_enrolled' && school) {
    if (await selectOptionalEnrollment(school, actor.userId, file.courseId)) return file
  }
  throw new AppError('not_found')
}

const shownInline = /^(image|video|audio)\/|^application\/pdf$|^text\/(plain|vtt)$/

type Range = { start: number; end: number }

/** A single byte range (RFC 9110 section 14); null for none, or for a form that may be ignored. */
export function parseRange(header: string | undefined, size: number): Range | null | 'unsatisfiable' {
  const found = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  if (!found || (found[1] === '' && found[2] === '')) return null
  // A range that ends before it begins is not one, and is ignored (RFC 9110 section 14.1.1).
  if (found[1] !== '' && found[2] !== '' && Number(found[2]) < Number(found[1])) return null
  const start = found[1] === '' ? Math.max(0, size - Number(found[2])) : Number(found[1])
  const end = found[1] === '' || found[2] === '' ? size - 1 : Math.min(Number(found[2]), size - 1)
  return start > end || start >= size ? 'unsatisfiable' : { start, end }
}

const filePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; media-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

/** What tells a browser how to take a file. */
export function fileHeaders({
  name,
  mediaType,
}: {
  name: string
  mediaType: string
}): Record<string, string> {
  const disposition = shownInline.test(mediaType) ? 'inline' : 'attachment'
  return {
    'Content-Type': mediaType.startsWith('text/') ? `${mediaType}; charset=utf-8` : mediaType,
    'X-Content-Type-Options': 'nosniff',
    // The PDF viewer of browsers is a page of its own and does not start in a sandbox.
    'Content-Security-Policy': mediaType === 'application/pdf' ? filePolicy : `${filePolicy}; sandbox`,
    'Content-Disposition': `${disposition}; filename*=UTF-8''${encodeRfc5987(name)}`,
  }
}

/**
 * Stream a file. What a browser might run is never shown inline in this origin: scripts are off for anything
 * shown, and HTML is only ever saved.
 */
export async function serveFile(
  { db, blobs }: { db: Database; blobs: Blobs },
  actor: Actor | null,
  fileId: string,
  req: Request,
  res: Response,
): Promise<void> {
  const file = await selectReadableFile(db, actor, fileId)
  const etag = `"${file.sha256.slice(0, 32)}"`
  res.setHeader('ETag', etag)
  res.setHeader('Accept-Ranges', 'bytes')
  // Kept, but asked about each time: the content of a file may be replaced under its address.
  res.setHeader('Cache-Control', file.isCover ? 'public, no-cache' : 'private, no-cache')
  for (const [name, value] of Object.entries(fileHeaders(file))) res.setHeader(name, value)
  if (namesTag(req.headers['if-none-match'], etag)) {
    res.status(304).end()
    return
  }
  // The part of another content would be put together with parts of this one (RFC 9110, 13.1.5).
  const isOther = req.headers['if-range'] !== undefined && req.headers['if-range'] !== etag
  const range = isOther ? null : parseRange(req.headers.range, file.size)
  if (range === 'unsatisfiable') {
    res.setHeader('Content-Range', `bytes */${file.size}`)
    // Empty, so it is of no type (RFC 9110, 15.5.17 asks for the length alone, in Content-Range).
    res.removeHeader('Content-Type')
    res.status(416).end()
    return
  }
  const length = range ? range.end - range.start + 1 : file.size
  res.setHeader('Content-Length', length)
  if (range) res.setHeader('Content-Range', `bytes ${range.start}-${range.end}/${file.size}`)
  res.status(range ? 206 : 200)
  if (req.method === 'HEAD' || length === 0) {
    res.end()
    return
  }
  const content = await blobs.get(file.blobKey, range ?? undefined)
  if (!content) throw new Error(`The blob ${file.blobKey} is missing.`)
  await pipeline(content, res).catch(failure => {
    // The reader left, as a browser does when a video is skipped through; nobody is there to be told.
    if (failure.code !== 'ERR_STREAM_PREMATURE_CLOSE' && failure.code !== 'ECONNRESET') throw failure
  })
}

/** A value of an extended parameter (RFC 8187). */
function encodeRfc5987(name: string): string {
  return encodeURIComponent(name).replace(
    /['()*]/g,
    letter => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
