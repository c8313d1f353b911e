'use client'
import { Button } from '@azora/ui/button.tsx'
import { useLocale, useTranslations } from '../../i18n/client.tsx'
import type { AnswerToMark } from './use-mark.ts'

type Given = AnswerToMark['given'][number]
type GivenMarksProps = {
  answer: AnswerToMark
  /** Begins the decision with a mark that was given; null where there is none to make. */
  onUse: ((mark: Pick<Given, 'levels' | 'awarded' | 'comment' | 'annotations'>) => void) | null
}

/** The marks that others gave, side by side for who compares them. */
export function GivenMarks({ answer, onUse }: GivenMarksProps) {
  const t = useTranslations('marking')
  const locale = useLocale()
  const digits = new Intl.NumberFormat(locale, { maximumFractionDigits: 4 })
  return (
    <section aria-label={t('givenMarks')} className="grid gap-3 sm:grid-cols-2">
      {answer.given.map(({ place, levels, awarded, comment, reason, annotations, byYou }) => (
        <article
          key={place}
          aria-label={t(`place_${place}`)}
          className="flex min-w-0 flex-col gap-2 rounded-card border border-line bg-sunken/50 p-4"
        >
          <header className="flex flex-wrap items-baseline justify-between gap-2">
            <h3 className="font-semibold">
              {t(`place_${place}`)}
              {byYou ? <span className="font-normal text-muted"> · {t('byYou')}</span> : null}
            </h3>
            <p className="text-sm tabular-nums">
              {t('pointsOf', { points: digits.format(awarded), most: answer.points })}
            </p>
          </header>
          <ul className="flex flex-col gap-1 text-sm empty:hidden">
            {answer.body.rubric.flatMap(criterion => {
              const level = criterion.levels.find(({ id }) => id === levels[criterion.id])
              if (!level) return []
              return [
                <li key={criterion.id} className="break-words">
                  {t('levelOf', { criterion: criterion.title, level: level.title })}
                </li>,
              ]
            })}
          </ul>
          {comment ? <p className="text-sm break-words whitespace-pre-wrap">{comment}</p> : null}
          <ul
            aria-label={t('annotationsOf')}
            className="flex list-disc flex-col gap-1 ps-5 text-sm empty:hidden"
          >
            {annotations.map((one, at) => (
              <li key={at} className="break-words">
                {one.on === 'text' ? <q className="text-muted">{one.quote.slice(0, 80)}</q> : null}{' '}
                {one.comment}
              </li>
            ))}
          </ul>
          {reason ? (
            <p className="text-sm break-words whitespace-pre-wrap text-muted">{t('reasonOf', { reason })}</p>
          ) : null}
          {onUse && place !== 'decision' ? (
            <div className="mt-auto">
              <Button
                size="small"
                variant="secondary"
                aria-label={t('useMarkOf', { mark: t(`place_${place}`) })}
                onPress={() => onUse({ levels, awarded, comment, annotations })}
              >
                {t('useMark')}
              </Button>
            </div>
          ) : null}
        </article>
      ))}
    </section>
  )
}
