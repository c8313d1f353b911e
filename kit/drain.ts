import type { IncomingMessage } from 'node:http'

// A client reads the answer when it has sent what it was sending; so much more is taken from it and thrown away.
const mostBytes = 64 * 1024 * 1024
const mostMs = 30_000

/**
 * Take what is left of a request's body and throw it away, so that a client that is still sending gets to read the
 * answer: a connection closed under it would look like a broken line. Bounded in bytes and time.
 */
export function drain(req: IncomingMessage): void {
  if (req.complete || req.destroyed) return
  let bytes = 0
  const timer = setTimeout(() => req.destroy(), mostMs).unref()
  req.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > mostBytes) req.destroy()
  })
  req.once('close', () => clearTimeout(timer))
  req.on('error', () => {}) // it left; there is nobody to be told
  req.resume()
}
