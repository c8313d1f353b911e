'use client'
import { Icon } from '@azora/ui/icon.tsx'
import { useEffect, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { call, type OutputOf } from '../../lib/api.browser.ts'

type Similar = OutputOf<'assessment.listSimilarAnswers'>
type Item = Similar['items'][number]

type SimilarAnswersProps = { answerId: string; text: string; names: Record<string, string> }

/**
 * What an essay shares with those of other learners, where it does. It is a hint to look at, so marking waits for it
 * nowhere, and goes on without it.
 */
export function SimilarAnswers({ answerId, text, names }: SimilarAnswersProps) {
  const t = useTranslations('marking')
  const [similar, setSimilar] = useState<Similar | null>(null)
  useEffect(() => {
    let left = false
    call('assessment.listSimilarAnswers', { answerId })
      .then(found => {
        if (!left) setSimilar(found)
      })
      .catch(() => {})
    return () => {
      left = true
    }
  }, [answerId])
  if (!similar || similar.items.length === 0) return null
  const whose = ({ quizId, userId, alias }: Item) => {
    if (quizId === null) return t('similarElsewhere')
    if (userId) return names[userId] ?? t('similarOtherCourse')
    return t('learner', { alias: alias ?? '' })
  }
  return (
    <details className="rounded-card border border-line bg-surface shadow-card">
      <summary className="flex items-center gap-2 px-5 py-3 text-sm font-semibold text-amber-ink">
        <Icon name="info" />
        {t('similar', { count: similar.items.length })}
      </summary>
      <div className="flex flex-col gap-4 px-5 pb-5">
        <p className="text-sm text-muted">{t('similarText')}</p>
        <ul className="flex flex-col gap-4">
          {similar.items.map((item, at) => (
            <li key={at} className="flex min-w-0 flex-col gap-2 border-t border-line pt-4">
              <p className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
                <span className="min-w-0 font-semibold break-words">
                  {whose(item)}
                  {item.quizTitle ? (
                    <span className="block text-sm font-normal text-muted">{item.quizTitle}</span>
                  ) : null}
                </span>
                <span className="text-sm text-muted tabular-nums">
                  {t('similarWords', { count: item.wordCount, of: similar.wordCount })}
                </span>
              </p>
              {item.passages.map(({ start, end }) => (
                <blockquote
                  key={start}
                  className="border-s-2 border-line ps-3 text-sm break-words whitespace-pre-wrap"
                >
                  {text.slice(start, end)}
                </blockquote>
              ))}
              {item.submissionId && item.quizId ? (
                <a
                  href={`/teach/courses/${item.courseId}/quizzes/${item.quizId}/attempts/${item.submissionId}`}
                  className="self-start text-sm font-semibold underline underline-offset-4"
                >
                  {t('similarOpen')}
                  <span className="sr-only">: {whose(item)}</span>
                </a>
              ) : null}
            </li>
          ))}
        </ul>
      </div>
    </details>
  )
}
