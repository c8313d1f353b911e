import { useTranslations } from '../i18n/client.tsx'
import type { Submission } from '../offline/answers.ts'
import { useLocalTime } from './local-time.tsx'

/** When the right answers will be shown, in a sentence; null where they are held back for nothing. */
export function useAnswersHeld({ answersHeld }: Pick<Submission, 'answersHeld'>): string | null {
  const t = useTranslations('quiz')
  const text = useLocalTime()
  if (!answersHeld) return null
  const { until, at } = answersHeld
  if (at === null) return t('answersAfterAll')
  return t(until === 'after_all' ? 'answersAfterAllOr' : 'answersFrom', { time: text(at) })
}
