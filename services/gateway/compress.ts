import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import compression from 'compression'
import type { Request, Response } from 'express'

const text = /^(?:text\/|application\/(?:[\w.+-]*\+)?(?:json|xml|javascript|manifest)|image\/svg\+xml)/
const threshold = 1024
/** Up to so many bytes, an answer that is there whole is compressed at once: handing it to a thread costs more. */
const mostAtOnce = 16_384

const isText = (res: Response) => text.test(String(res.getHeader('Content-Type') ?? ''))

/** A strong tag says that the bytes are the same, which the compressed ones are not (RFC 9110, 8.8.3.3). */
function weaken(res: Response): void {
  const etag = res.getHeader('ETag')
  if (typeof etag === 'string' && etag.startsWith('"')) res.setHeader('ETag', `W/${etag}`)
}

const wrap = compression({
  threshold,
  filter(req, res) {
    const answer = res as Response
    if (!isText(answer)) return false
    const long = Number(res.getHeader('Content-Length') ?? threshold) >= threshold
    if (long && req.method !== 'HEAD' && !res.getHeader('Content-Encoding')) weaken(answer)
    return true
  },
})

function compressed(req: Request, body: Buffer): { encoding: string; bytes: Buffer } | null {
  if (req.acceptsEncodings('br')) {
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: 4,
      [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
    }
    return { encoding: 'br', bytes: brotliCompressSync(body, { params }) }
  }
  if (req.acceptsEncodings('gzip')) return { encoding: 'gzip', bytes: gzipSync(body) }
  return null
}

/** The text that an answer consists of, where it is one to compress at once. */
function wholeText(req: Request, res: Response, chunk: unknown): Buffer | null {
  if (res.headersSent || req.method === 'HEAD' || res.hasHeader('Content-Encoding') || !isText(res))
    return null
  if (/no-transform/.test(String(res.getHeader('Cache-Control') ?? ''))) return null
  if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) return null
  // No text is shorter in bytes than in characters.
  if (chunk.length > mostAtOnce) return null
  const body =
    typeof chunk === 'string'
      ? Buffer.from(chunk)
      : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
  return body.length >= threshold && body.length <= mostAtOnce ? body : null
}

/** Compress an answer that ends in one go without a stream. */
function compressWhole(req: Request, res: Response): void {
  const { end } = res
  res.end = ((chunk?: unknown, ...rest: unknown[]) => {
    const body = typeof rest[0] === 'string' && rest[0] !== 'utf8' ? null : wholeText(req, res, chunk)
    const made = body && compressed(req, body)
    if (!made) return (end as (...all: unknown[]) => Response).call(res, chunk, ...rest)
    res.vary('Accept-Encoding')
    weaken(res)
    res.setHeader('Content-Encoding', made.encoding)
    res.setHeader('Content-Length', made.bytes.length)
    return (end as (...all: unknown[]) => Response).call(res, made.bytes, ...rest)
  }) as typeof res.end
}

/** Compress the answer if it turns out to be text of a kilobyte or more and the client can read it. */
export function compress(req: Request, res: Response): void {
  // Programs within the machine room do not ask; they are spared the wrapping.
  if (req.headers['accept-encoding'] === undefined) return
  wrap(req, res, () => {})
  compressWhole(req, res)
}
