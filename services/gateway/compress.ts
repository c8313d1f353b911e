import compression from 'compression'
import type { Request, Response } from 'express'

const text = /^(?:text\/|application\/(?:[\w.+-]*\+)?(?:json|xml|javascript|manifest)|image\/svg\+xml)/
const threshold = 1024

const wrap = compression({
  threshold,
  filter(req, res) {
    if (!text.test(String(res.getHeader('Content-Type') ?? ''))) return false
    const long = Number(res.getHeader('Content-Length') ?? threshold) >= threshold
    const etag = res.getHeader('ETag')
    // A strong tag says that the bytes are the same, which the compressed ones are not (RFC 9110, 8.8.3.3).
    if (long && typeof etag === 'string' && etag.startsWith('"') && req.method !== 'HEAD') {
      res.setHeader('ETag', `W/${etag}`)
    }
    return true
  },
})

/** Compress the answer if it turns out to be text of a kilobyte or more and the client can read it. */
export function compress(req: Request, res: Response): void {
  // Programs within the machine room do not ask; they are spared the wrapping.
  if (req.headers['accept-encoding'] !== undefined) wrap(req, res, () => {})
}
