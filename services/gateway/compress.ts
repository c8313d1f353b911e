import compression from 'compression'
import type { Request, Response } from 'express'

const text = /^(?:text\/|application\/(?:[\w.+-]*\+)?(?:json|xml|javascript|manifest)|image\/svg\+xml)/

const wrap = compression({
  threshold: 1024,
  filter: (_req, res) => text.test(String(res.getHeader('Content-Type') ?? '')),
})

/** Compress the answer if it turns out to be text of a kilobyte or more and the client can read it. */
export function compress(req: Request, res: Response): void {
  // Programs within the machine room do not ask; they are spared the wrapping.
  if (req.headers['accept-encoding'] !== undefined) wrap(req, res, () => {})
}
