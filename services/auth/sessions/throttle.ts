import { createHash } from 'node:crypto'
import type { Database } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { Actor } from '@azora/kit/identity.ts'
import type { Limiter } from '@azora/kit/limits.ts'
import { selectKnownAddresses } from './known-addresses.store.ts'
import { networkOf } from './network.ts'

/** How often one may guess; see docs/decisions/0020. */

type Budget = { points: number; windowSeconds: number }
type Count = { key: string; budget: Budget }

// One guesser at one account; a forgetful learner stays below it.
const fromOneNetwork = { points: 10, windowSeconds: 15 * 60 }
// Many guessers at one account.
const fromAnywhere = { points: 100, windowSeconds: 60 * 60 }
const fromOneSession = { points: 10, windowSeconds: 15 * 60 }
// Secrets of emails, of whichever account; a class that mistypes its codes stays below it.
const secretsFromOneNetwork = { points: 60, windowSeconds: 15 * 60 }

/** Take the attempt back, for when what was given was right. */
type TakeBack = () => Promise<void>

/**
 * Count an attempt to sign in before its password is looked at, so that attempts at the same moment count too.
 * Where the account's owner has signed in before, guessers elsewhere cannot use up the attempts.
 * @throws AppError `rate_limited` with the seconds to wait.
 */
export async function countAttempt(
  { db, limiter }: { db: Database; limiter: Limiter },
  { ip, email }: { ip: string; email: string },
): Promise<TakeBack> {
  // Addresses are personal; counters may lie in a shared Redis.
  const name = createHash('sha256').update(email).digest('base64url')
  const network = networkOf(ip)
  const here = { key: `sign-in:${name}:${network}`, budget: fromOneNetwork }
  const anywhere = { key: `sign-in:${name}`, budget: fromAnywhere }
  await spend(limiter, here)
  await spend(limiter, anywhere, async () => {
    const known = await selectKnownAddresses(db.across, email)
    return known.some(address => networkOf(address) === network)
  })
  return () => giveBack(limiter, [here, anywhere])
}

/** Count a password that someone gives who is signed in. @throws AppError `rate_limited`. */
export async function countPasswordProof(limiter: Limiter, { sessionId }: Actor): Promise<TakeBack> {
  const count = { key: `password-proof:${sessionId}`, budget: fromOneSession }
  await spend(limiter, count)
  return () => giveBack(limiter, [count])
}

/** Count a code or token from an email, beside the tries that its row counts. @throws AppError `rate_limited`. */
export async function countEmailSecret(limiter: Limiter, ip: string): Promise<TakeBack> {
  const count = { key: `email-secret:${networkOf(ip)}`, budget: secretsFromOneNetwork }
  await spend(limiter, count)
  return () => giveBack(limiter, [count])
}

async function spend(
  limiter: Limiter,
  { key, budget }: Count,
  isExempt: () => Promise<boolean> = async () => false,
): Promise<void> {
  const { allowed, resetSeconds } = await limiter(key, budget)
  if (allowed || (await isExempt())) return
  throw new AppError('rate_limited', { retryAfterSeconds: Math.max(1, resetSeconds) })
}

async function giveBack(limiter: Limiter, counts: Count[]): Promise<void> {
  for (const { key, budget } of counts) await limiter(key, budget, -1)
}
