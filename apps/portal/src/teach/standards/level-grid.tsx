'use client'
import type { KeyboardEvent, MouseEvent } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import type { Learner } from '../gradebook/book.ts'
import { type At, sheetLook, useSheet } from '../use-sheet.ts'
import { LevelMark } from './level-mark.tsx'
import type { CourseStandards, LevelRow } from './standards.ts'
import { useCellName } from './use-cell-name.ts'

type LevelGridProps = {
  course: CourseStandards
  learners: readonly Learner[]
  rows: ReadonlyMap<string, LevelRow>
  onOpen: (userId: string, standardId: string) => void
}

/** Levels as a sheet: one cell has the focus, the arrow keys move it, and Enter opens it. */
export function LevelGrid({ course, learners, rows, onOpen }: LevelGridProps) {
  const t = useTranslations('standards')
  const nameOf = useCellName(course)
  const { standards, levels } = course
  const { table, active, setActive, move } = useSheet({ rows: learners.length, columns: standards.length })
  const openAt = ({ row, column }: At) => {
    const [learner, standard] = [learners[row], standards[column]]
    if (learner && standard) onOpen(learner.userId, standard.id)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, altKey, ctrlKey, metaKey } = event
    if (altKey || !(event.target as HTMLElement).dataset.at || move(event)) return
    if (ctrlKey || metaKey || (key !== 'Enter' && key !== ' ')) return
    openAt(active)
    event.preventDefault()
  }
  const onClick = (event: MouseEvent) => {
    const at = (event.target as HTMLElement).closest<HTMLElement>('[data-at]')?.dataset.at
    const [row, column] = at?.split(':').map(Number) ?? []
    if (row !== undefined && column !== undefined) openAt({ row, column })
  }
  return (
    <section aria-label={t('title')} className={sheetLook.box}>
      <table
        ref={table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells are opened is a grid.
        role="grid"
        aria-label={t('gridLabel')}
        onClick={onClick}
        onKeyDown={onKeyDown}
        className={sheetLook.table}
      >
        <thead>
          <tr>
            <th scope="col" className={`${sheetLook.head} sticky start-0 top-0 z-30 min-w-56`}>
              {t('learner')}
            </th>
            {standards.map(standard => (
              <th
                key={standard.id}
                scope="col"
                className={`${sheetLook.head} sticky top-0 z-20 w-44 min-w-40`}
              >
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
