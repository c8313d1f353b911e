import { hash, timingSafeEqual } from 'node:crypto'
import { accessCodeSeal } from '@azora/contracts/assessment/quiz.ts'
import type { Database } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { Sealing } from '@azora/kit/sealing.ts'
import { countGuess, deleteGuesses, selectSealedCode } from './access-code.store.ts'

/**
 * The code that a quiz may ask for before an attempt. Its author reads it again and tells it to a class, so it is
 * sealed rather than hashed. It may be short, so wrong ones are counted for each learner.
 */

/** Wrong codes that a learner may give for one quiz in `guessMinutes`. Typing mistakes fit; a four-digit code does not. */
const mostGuesses = 10
const guessMinutes = 15

export const sealCode = (sealing: Sealing, quizId: string, code: string | null): string | null =>
  code === null ? null : sealing.seal(code, accessCodeSeal(quizId))

export const openCode = (sealing: Sealing, quizId: string, sealed: string | null): string | null =>
  sealed === null ? null : sealing.open(sealed, accessCodeSeal(quizId))

const digest = (text: string) => hash('sha256', text.normalize('NFC'), 'buffer')

/**
 * Let past who knows the code of a quiz. Each try is counted before it is compared, by a statement of its own: no
 * later failure takes the count back, and of many tries at once no more are compared than are allowed.
 * @throws AppError `access_code_required`, `access_code_wrong`; `rate_limited` with the seconds to wait.
 */
export async function requireCode(
  { db, sealing }: { db: Database; sealing: Sealing },
  { organizationId, userId }: { organizationId: string; userId: string },
  quizId: string,
  given: string | undefined,
): Promise<void> {
  const school = db.in(organizationId)
  const code = openCode(sealing, quizId, await selectSealedCode(school, quizId))
  if (code === null) return
  if (given === undefined) throw new AppError('access_code_required')
  const who = { organizationId, quizId, userId }
  const { guesses, secondsLeft } = await countGuess(school, who, guessMinutes)
  if (guesses > mostGuesses) {
    throw new AppError('rate_limited', { retryAfterSeconds: Math.max(1, secondsLeft) })
  }
  if (!timingSafeEqual(digest(given), digest(code))) throw new AppError('access_code_wrong')
  await deleteGuesses(school, who)
}
