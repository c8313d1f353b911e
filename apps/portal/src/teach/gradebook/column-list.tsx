'use client'
import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import type { Book, GradeRow, Learner } from './book.ts'
import { shownGrade } from './grid-row.tsx'
import { ScoreField } from './score-field.tsx'

type ColumnListProps = {
  book: Book
  learners: readonly Learner[]
  rows: ReadonlyMap<string, GradeRow>
  onScore: (row: GradeRow, itemId: string, score: number | null) => void
  onFault: () => void
  onOpen: (row: GradeRow, itemId: string | null) => void
}

const courseGrade = 'course'

/** A gradebook where there is room for one column: its learners below each other. */
export function ColumnList({ book, learners, rows, onScore, onFault, onOpen }: ColumnListProps) {
  const t = useTranslations('gradebook')
  const [chosen, setChosen] = useState(book.items[0]?.id ?? courseGrade)
  const at = book.items.findIndex(({ id }) => id === chosen)
  const item = book.items[at] ?? null
  return (
    <div className="flex flex-col gap-4">
      <NativeSelect
        label={t('column')}
        value={chosen}
        onChange={event => setChosen(event.target.value)}
        options={[
          ...book.items.map(({ id, title }) => ({ id, label: title })),
          { id: courseGrade, label: t('courseGrade') },
        ]}
      />
      <ul
        aria-label={item?.title ?? t('courseGrade')}
        className="rounded-card border border-line bg-surface shadow-card"
      >
        {learners.map(learner => {
          const grades = rows.get(learner.userId)
          if (!grades) return null
          const title = item?.title ?? t('courseGrade')
          const score = item ? (grades.scores[at] ?? null) : null
          const excused = grades.entries.some(entry => entry.itemId === item?.id && entry.excused)
          const shown = item
            ? excused
              ? t('excused')
              : score === null
                ? ''
                : String(score)
            : shownGrade(t, grades)
          return (
            <li
              key={learner.userId}
              className="flex items-center gap-2 border-b border-line py-2 ps-4 pe-2 last:border-0"
            >
              <a
                href={`/teach/courses/${book.courseId}/gradebook/${learner.userId}`}
                className="min-w-0 flex-1 font-semibold break-words underline-offset-4 hover:underline"
              >
                {learner.name}
              </a>
              {item && !item.quizId && !excused ? (
                <span className="flex shrink-0 items-center gap-1.5">
                  <ScoreField
                    // A score that was saved elsewhere is shown here too.
                    key={`${item.id} ${score}`}
                    label={t('cell', { learner: learner.name, item: title, score: shown || t('none') })}
                    initial={shown}
                    kept={shown}
                    onScore={typed => {
                      if (typed !== score) onScore(grades, item.id, typed)
                    }}
                    onFault={onFault}
                    className="h-11 w-18 rounded-control border border-edge bg-surface px-2 text-end tabular-nums"
                  />
                  <span className="text-sm text-muted">{t('outOf', { points: item.points })}</span>
                </span>
              ) : (
                <span className="shrink-0 tabular-nums">{shown || '–'}</span>
              )}
              <Button
                variant="quiet"
                aria-label={t('details', { learner: learner.name, item: title })}
                onPress={() => onOpen(grades, item?.id ?? null)}
                className="px-2.5!"
              >
                <Icon name="more" />
              </Button>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
