import type { useTranslations } from '../../i18n/client.tsx'
import type { QuestionOf } from './answer-field.ts'

type Words = ReturnType<typeof useTranslations<'quiz'>>

/** What an answer is marked by: each criterion with its levels, those reached set off from the others. */
export function Rubric({
  rubric,
  reached = {},
  t,
}: {
  rubric: QuestionOf<'essay'>['body']['rubric']
  /** The level reached by the id of its criterion; nothing before it is marked. */
  reached?: Record<string, string>
  t: Words
}) {
  return (
    <ul className="flex flex-col gap-4">
      {rubric.map(criterion => (
        <li key={criterion.id} className="flex flex-col gap-2">
          <div>
            <p className="font-semibold break-words">{criterion.title}</p>
            {criterion.description ? (
              <p className="text-sm break-words text-muted">{criterion.description}</p>
            ) : null}
          </div>
          <ul className="grid gap-2 sm:grid-cols-[repeat(auto-fit,minmax(9rem,1fr))]">
            {criterion.levels.map(level => {
              const isReached = reached[criterion.id] === level.id
              return (
                <li
                  key={level.id}
                  className={`rounded-control border px-3 py-2 text-sm ${isReached ? 'border-accent bg-accent-soft text-accent-ink' : 'border-line'}`}
                >
                  <p className="flex justify-between gap-2 font-semibold">
                    <span className="min-w-0 break-words">{level.title}</span>
                    <span className="shrink-0 tabular-nums">{level.points}</span>
                  </p>
                  {isReached ? <p className="text-xs font-semibold">{t('levelReached')}</p> : null}
                  {level.description ? (
                    <p className={`break-words ${isReached ? '' : 'text-muted'}`}>{level.description}</p>
                  ) : null}
                </li>
              )
            })}
          </ul>
        </li>
      ))}
    </ul>
  )
}

/** The same, folded away while one works; nothing where there is none. */
export function FoldedRubric({ rubric, t }: Pick<Parameters<typeof Rubric>[0], 'rubric' | 't'>) {
  if (rubric.length === 0) return null
  return (
    <details className="rounded-control border border-line">
      <summary className="px-4 py-3 text-sm font-semibold">{t('rubric')}</summary>
      <div className="px-4 pb-4">
        <Rubric rubric={rubric} t={t} />
      </div>
    </details>
  )
}
