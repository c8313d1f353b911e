import { createHash } from 'node:crypto'
import { AppError } from '@azora/kit/errors.ts'
import type { Limiter } from '@azora/kit/limits.ts'

// One guesser at one account; a forgetful learner stays below it.
const fromOneAddress = { points: 10, windowSeconds: 15 * 60 }
// Many guessers at one account.
const fromAnywhere = { points: 100, windowSeconds: 60 * 60 }

/**
 * Count an attempt to sign in before its password is looked at, so that attempts at the same moment count too.
 * @returns a function that takes the attempt back, for when the password was right.
 * @throws AppError `rate_limited` with the seconds to wait.
 */
export async function countAttempt(
  limiter: Limiter,
  { ip, email }: { ip: string; email: string },
): Promise<() => Promise<void>> {
  // Addresses are personal; counters may lie in a shared Redis.
  const name = createHash('sha256').update(email).digest('base64url')
  const counts = [
    { key: `sign-in:${name}:${ip}`, budget: fromOneAddress },
    { key: `sign-in:${name}`, budget: fromAnywhere },
  ]
  for (const { key, budget } of counts) {
    const verdict = await limiter(key, budget)
    if (!verdict.allowed) {
      throw new AppError('rate_limited', { retryAfterSeconds: Math.max(1, verdict.resetSeconds) })
    }
  }
  return async () => {
    for (const { key, budget } of counts) await limiter(key, budget, -1)
  }
}
