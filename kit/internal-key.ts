import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

/**
 * How the parts of an installation know each other: a mark that only who holds the installation's secret can make.
 * The gateway removes it from whatever comes from outside.
 */
export const internalHeader = 'x-azora-internal'

// Clocks within one installation may differ by this much.
const validMs = 5 * 60_000

export type InternalKey = {
  /** A fresh mark: the time in milliseconds and its HMAC-SHA-256 (RFC 2104), bound to what it vouches for, if anything. */
  sign(subject?: string): string
  verify(mark: unknown, subject?: string): boolean
  /** A digest that tells nothing to who has not the installation's secret, not even by guessing. */
  digest(text: string): string
}

export function createInternalKey(secret: string): InternalKey {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'azora internal calls', 32))
  const digestKey = Buffer.from(hkdfSync('sha256', secret, '', 'azora request digests', 32))
  const seal = (time: string, subject: string) =>
    createHmac('sha256', key).update(time).update(subject).digest('base64url')
  return {
    digest: text => createHmac('sha256', digestKey).update(text).digest('base64url'),
    sign(subject = '') {
      const time = String(Date.now())
      return `${time}.${seal(time, subject)}`
    },
    verify(mark, subject = '') {
      if (typeof mark !== 'string') return false
      const [, time, given] = /^(\d{13})\.([\w-]{43})$/.exec(mark) ?? []
      if (!time || !given || Math.abs(Date.now() - Number(time)) > validMs) return false
      return timingSafeEqual(Buffer.from(given), Buffer.from(seal(time, subject)))
    },
  }
}
