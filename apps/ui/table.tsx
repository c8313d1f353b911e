import type { ReactNode } from 'react'

export type Column<Row> = {
  id: string
  header: ReactNode
  cell: (row: Row) => ReactNode
  /** Numbers stand at the end of the column. */
  align?: 'start' | 'end'
  /** This column names the row for screen readers. */
  rowHeader?: boolean
}

type TableProps<Row> = {
  /** Says what the table holds; shown unless `captionHidden`. */
  caption: string
  captionHidden?: boolean
  columns: Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** Stands in place of the rows when there are none. */
  empty?: ReactNode
}

/** A plain table that scrolls sideways on small screens. Renders on the server. */
export function Table<Row>({ caption, captionHidden, columns, rows, rowKey, empty }: TableProps<Row>) {
  if (rows.length === 0 && empty) return <>{empty}</>
  return (
    <section
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1).
      tabIndex={0}
      // Text that only screen readers see is placed against it, or it would widen the page.
      className="relative overflow-x-auto rounded-card border border-line bg-surface"
    >
      <table className="w-full border-collapse text-start">
        <caption className={captionHidden ? 'sr-only' : 'px-4 py-3 text-start font-semibold'}>
          {caption}
        </caption>
        <thead>
          <tr className="border-b border-line bg-sunken/60 text-sm text-muted">
            {columns.map(column => (
              <th
                key={column.id}
                scope="col"
                className={`whitespace-nowrap px-4 py-3 font-semibold ${column.align === 'end' ? 'text-end' : 'text-start'}`}
              >
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={rowKey(row)} className="border-b border-line last:border-0 hover:bg-sunken/40">
              {columns.map(column => {
                const align = column.align === 'end' ? 'text-end tabular-nums' : 'text-start'
                return column.rowHeader ? (
                  <th key={column.id} scope="row" className={`px-4 py-3 font-semibold ${align}`}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.id} className={`px-4 py-3 ${align}`}>
                    {column.cell(row)}
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
