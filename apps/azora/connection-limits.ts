import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/**
 * What one process gives to those who connect: so many connections, and so much time to send a body. Both cost an
 * attacker almost nothing to use up, and an honest visitor never meets them.
 */
export const connectionLimits = {
  /** All connections of a process. Each takes some 20 kB, so they fit in memory with everything else. */
  most: 10_000,
  /** From one address: a school behind one address has hundreds of browsers with up to six each. */
  mostPerAddress: 2_000,
  /** For this long nothing is asked of a body. */
  graceMs: 30_000,
  /** Slower than this, on average, no line is that a page could be read over. */
  leastBytesPerSecond: 500,
  /** JSON is a megabyte at most, and is held in memory while it comes. */
  jsonMs: 120_000,
  everyMs: 5_000,
}

type Limits = typeof connectionLimits

const tooSlow = (req: IncomingMessage, ms: number, bytes: number, limits: Limits) => {
  if (ms < Math.min(limits.graceMs, limits.jsonMs)) return false
  if (/\bjson\b/i.test(req.headers['content-type'] ?? '') && ms > limits.jsonMs) return true
  return ms > limits.graceMs && bytes / (ms / 1000) < limits.leastBytesPerSecond
}

/**
 * Hold a server to the limits.
 * @param byAddress false where all come from one address: behind a proxy, and among the parts of a cluster.
 * @returns takes each request as it arrives.
 */
export function limitConnections(
  server: Server,
  { byAddress, limits = connectionLimits }: { byAddress: boolean; limits?: Limits },
): (req: IncomingMessage, res: ServerResponse) => void {
  server.maxConnections = limits.most
  const counts = new Map<string, number>()
  server.on('connection', (socket: Socket) => {
    if (!byAddress) return
    const address = socket.remoteAddress ?? ''
    const count = (counts.get(address) ?? 0) + 1
    if (count > limits.mostPerAddress) return void socket.destroy()
    counts.set(address, count)
    socket.once('close', () => {
      const left = (counts.get(address) ?? 1) - 1
      if (left > 0) counts.set(address, left)
      else counts.delete(address)
    })
  })

  const bodies = new Map<IncomingMessage, { res: ServerResponse; began: number; before: number }>()
  const timer = setInterval(() => {
    for (const [req, { res, began, before }] of bodies) {
      if (req.complete || req.destroyed) {
        bodies.delete(req)
        continue
      }
      if (!tooSlow(req, performance.now() - began, req.socket.bytesRead - before, limits)) continue
      bodies.delete(req)
      if (!res.headersSent) {
        res.writeHead(408, { Connection: 'close' })
        res.end(() => req.destroy())
      } else req.destroy()
    }
  }, limits.everyMs).unref()
  server.once('close', () => clearInterval(timer))
  return (req, res) => {
    const hasBody =
      req.headers['transfer-encoding'] !== undefined || req.headers['content-length'] !== undefined
    if (hasBody) bodies.set(req, { res, began: performance.now(), before: req.socket.bytesRead })
  }
}
