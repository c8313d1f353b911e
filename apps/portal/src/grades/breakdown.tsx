'use client'
import { Badge, type Tone } from '@azora/ui/badge.tsx'
import { useTranslations } from '../i18n/client.tsx'
import type { ExplainedCategory, ExplainedItem, Explanation } from './explained.ts'

const tones: Record<ExplainedItem['outcome'], Tone> = {
  counted: 'good',
  extra: 'accent',
  dropped_lowest: 'amber',
  dropped_highest: 'amber',
  excused: 'info',
  missing: 'bad',
  none: 'neutral',
}

type BreakdownProps = {
  grades: Explanation
  imagined?: ReadonlyMap<string, number>
  /** Where scores are tried out: those that were typed. */
  onImagine?: (itemId: string, score: string) => void
}

/** What a course grade is made of, category by category: what counts how much, and what was dropped or excused. */
export function Breakdown({ grades, imagined, onImagine }: BreakdownProps) {
  const t = useTranslations('grades')
  return (
    <div className="flex flex-col gap-6">
      {grades.courseGradeShown ? <p className="text-muted">{t(`rule_${grades.calculation}`)}</p> : null}
      {grades.categories.map(category => (
        <section
          key={category.id}
          aria-labelledby={`category-${category.id}`}
          className="rounded-card border border-line bg-surface shadow-card"
        >
          <CategoryHead category={category} shown={grades.courseGradeShown} />
          <ul>
            {category.items.map(item => (
              <ItemLine
                key={item.id}
                item={item}
                shown={grades.courseGradeShown}
                isImagined={imagined?.has(item.id) ?? false}
                onImagine={onImagine}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

function CategoryHead({ category, shown }: { category: ExplainedCategory; shown: boolean }) {
  const t = useTranslations('grades')
  const { dropLowest, dropHighest } = category
  const share = t(category.extraCredit ? 'shareExtra' : 'share', { share: category.share })
  return (
    <header className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 border-b border-line px-5 py-4">
      <div className="min-w-0">
        <h2 id={`category-${category.id}`} className="text-lg font-bold break-words">
          {category.name}
        </h2>
        {shown && category.share > 0 ? <p className="text-sm text-muted">{share}</p> : null}
        {dropLowest + dropHighest > 0 ? (
          <p className="text-sm text-muted">{t('drop', { lowest: dropLowest, highest: dropHighest })}</p>
        ) : null}
      </div>
      {category.percent === null ? null : (
        <p className="text-lg font-semibold tabular-nums">{t('percent', { percent: category.percent })}</p>
      )}
    </header>
  )
}

type ItemLineProps = {
  item: ExplainedItem
  shown: boolean
  isImagined: boolean
  onImagine: BreakdownProps['onImagine']
}

function ItemLine({ item, shown, isImagined, onImagine }: ItemLineProps) {
  const t = useTranslations('grades')
  const score =
    item.score === null
      ? t('noScore', { points: item.points })
      : t('score', { score: item.score, points: item.points })
  const left = item.outcome === 'excused' || item.outcome.startsWith('dropped')
  return (
    <li className="flex flex-col gap-2 border-b border-line px-5 py-3.5 last:border-0">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-48">
          <p className="font-semibold break-words">{item.title}</p>
          <p className="mt-1 flex flex-wrap items-center gap-2 text-sm text-muted">
            {isImagined ? <Badge tone="amber">{t('imagined')}</Badge> : null}
            <Badge tone={tones[item.outcome]}>{t(`outcome_${item.outcome}`)}</Badge>
            {item.attempts.length > 1 ? <span>{t('attempts', { count: item.attempts.length })}</span> : null}
            {item.quizId && item.enteredScore !== null ? <span>{t('byHand')}</span> : null}
          </p>
        </div>
        <div className="text-end tabular-nums">
          {onImagine ? (
            <label className="flex items-center gap-2">
              <span className="sr-only">{t('imaginedScore', { item: item.title, points: item.points })}</span>
              <input
                inputMode="decimal"
                autoComplete="off"
                defaultValue={item.score === null ? '' : String(item.score)}
                onChange={event => onImagine(item.id, event.target.value)}
                className={`h-11 w-20 rounded-control border bg-surface px-2 text-end text-ink ${isImagined ? 'border-2 border-dashed border-amber' : 'border-edge'}`}
              />
              <span aria-hidden="true" className="text-muted">
                / {item.points}
              </span>
            </label>
          ) : (
            <p className={left ? 'text-muted line-through' : 'font-semibold'}>{score}</p>
          )}
          {shown && item.adds > 0 ? (
            <p className="text-sm text-muted">{t('adds', { adds: item.adds })}</p>
          ) : null}
        </div>
      </div>
      {item.comment ? (
        <p className="rounded-control bg-sunken px-3 py-2 text-sm wrap-anywhere whitespace-pre-line">
          <span className="sr-only">{t('comment')}: </span>
          {item.comment}
        </p>
      ) : null}
    </li>
  )
}
