import { createHash } from 'node:crypto'
import { AppError } from '@azora/kit/errors.ts'
import type { Limiter } from '@azora/kit/limits.ts'
import { networkOf } from '../sessions/network.ts'
import { codeMinutes, linkMinutes } from './email-code.ts'

/**
 * How many emails strangers can have sent. A school registers from one network on its first day, so that is wide; one
 * mailbox gets few, and fewer for one who asks. The windows are no longer than what the emails bring is good for:
 * one who is refused another one has one that still works.
 */
const toAnybody = { points: 1000, windowSeconds: 60 * 60 }
const lives = { code: codeMinutes * 60, reset: linkMinutes * 60 }
const toOneFromOneNetwork = 3
const toOne = 6
// Five tries at each code: a hundred a day at one address in a million.
const codesToOne = { points: 20, windowSeconds: 24 * 60 * 60 }
const onePerMinute = { points: 1, windowSeconds: 60 }

/**
 * Count an email before it is written. Whether it may go must not show in the answer: it would tell that someone
 * asked before.
 * @throws AppError `rate_limited` when the network as a whole asks for too many.
 */
export async function mayWrite(
  limiter: Limiter,
  kind: 'code' | 'reset',
  { email, ip }: { email: string; ip: string },
): Promise<boolean> {
  const network = networkOf(ip)
  // Addresses are personal; counters may lie in a shared Redis.
  const mailbox = createHash('sha256').update(email).digest('base64url')
  const all = await limiter(`emails:${network}`, toAnybody)
  if (!all.allowed) throw new AppError('rate_limited', { retryAfterSeconds: Math.max(1, all.resetSeconds) })
  const counts = [
    // A registration that is asked for again within a minute is recognised by its password instead.
    ...(kind === 'reset' ? [{ key: `${mailbox}:${network}`, budget: onePerMinute }] : []),
    { key: `${mailbox}:${network}`, budget: { points: toOneFromOneNetwork, windowSeconds: lives[kind] } },
    { key: mailbox, budget: { points: toOne, windowSeconds: lives[kind] } },
    ...(kind === 'code' ? [{ key: mailbox, budget: codesToOne }] : []),
  ]
  for (const { key, budget } of counts) {
    if (!(await limiter(`emails:${kind}:${key}`, budget)).allowed) return false
  }
  return true
}
