import type { useTranslations } from '../i18n/client.tsx'
import { readableHtml } from '../text/readable-html.ts'
import { Html } from './html.tsx'
import type { OpenHints } from './use-hints.ts'

type T = ReturnType<typeof useTranslations<'quiz'>>

export const hintId = (questionId: string, number: number) => `hint-${questionId}-${number}`

/** The hints of a question that were taken. */
export function HintList({ questionId, hints, t }: { questionId: string; hints: OpenHints; t: T }) {
  if (hints.taken.length === 0) return null
  return (
    <ol className="flex w-full flex-col gap-2">
      {hints.taken.map(({ content }, at) => (
        <li
          key={at}
          id={hintId(questionId, at + 1)}
          tabIndex={-1}
          className="scroll-mt-40 rounded-control bg-info-soft px-4 py-3 text-info-ink"
        >
          <p className="text-sm font-semibold">{t('hintNumber', { number: at + 1, count: hints.count })}</p>
          <Html html={readableHtml(content, t('table'))} />
        </li>
      ))}
    </ol>
  )
}

type HintsUsedProps = {
  question: {
    id: string
    points: number
    awarded: number | null
    hints?: OpenHints | undefined
    hintCost?: { taken: number; count: number; percentOff: number } | null | undefined
  }
  digits: Intl.NumberFormat
  t: T
}

/** The hints that were taken for an answer, and what they took from its points. */
export function HintsUsed({ question, digits, t }: HintsUsedProps) {
  const { hints, hintCost, awarded, points } = question
  if (!hints?.taken.length) return null
  const { length: taken } = hints.taken
  return (
    <details className="rounded-control border border-line">
      <summary className="min-h-11 px-4 py-2.5 text-sm font-semibold">
        {hintCost && hintCost.percentOff > 0 && awarded !== null
          ? t('hintsOff', {
              taken: hintCost.taken,
              count: hintCost.count,
              percent: hintCost.percentOff,
              score: digits.format(awarded),
              max: points,
            })
          : t('hintsUsed', { taken, count: hints.count })}
      </summary>
      <div className="px-4 pb-4">
        <HintList questionId={question.id} hints={hints} t={t} />
      </div>
    </details>
  )
}
