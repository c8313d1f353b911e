import type { useTranslations } from '../i18n/client.tsx'
import type { Submission } from '../offline/answers.ts'

type T = ReturnType<typeof useTranslations<'quiz'>>
type Result = NonNullable<Submission['result']>

/** A level by its name. */
export const levelName = (level: number, t: T) =>
  t(level === 3 ? 'confidence_3' : level === 2 ? 'confidence_2' : 'confidence_1')

type JudgedProps = {
  question: {
    points: number
    awarded: number | null
    confidence?: Result['questions'][number]['confidence']
  }
  digits: Intl.NumberFormat
  t: T
}

/** How sure the learner was of an answer, and what came of that where it counts. */
export function Judged({ question: { points, awarded, confidence }, digits, t }: JudgedProps) {
  if (!confidence) return null
  const level = levelName(confidence.level, t)
  return (
    <p className="text-sm font-semibold">
      {confidence.counted && awarded !== null
        ? t('confidenceEarned', { level, score: digits.format(awarded), max: points })
        : t('confidenceWas', { level })}
    </p>
  )
}

/** How well a learner judged themselves: how often they said each level, and how often they were right then. */
export function Judgement({ judgement, t }: { judgement: Result['judgement']; t: T }) {
  if (!judgement?.length) return null
  return (
    <section aria-labelledby="judgement" className="rounded-card border border-line bg-surface p-5 sm:p-6">
      <h3 id="judgement" className="font-bold">
        {t('judgement')}
      </h3>
      <ul className="mt-2 flex flex-col gap-1">
        {judgement.map(({ level, count, rightCount }) => (
          <li key={level}>{t('judgementOf', { level: levelName(level, t), count, right: rightCount })}</li>
        ))}
      </ul>
    </section>
  )
}
