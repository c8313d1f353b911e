import { useTranslations } from '../i18n/client.tsx'
import { ApiError, call } from '../lib/api.browser.ts'
import type { Submission } from '../offline/answers.ts'
import { sendAll } from './send-all.ts'

export type AttemptHold = {
  /** When the last change is on the disk. */
  kept: () => Promise<unknown>
  /** How many answers the server does not have, by what the page knows. */
  unsentCount: () => number
  sendLater: () => void
  /** Shows what the server shows now. */
  follow: () => Promise<void>
  move: (asking: Submission) => void
  setFault: (fault: string | null) => void
}

/** How a break of an attempt is taken, of which so many were begun: what was answered before it is saved before it. */
export function useBreak(id: string, count: number, attempt: AttemptHold): () => Promise<void> {
  const t = useTranslations('quiz')

  return async () => {
    attempt.setFault(null)
    try {
      await attempt.kept()
      if (!(await sendAll(id, attempt.unsentCount))) {
        attempt.sendLater()
        return attempt.setFault(t('breakUnsaved'))
      }
      attempt.move(await call('assessment.startBreak', { submissionId: id, number: count + 1 }))
    } catch (failure) {
      if (!(failure instanceof ApiError)) return attempt.setFault(t('breakOffline'))
      if (failure.code !== 'conflict' && failure.code !== 'attempt_closed') attempt.setFault(failure.message)
      await attempt.follow().catch(() => attempt.setFault(t('breakOffline')))
    }
  }
}
