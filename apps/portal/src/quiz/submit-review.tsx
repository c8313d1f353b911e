'use client'
import { useTranslations } from '../i18n/client.tsx'
import type { QuestionState } from './question-states.ts'

type SubmitReviewProps = {
  states: QuestionState[]
  /** Files that the server does not have yet. */
  filesWaiting?: number
  /** Leads to a question by its place among these; absent where there is no way back. */
  onGo?: ((place: number) => void) | undefined
}

/** What to know before an attempt is submitted: which questions have no answer, and which are flagged. */
export function SubmitReview({ states, filesWaiting = 0, onGo }: SubmitReviewProps) {
  const t = useTranslations('quiz')
  const open = states.filter(({ answered }) => !answered)
  const flagged = states.filter(state => state.flagged)
  const first = states[0]?.number ?? 1
  const links = (listed: QuestionState[]) =>
    onGo ? (
      <ul className="mt-2 flex flex-wrap gap-2">
        {listed.map(({ id, number }) => (
          <li key={id}>
            <button
              type="button"
              onClick={() => onGo(number - first)}
              className="min-h-11 rounded-control border border-line px-3 font-semibold hover:bg-sunken"
            >
              {t('question', { number })}
            </button>
          </li>
        ))}
      </ul>
    ) : null
  return (
    <div className="flex flex-col gap-3">
      {filesWaiting > 0 ? (
        <p className="font-semibold text-bad-ink">{t('confirmFiles', { count: filesWaiting })}</p>
      ) : null}
      <div>
        <p className={open.length > 0 ? 'font-semibold text-amber-ink' : ''}>
          {open.length > 0
            ? t(onGo ? 'confirmOpen' : 'confirmThisOpen', { count: open.length })
            : t(onGo ? 'confirmAll' : 'confirmLast')}
        </p>
        {open.length > 0 ? links(open) : null}
      </div>
      {onGo && flagged.length > 0 ? (
        <div>
          <p>{t('confirmFlagged', { count: flagged.length })}</p>
          {links(flagged)}
        </div>
      ) : null}
      <p className="text-muted">{t('confirmText')}</p>
    </div>
  )
}
