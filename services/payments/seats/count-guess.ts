import { AppError } from '@azora/kit/errors.ts'
import type { Limiter } from '@azora/kit/limits.ts'

type Guesser = { actor: { userId: string } | null; ip: string }

// Somebody who mistypes stays far below it, since most slips are found before they are sent.
const ofPerson = { points: 20, windowSeconds: 15 * 60 }
// A class behind one address that has not signed in yet.
const ofAddress = { points: 60, windowSeconds: 15 * 60 }

/**
 * Count a code before it is looked for, so that guesses at the same moment count too.
 * @returns what takes it back, for a code that there is.
 * @throws AppError `rate_limited` with the seconds to wait.
 */
export async function countGuess(limiter: Limiter, { actor, ip }: Guesser): Promise<() => Promise<void>> {
  const [key, budget] = actor
    ? [`seat-code:person:${actor.userId}`, ofPerson]
    : [`seat-code:address:${ip}`, ofAddress]
  const { allowed, resetSeconds } = await limiter(key, budget)
  if (!allowed) throw new AppError('rate_limited', { retryAfterSeconds: Math.max(1, resetSeconds) })
  return async () => {
    await limiter(key, budget, -1)
  }
}
