import { AppError } from '@azora/kit/errors.ts'
import type { Limiter } from '@azora/kit/limits.ts'

const fromOneAddress = { points: 10, windowSeconds: 15 * 60 }
// Each try hits one of the three codes that would do at 3 in 10^6. At 60 a day, anyone who has the password needs ten
// years for an even chance; the owner meanwhile still signs in by a recovery code or a passkey, which are not
// counted here because they cannot be guessed.
const fromAnywhere = { points: 60, windowSeconds: 24 * 60 * 60 }

/**
 * Count a code of the authenticator app before it is looked at. A challenge has its own five tries, but anyone who
 * knows the password gets as many challenges as they like.
 * @returns a function that takes the try back, for when the code was right.
 * @throws AppError `rate_limited` with the seconds to wait.
 */
export async function countCode(
  limiter: Limiter,
  { userId, ip }: { userId: string; ip: string },
): Promise<() => Promise<void>> {
  const counts = [
    { key: `totp:${userId}:${ip}`, budget: fromOneAddress },
    { key: `totp:${userId}`, budget: fromAnywhere },
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
