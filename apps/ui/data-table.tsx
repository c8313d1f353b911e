'use client'
import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import { classNames } from './class-names.ts'

export type DataColumn<Row> = {
  id: string
  /** What stands above the column, and beside the value on a small screen. */
  header: string
  cell: (row: Row) => ReactNode
  /** Numbers stand at the end of the column. */
  align?: 'start' | 'end'
  /** This column names the row for screen readers, and heads its card on a small screen. */
  rowHeader?: boolean
  /** The header is for screen readers alone, such as above a column of buttons. */
  headerHidden?: boolean
}

type DataTableProps<Row> = {
  /** Says what the table holds; for screen readers. */
  caption: string
  columns: DataColumn<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** What is shown is about to be replaced. */
  isBusy?: boolean
}

// Shown as blocks, the parts of a table lose their meaning for some screen readers; their roles give it back.
const as = (role: string) => ({ role })

const reachable = 'a[href], button:not([disabled]), summary'

/**
 * Rows of data to work on: a table on wide screens and a card for each row on narrow ones. The arrow keys, Home and
 * End move from a row's link or button to the same one in another row, so that Enter opens what one has come to.
 */
export function DataTable<Row>({ caption, columns, rows, rowKey, isBusy }: DataTableProps<Row>) {
  const body = useRef<HTMLTableSectionElement>(null)
  const moveByKey = (event: KeyboardEvent<HTMLElement>) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    const target = event.target as HTMLElement
    const row = target.closest('tr')
    const all = [...(body.current?.rows ?? [])]
    const at = row ? all.indexOf(row) : -1
    if (!row || at < 0 || !target.matches(reachable)) return
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key]
    const other = next === undefined ? undefined : all[next]
    if (!other) return
    event.preventDefault()
    const place = [...row.querySelectorAll(reachable)].indexOf(target)
    const choices = other.querySelectorAll<HTMLElement>(reachable)
    ;(choices[place] ?? choices[0])?.focus()
  }
  return (
    <section
      aria-label={caption}
      aria-busy={isBusy || undefined}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1).
      tabIndex={0}
      className={classNames(
        'relative rounded-card transition-opacity md:overflow-x-auto md:border md:border-line md:bg-surface md:shadow-card',
        isBusy && 'opacity-60',
      )}
    >
      <table {...as('table')} className="w-full border-collapse text-start max-md:block">
        <caption className="sr-only">{caption}</caption>
        <thead {...as('rowgroup')} className="max-md:sr-only">
          <tr {...as('row')} className="border-b border-line bg-sunken/60 text-sm text-muted">
            {columns.map(column => (
              <th
                {...as('columnheader')}
                key={column.id}
                scope="col"
                className={`whitespace-nowrap px-4 py-3 font-semibold ${column.align === 'end' ? 'text-end' : 'text-start'}`}
              >
                {column.headerHidden ? <span className="sr-only">{column.header}</span> : column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody
          ref={body}
          {...as('rowgroup')}
          onKeyDown={moveByKey}
          className="max-md:flex max-md:flex-col max-md:gap-3"
        >
          {rows.map(row => (
            <tr
              {...as('row')}
              key={rowKey(row)}
              className="border-line focus-within:bg-accent-soft/40 hover:bg-sunken/40 max-md:flex max-md:flex-col max-md:gap-2 max-md:rounded-card max-md:border max-md:bg-surface max-md:p-4 max-md:shadow-card md:border-b md:last:border-0"
            >
              {columns.map(column => (
                <Cell key={column.id} column={column} row={row} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Cell<Row>({ column, row }: { column: DataColumn<Row>; row: Row }) {
  const align = column.align === 'end' ? 'md:text-end tabular-nums' : 'text-start'
  if (column.rowHeader) {
    return (
      <th
        {...as('rowheader')}
        scope="row"
        className={`text-start font-semibold md:min-w-52 md:px-4 md:py-3 ${align}`}
      >
        {column.cell(row)}
      </th>
    )
  }
  if (column.headerHidden)
    return (
      <td {...as('cell')} className={`md:px-4 md:py-3 ${align}`}>
        {column.cell(row)}
      </td>
    )
  return (
    <td
      {...as('cell')}
      data-label={column.header}
      className={`max-md:flex max-md:items-baseline max-md:justify-between max-md:gap-4 max-md:before:shrink-0 max-md:before:text-sm max-md:before:text-muted max-md:before:content-[attr(data-label)] md:px-4 md:py-3 ${align}`}
    >
      {/* One box, so that several lines of a value stay together beside the label. */}
      <div className="min-w-0 max-md:text-end">{column.cell(row)}</div>
    </td>
  )
}
