import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Refresh tokens are derived, not stored: `<session id>.<generation>.<HMAC-SHA-256 of the two>`. The database
 * holds only the generation, so the same successor can be answered twice, and a stolen copy of the database
 * yields no token.
 */
export type RefreshClaim = { sessionId: string; generation: number }

const shape = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([1-9]\d{0,8})\.([\w-]{43})$/

export function createRefreshToken(secret: Buffer, { sessionId, generation }: RefreshClaim): string {
  return `${sessionId}.${generation}.${seal(secret, `${sessionId}.${generation}`)}`
}

const seal = (secret: Buffer, text: string) => createHmac('sha256', secret).update(text).digest('base64url')

/** What a token claims, or null when it is not one that we made. */
export function readRefreshToken(secret: Buffer, token: string): RefreshClaim | null {
  const [, sessionId, generation, given] = shape.exec(token) ?? []
  if (!sessionId || !generation || !given) return null
  const right = seal(secret, `${sessionId}.${generation}`)
  if (!timingSafeEqual(Buffer.from(right), Buffer.from(given))) return null
  return { sessionId, generation: Number(generation) }
}

/** What `sessions.token` holds. */
export const digestOf = (token: string) => createHash('sha256').update(token).digest('hex')
