'use client'
import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import type { Learner } from '../gradebook/book.ts'
import { LevelMark } from './level-mark.tsx'
import type { CourseStandards, LevelRow } from './standards.ts'
import { useCellName } from './use-cell-name.ts'

type LevelGridProps = {
  course: CourseStandards
  learners: readonly Learner[]
  rows: ReadonlyMap<string, LevelRow>
  onOpen: (userId: string, standardId: string) => void
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
 * Levels as a sheet: one cell has the focus, the arrow keys move it, and Enter opens it (the grid pattern of the ARIA
 * authoring practices). Names and codes stay in view.
 */
export function LevelGrid({ course, learners, rows, onOpen }: LevelGridProps) {
  const t = useTranslations('standards')
  const nameOf = useCellName(course)
  const table = useRef<HTMLTableElement>(null)
  const [active, setActive] = useState<At>({ row: 0, column: 0 })
  const wantsFocus = useRef(false)
  const { standards, levels } = course
  const goTo = ({ row, column }: At) => {
    wantsFocus.current = true
    setActive({
      row: Math.max(0, Math.min(learners.length - 1, row)),
      column: Math.max(0, Math.min(standards.length - 1, column)),
    })
  }
  useEffect(() => {
    if (!wantsFocus.current) return
    wantsFocus.current = false
    table.current?.querySelector<HTMLElement>(`[data-at="${active.row}:${active.column}"]`)?.focus()
  }, [active])
  const openAt = ({ row, column }: At) => {
    const [learner, standard] = [learners[row], standards[column]]
    if (learner && standard) onOpen(learner.userId, standard.id)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const { key } = event
    const command = event.ctrlKey || event.metaKey
    if (event.altKey || !(event.target as HTMLElement).dataset.at) return
    const step = steps[key]
    if (key === 'Home') goTo({ row: command ? 0 : active.row, column: 0 })
    else if (key === 'End') goTo({ row: command ? learners.length : active.row, column: standards.length })
    else if (command) return
    else if (step) goTo({ row: active.row + step[0], column: active.column + step[1] })
    else if (key === 'Enter' || key === ' ') openAt(active)
    else return
    event.preventDefault()
  }
  const onClick = (event: MouseEvent) => {
    const at = (event.target as HTMLElement).closest<HTMLElement>('[data-at]')?.dataset.at
    const [row, column] = at?.split(':').map(Number) ?? []
    if (row !== undefined && column !== undefined) openAt({ row, column })
  }
  const head = 'border-b border-e border-line bg-sunken px-3 py-2 text-start align-bottom font-semibold'
  return (
    // The sheet scrolls within itself, so that names and codes stay and the page never scrolls sideways.
    <section
      aria-label={t('title')}
      className="relative max-h-[75dvh] w-fit max-w-full overflow-auto rounded-card border border-line bg-surface shadow-card"
    >
      <table
        ref={table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells are opened is a grid.
        role="grid"
        aria-label={t('gridLabel')}
        onClick={onClick}
        onKeyDown={onKeyDown}
        className="border-separate border-spacing-0 text-sm"
      >
        <thead>
          <tr>
            <th scope="col" className={`${head} sticky start-0 top-0 z-30 min-w-56`}>
              {t('learner')}
            </th>
            {standards.map(standard => (
              <th key={standard.id} scope="col" className={`${head} sticky top-0 z-20 w-44 min-w-40`}>
                <span className="block break-words">{standard.code}</span>
                <span className="line-clamp-2 text-xs font-normal break-words">{standard.title}</span>
                <span className="block text-xs font-normal text-muted">
                  {t('questions', { count: standard.questionCount })}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {learners.map((learner, row) => (
            <tr key={learner.userId} className="hover:bg-sunken/40">
              <th
                scope="row"
                className="sticky start-0 z-10 max-w-64 border-b border-e border-line bg-surface px-3 py-2 text-start font-semibold"
              >
                <span className="block truncate">{learner.name}</span>
                <span className="block truncate text-xs font-normal text-muted">{learner.email}</span>
              </th>
              {standards.map((standard, column) => {
                const standing = rows.get(learner.userId)?.get(standard.id)
                return (
                  <td
                    key={standard.id}
                    aria-label={nameOf(learner, standard, standing)}
                    data-at={`${row}:${column}`}
                    // One cell is reached by Tab: the one that was left last.
                    tabIndex={active.row === row && active.column === column ? 0 : -1}
                    onFocus={() => setActive({ row, column })}
                    className="cursor-pointer border-b border-e border-line px-3 py-2 outline-none focus:outline-2 focus:-outline-offset-2 focus:outline-accent"
                  >
                    {standing?.levelId ? (
                      <LevelMark levels={levels} levelId={standing.levelId} judged={standing.judged} />
                    ) : (
                      <span className="text-muted">–</span>
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
