import type { IncomingMessage } from 'node:http'

const longestAddress = 8192

// Repeated slashes, backslashes, encoded separators and dot segments: proxies, routers and file systems disagree
// about what they mean, and no address of ours needs them.
const ambiguous = /\/\/|\\|%(?:00|2f|5c)|\/\.{1,2}(?:\/|$)/i

/** Whether a request's target means the same to everyone who reads it. */
export function isPlainAddress(target: string): boolean {
  if (!target.startsWith('/') || target.length > longestAddress) return false
  const query = target.indexOf('?')
  const path = query < 0 ? target : target.slice(0, query)
  if (ambiguous.test(path)) return false
  if (query >= 0 && target.includes('%00', query)) return false
  if (!path.includes('%')) return true
  try {
    return !ambiguous.test(decodeURIComponent(path))
  } catch {
    return false
  }
}

const loopback = /^(?:127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/

/** Whether a request comes from this machine itself, not through a proxy on it. */
export function isLocal(req: IncomingMessage): boolean {
  return (
    loopback.test(req.socket.remoteAddress ?? '') &&
    req.headers['x-forwarded-for'] === undefined &&
    req.headers.forwarded === undefined
  )
}

/**
 * Under which name an address is counted. An IPv6 customer holds at least a /64 and may use every address in it,
 * so that is what counts.
 */
export function countedAddress(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)
  if (mapped) return mapped[1] as string
  if (!ip.includes(':')) return ip
  const [head = '', tail] = ip.split('%')[0]?.split('::') ?? []
  const groups = head ? head.split(':') : []
  if (tail !== undefined) {
    const after = tail ? tail.split(':') : []
    while (groups.length + after.length < 8) groups.push('0')
    groups.push(...after)
  }
  return `${groups.slice(0, 4).join(':')}::/64`
}
