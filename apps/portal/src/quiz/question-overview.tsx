'use client'
import { Icon } from '@azora/ui/icon.tsx'
import { useTranslations } from '../i18n/client.tsx'
import type { QuestionState } from './question-states.ts'

type QuestionOverviewProps = {
  states: QuestionState[]
  /** The numbers of the questions on the page, where those are not all: of the first, and of the last. */
  current: { number: number; last: number } | null
  onGo: (place: number) => void
}

/** All questions by number, with what is answered, flagged and not sent yet; each leads to its question. */
export function QuestionOverview({ states, current, onGo }: QuestionOverviewProps) {
  const t = useTranslations('quiz')
  return (
    <nav aria-label={t('overview')} className="flex w-full flex-col gap-3 pt-2 pb-1">
      <ol className="grid max-h-[40dvh] grid-cols-[repeat(auto-fill,minmax(3rem,1fr))] gap-2 overflow-y-auto p-0.5">
        {states.map(({ id, number, answered, flagged, waiting }, place) => (
          <li key={id}>
            <button
              type="button"
              onClick={() => onGo(place)}
              aria-current={
                current && number >= current.number && number <= current.last ? 'step' : undefined
              }
              aria-label={[
                t('question', { number }),
                t(answered ? 'stateAnswered' : 'stateOpen'),
                ...(flagged ? [t('flagged')] : []),
                ...(waiting ? [t('stateWaiting')] : []),
              ].join(', ')}
              className={`relative flex min-h-11 w-full items-center justify-center rounded-control border font-semibold tabular-nums aria-[current]:outline-2 aria-[current]:outline-offset-1 aria-[current]:outline-accent ${answered ? 'border-accent bg-accent-soft text-accent-ink' : 'border-line bg-surface'}`}
            >
              {number}
              {flagged ? (
                <Icon name="flag" className="absolute end-0.5 top-0.5 size-3.5! text-amber-ink" />
              ) : null}
              {waiting ? (
                <Icon name="offline" className="absolute start-0.5 top-0.5 size-3.5! text-amber-ink" />
              ) : null}
            </button>
          </li>
        ))}
      </ol>
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-muted">
        <li className="flex items-center gap-1.5">
          <span className="size-3.5 rounded-sm border border-accent bg-accent-soft" />
          {t('stateAnswered')}
        </li>
        <li className="flex items-center gap-1.5">
          <span className="size-3.5 rounded-sm border border-line bg-surface" />
          {t('stateOpen')}
        </li>
        {states.some(({ flagged }) => flagged) ? (
          <li className="flex items-center gap-1.5">
            <Icon name="flag" className="size-3.5! text-amber-ink" />
            {t('flagged')}
          </li>
        ) : null}
        {states.some(({ waiting }) => waiting) ? (
          <li className="flex items-center gap-1.5">
            <Icon name="offline" className="size-3.5! text-amber-ink" />
            {t('stateWaiting')}
          </li>
        ) : null}
      </ul>
    </nav>
  )
}
