'use client'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
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

type At = { row: number; column: number }

const steps: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-10, 0],
  PageDown: [10, 0],
}

/**
 * Grades as a sheet: one cell has the focus, the arrow keys move it, and typing begins to change it (the grid pattern of
 * the ARIA authoring practices). Names and titles stay in view.
 */
export function GradeGrid({ book, learners, rows, onScore, onFault, onOpen, onUndo }: GradeGridProps) {
  const t = useTranslations('gradebook')
  const table = useRef<HTMLTableElement>(null)
  const [active, setActive] = useState<At>({ row: 0, column: 0 })
  const [typing, setTyping] = useState<{ at: At; text: string } | null>(null)
  const wantsFocus = useRef(false)
  const columns = book.items.length + 1

  const goTo = (at: At) => {
    wantsFocus.current = true
    setTyping(null)
    setActive({
      row: Math.max(0, Math.min(learners.length - 1, at.row)),
      column: Math.max(0, Math.min(columns - 1, at.column)),
    })
  }

  useEffect(() => {
    if (!wantsFocus.current || typing) return
    wantsFocus.current = false
    table.current?.querySelector<HTMLElement>(`[data-at="${active.row}:${active.column}"]`)?.focus()
  })

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
    const step = steps[key]
    const cell = cellAt(active)
    if (command && key.toLowerCase() === 'z') onUndo()
    else if (key === 'Home') goTo({ row: command ? 0 : active.row, column: 0 })
    else if (key === 'End') goTo({ row: command ? learners.length : active.row, column: columns })
    else if (command) return
    else if (step) goTo({ row: active.row + step[0], column: active.column + step[1] })
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
  const head = 'border-b border-e border-line bg-sunken px-3 py-2 text-start align-bottom font-semibold'
  return (
    // The sheet scrolls within itself, so that names and titles stay and the page never scrolls sideways.
    <section
      aria-label={t('title')}
      className="relative max-h-[75dvh] w-fit max-w-full overflow-auto rounded-card border border-line bg-surface shadow-card"
    >
      <table
        ref={table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells are changed is a grid.
        role="grid"
        aria-label={t('gridLabel')}
        onKeyDown={onKeyDown}
        className="border-separate border-spacing-0 text-sm"
      >
        <thead>
          <tr>
            <th scope="col" className={`${head} sticky start-0 top-0 z-30 min-w-56`}>
              {t('learner')}
            </th>
            {book.items.map(item => (
              <th key={item.id} scope="col" className={`${head} sticky top-0 z-20 w-32 min-w-28`}>
                <span className="line-clamp-2 break-words">{item.title}</span>
                <span className="block text-xs font-normal text-muted">
                  {t('outOf', { points: item.points })}
                  {item.extraCredit ? ` · ${t('extra')}` : ''}
                  {item.hidden ? ` · ${t('hidden')}` : ''}
                </span>
              </th>
            ))}
            <th scope="col" className={`${head} sticky top-0 z-20 min-w-28`}>
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
