'use client'
import { limits } from '@azora/contracts/limits.ts'
import { useEffect, useState } from 'react'
import { useLocale, useTranslations } from '../../i18n/client.tsx'
import type { FieldProps } from './answer-field.ts'
import { countWords, wordsAgainst, wordsAsked } from './count-words.ts'
import { FoldedRubric } from './rubric.tsx'

// To count a long text takes a while on a small phone, so it is not done with every key.
const countAfterMs = 300

function useWordCount(text: string): number {
  const locale = useLocale()
  const [count, setCount] = useState(() => countWords(text, locale))
  useEffect(() => {
    const timer = setTimeout(() => setCount(countWords(text, locale)), countAfterMs)
    return () => clearTimeout(timer)
  }, [text, locale])
  return count
}

/**
 * A long text, with its number of words below it. The device may correct spelling: to write at length on a phone
 * without that is hard.
 */
export function EssayField({
  question,
  answers,
  onAnswer,
  isDisabled,
  labelledBy,
  describedBy,
}: FieldProps<'essay'>) {
  const t = useTranslations('quiz')
  const { minWords, maxWords, rubric } = question.body
  const text = answers[question.id]?.[0] ?? ''
  const count = useWordCount(text)
  const against = wordsAgainst(count, { minWords, maxWords })
  const countId = `words-${question.id}`
  const asked = wordsAsked({ minWords, maxWords }, t)
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <FoldedRubric rubric={rubric} t={t} />
      <div className="flex flex-col gap-1.5">
        <textarea
          aria-labelledby={labelledBy}
          aria-describedby={`${describedBy} ${countId}`}
          value={text}
          // Not disabled: what was written can still be read and scrolled while it is on its way.
          readOnly={isDisabled}
          maxLength={limits.essayLength}
          onChange={event => onAnswer(question.id, event.target.value === '' ? [] : [event.target.value])}
          className="field-sizing-content max-h-[70dvh] min-h-48 w-full rounded-control border border-edge bg-surface px-4 py-3 text-base leading-relaxed text-ink read-only:opacity-60"
        />
        <p id={countId} className="flex flex-wrap justify-between gap-x-4 text-sm text-muted">
          <span
            className={`tabular-nums ${against === 'many' ? 'font-semibold text-amber-ink' : against === 'enough' && minWords !== null ? 'font-semibold text-good-ink' : ''}`}
          >
            {t('words', { count })}
            {against === 'many' && maxWords !== null
              ? `, ${t('wordsOver', { count: count - maxWords })}`
              : ''}
          </span>
          {asked ? <span>{asked}</span> : null}
        </p>
      </div>
    </div>
  )
}
