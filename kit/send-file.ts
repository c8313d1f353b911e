import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import { namesTag } from './answer-headers.ts'
import type { Blobs } from './blobs.ts'

export type SentFile = { name: string; mediaType: string; size: number; sha256: string; blobKey: string }

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
 * @param caching of the answer, for `Cache-Control`
 */
export async function sendFile(
  blobs: Blobs,
  file: SentFile,
  { caching, req, res }: { caching: string; req: Request; res: Response },
): Promise<void> {
  const etag = `"${file.sha256.slice(0, 32)}"`
  res.setHeader('ETag', etag)
  res.setHeader('Accept-Ranges', 'bytes')
  res.setHeader('Cache-Control', caching)
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
