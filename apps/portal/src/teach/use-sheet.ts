import { type KeyboardEvent, useEffect, useRef, useState } from 'react'

/** A cell of a sheet, from 0. */
export type At = { row: number; column: number }

const steps: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-10, 0],
  PageDown: [10, 0],
}

/** How a sheet looks: it scrolls within itself, so that names and titles stay and the page never scrolls sideways. */
export const sheetLook = {
  box: 'relative max-h-[75dvh] w-fit max-w-full overflow-auto rounded-card border border-line bg-surface shadow-card',
  table: 'border-separate border-spacing-0 text-sm',
  head: 'border-b border-e border-line bg-sunken px-3 py-2 text-start align-bottom font-semibold',
}

type SheetProps = { rows: number; columns: number; isTyping?: boolean }

/**
 * The cell of a sheet that has the focus, and how keys move it (the grid pattern of the ARIA authoring practices). Each
 * cell says where it is as `data-at="row:column"`; one is reached by Tab: the one that was left last.
 * @param isTyping while something in a cell has the focus instead
 */
export function useSheet({ rows, columns, isTyping = false }: SheetProps) {
  const table = useRef<HTMLTableElement>(null)
  const [active, setActive] = useState<At>({ row: 0, column: 0 })
  const wantsFocus = useRef(false)
  const goTo = ({ row, column }: At) => {
    wantsFocus.current = true
    setActive({
      row: Math.max(0, Math.min(rows - 1, row)),
      column: Math.max(0, Math.min(columns - 1, column)),
    })
  }
  useEffect(() => {
    if (!wantsFocus.current || isTyping) return
    wantsFocus.current = false
    table.current?.querySelector<HTMLElement>(`[data-at="${active.row}:${active.column}"]`)?.focus()
  })
  /** @returns whether it was a key that moves the focus */
  const move = (event: KeyboardEvent): boolean => {
    const { key } = event
    const command = event.ctrlKey || event.metaKey
    const step = command ? undefined : steps[key]
    if (key === 'Home') goTo({ row: command ? 0 : active.row, column: 0 })
    else if (key === 'End') goTo({ row: command ? rows : active.row, column: columns })
    else if (step) goTo({ row: active.row + step[0], column: active.column + step[1] })
    else return false
    event.preventDefault()
    return true
  }
  return { table, active, setActive, goTo, move }
}
