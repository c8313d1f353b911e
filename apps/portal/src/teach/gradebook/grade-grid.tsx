'use client'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { type At, sheetLook, useSheet } from '../use-sheet.ts'
import type { Book, GradeRow, Learner } from './book.ts'
import { type Cell, GridRow } from './grid-row.tsx'
import type { Leave } from './score-field.tsx'

type GradeGridProps = {
  book: Book
  learners: readonly Learner[]
  rows: ReadonlyMap<string, GradeRow>
  onScore: (row: GradeRow, itemId: string, score: number | null) => void
  onFault: () => void
  /** Everything of a grade: excuse, comment, reason. */
  onOpen: (row: GradeRow, itemId: string | null) => void
  onUndo: () => void
}

/**
 * Grades as a sheet: one cell has the focus, the arrow keys move it, and typing begins to change it.
 */
export function GradeGrid({ book, learners, rows, onScore, onFault, onOpen, onUndo }: GradeGridProps) {
  const t = useTranslations('gradebook')
  const [typing, setTyping] = useState<{ at: At; text: string } | null>(null)
  const { table, active, setActive, move, ...sheet } = useSheet({
    rows: learners.length,
    columns: book.items.length + 1,
    isTyping: typing !== null,
  })
  const goTo = (at: At) => {
    setTyping(null)
    sheet.goTo(at)
  }

  const cellAt = ({ row, column }: At) => {
    const learner = learners[row]
    const grades = learner && rows.get(learner.userId)
    return grades ? { grades, item: book.items[column] ?? null } : null
  }

  const begin = (at: At, text: string | null) => {
    const cell = cellAt(at)
    if (!cell) return
    // What replaces a calculated grade takes a reason, for which a cell has no room.
    if (!cell.item || cell.item.quizId) onOpen(cell.grades, cell.item?.id ?? null)
    else setTyping({ at, text: text ?? String(cell.grades.scores[at.column] ?? '') })
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (typing || event.altKey) return
    const { key } = event
    const command = event.ctrlKey || event.metaKey
    const cell = cellAt(active)
    if (command && key.toLowerCase() === 'z') onUndo()
    else if (move(event)) return
    else if (command) return
    else if (key === 'Enter' || key === 'F2') begin(active, null)
    else if (/^[\d.,]$/.test(key)) begin(active, key)
    else if (key === ' ' && cell) onOpen(cell.grades, cell.item?.id ?? null)
    else if ((key === 'Delete' || key === 'Backspace') && cell?.item && !cell.item.quizId)
      onScore(cell.grades, cell.item.id, null)
    else return
    event.preventDefault()
  }

  const take = (at: At, score: number | null, leave: Leave) => {
    const cell = cellAt(at)
    if (cell?.item && (cell.grades.scores[at.column] ?? null) !== score)
      onScore(cell.grades, cell.item.id, score)
    if (leave === 'stay') return setTyping(null)
    goTo({
      row: at.row + (leave === 'down' ? 1 : 0),
      column: at.column + (leave === 'next' ? 1 : leave === 'before' ? -1 : 0),
    })
  }

  const handlers: Cell = {
    onFocus: (row, column) => setActive({ row, column }),
    onPress: (row, column) => begin({ row, column }, null),
    onScore: take,
    onFault,
    onCancel: goTo,
  }
  const latest = useRef(handlers)
  useEffect(() => {
    latest.current = handlers
  })
  // The same for as long as the sheet is shown: a row is drawn again when something of it changes, and only then.
  const cell = useMemo<Cell>(
    () => ({
      onFocus: (row, column) => latest.current.onFocus(row, column),
      onPress: (row, column) => latest.current.onPress(row, column),
      onScore: (at, score, leave) => latest.current.onScore(at, score, leave),
      onFault: () => latest.current.onFault(),
      onCancel: at => latest.current.onCancel(at),
    }),
    [],
  )
  return (
    <section aria-label={t('title')} className={sheetLook.box}>
      <table
        ref={table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells are changed is a grid.
        role="grid"
        aria-label={t('gridLabel')}
        onKeyDown={onKeyDown}
        className={sheetLook.table}
      >
        <thead>
          <tr>
            <th scope="col" className={`${sheetLook.head} sticky start-0 top-0 z-30 min-w-56`}>
              {t('learner')}
            </th>
            {book.items.map(item => (
              <th key={item.id} scope="col" className={`${sheetLook.head} sticky top-0 z-20 w-32 min-w-28`}>
                <span className="line-clamp-2 break-words">{item.title}</span>
                <span className="block text-xs font-normal text-muted">
                  {t('outOf', { points: item.points })}
                  {item.extraCredit ? ` · ${t('extra')}` : ''}
                  {item.hidden ? ` · ${t('hidden')}` : ''}
                </span>
              </th>
            ))}
            <th scope="col" className={`${sheetLook.head} sticky top-0 z-20 min-w-28`}>
              {t('courseGrade')}
            </th>
          </tr>
        </thead>
        <tbody>
          {learners.map((learner, row) => (
            <GridRow
              key={learner.userId}
              book={book}
              learner={learner}
              grades={rows.get(learner.userId)}
              row={row}
              activeColumn={active.row === row ? active.column : null}
              typing={typing?.at.row === row ? typing : null}
              cell={cell}
            />
          ))}
        </tbody>
      </table>
    </section>
  )
}
