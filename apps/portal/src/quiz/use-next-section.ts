import { useTranslations } from '../i18n/client.tsx'
import { ApiError, call } from '../lib/api.browser.ts'
import type { Submission } from '../offline/answers.ts'
import { sendAll } from './send-all.ts'
import type { AttemptHold } from './use-break.ts'

/** How an attempt comes to its next section: by its learner, or as the time of this one is over. */
export function useNextSection({ id, currentSection }: Submission, attempt: AttemptHold) {
  const t = useTranslations('quiz')
  const number = currentSection?.number ?? 0

  /** What was answered is saved first: once the section is left it cannot be. */
  const goOn = async () => {
    attempt.setFault(null)
    try {
      await attempt.kept()
      if (!(await sendAll(id, attempt.unsentCount))) {
        attempt.sendLater()
        return attempt.setFault(t('sectionUnsaved'))
      }
      attempt.move(await call('assessment.nextSection', { submissionId: id, number: number + 1 }))
    } catch (failure) {
      if (!(failure instanceof ApiError)) return attempt.setFault(t('sectionOffline'))
      if (failure.code !== 'conflict' && failure.code !== 'attempt_closed') attempt.setFault(failure.message)
      await attempt.follow().catch(() => attempt.setFault(t('sectionOffline')))
    }
  }

  /** The time of this section is over, by the clock. Answers whether the server was heard. */
  const takeEnd = async (): Promise<boolean> => {
    try {
      await attempt.kept()
      // They are taken for a few seconds more. What comes later than that is told apart.
      await sendAll(id, attempt.unsentCount)
      await attempt.follow()
      return true
    } catch (failure) {
      console.warn('The next section could not be shown; it is asked for again.', failure)
      return false
    }
  }
  return { goOn, takeEnd }
}
