'use client'
import { memo } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import type { Book, BookItem, GradeRow, Learner } from './book.ts'
import { type Leave, ScoreField } from './score-field.tsx'

type At = { row: number; column: number }

/** What a cell can do. It is the same for all of them, so that moving the focus draws two rows and no more. */
export type Cell = {
  onFocus: (row: number, column: number) => void
  onPress: (row: number, column: number) => void
  onScore: (at: At, score: number | null, leave: Leave) => void
  onFault: () => void
  onCancel: (at: At) => void
}

type GridRowProps = {
  book: Book
  learner: Learner
  grades: GradeRow | undefined
  row: number
  activeColumn: number | null
  typing: { at: At; text: string } | null
  cell: Cell
}

const cellStyle =
  'border-b border-e border-line px-3 py-2 text-end tabular-nums outline-none focus:outline-2 focus:-outline-offset-2 focus:outline-accent'

/** The grades of a learner in a sheet. */
function Row({ book, learner, grades, row, activeColumn, typing, cell }: GridRowProps) {
  const t = useTranslations('gradebook')
  const names = (title: string, score: string) =>
    t('cell', { learner: learner.name, item: title, score: score || t('none') })
  const cellProps = (column: number) => ({
    'data-at': `${row}:${column}`,
    // One cell is reached by Tab: the one that was left last.
    tabIndex: activeColumn === column || (activeColumn === null && row === 0 && column === 0) ? 0 : -1,
    onFocus: () => cell.onFocus(row, column),
    onDoubleClick: () => cell.onPress(row, column),
  })
  const last = book.items.length
  return (
    <tr className="hover:bg-sunken/40">
      <th
        scope="row"
        className="sticky start-0 z-10 max-w-64 border-b border-e border-line bg-surface px-3 py-2 text-start font-semibold"
      >
        <a
          href={`/teach/courses/${book.courseId}/gradebook/${learner.userId}`}
          className="block truncate underline-offset-4 hover:underline"
        >
          {learner.name}
        </a>
        <span className="block truncate text-xs font-normal text-muted">{learner.email}</span>
      </th>
      {book.items.map((item, column) => {
        const score = shownScore(t, item, grades, column)
        if (typing?.at.column === column) {
          return (
            <td key={item.id} className={`${cellStyle} p-0!`}>
              <ScoreField
                label={names(item.title, score)}
                initial={typing.text}
                kept={score}
                autoFocus
                onScore={(typed, leave) => cell.onScore({ row, column }, typed, leave)}
                onFault={cell.onFault}
                onCancel={() => cell.onCancel({ row, column })}
                className="h-10 w-full bg-accent-soft px-3 text-end text-ink tabular-nums"
              />
            </td>
          )
        }
        return (
          <td
            key={item.id}
            aria-label={names(item.title, score)}
            {...cellProps(column)}
            className={cellStyle}
          >
            {score || <span className="text-muted">–</span>}
            {marked(item, grades) ? <span aria-hidden="true"> *</span> : null}
          </td>
        )
      })}
      <td
        aria-label={names(t('courseGrade'), shownGrade(t, grades))}
        {...cellProps(last)}
        className={`${cellStyle} bg-sunken/40 font-semibold`}
      >
        {shownGrade(t, grades) || <span className="text-muted">–</span>}
        {grades?.overridden ? <span aria-hidden="true"> *</span> : null}
      </td>
    </tr>
  )
}

type Texts = ReturnType<typeof useTranslations<'gradebook'>>

function shownScore(t: Texts, item: BookItem, grades: GradeRow | undefined, column: number): string {
  if (grades?.entries.some(entry => entry.itemId === item.id && entry.excused)) return t('excused')
  const score = grades?.scores[column] ?? null
  return score === null ? '' : String(score)
}

/** Whether there is more to it than its score: a comment, or a score in place of attempts. */
const marked = (item: BookItem, grades: GradeRow | undefined) =>
  grades?.entries.some(
    entry => entry.itemId === item.id && (entry.comment !== null || (entry.byHand && item.quizId !== null)),
  ) ?? false

export function shownGrade(t: Texts, grades: GradeRow | undefined): string {
  if (!grades || grades.percent === null) return ''
  const percent = t('percent', { percent: grades.percent })
  return grades.letter ? `${percent} ${grades.letter}` : percent
}

export const GridRow = memo(Row)
