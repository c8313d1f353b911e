import { type DataColumn, DataTable } from '@azora/ui/data-table.tsx'
import { Skeleton } from '@azora/ui/skeleton.tsx'
import type { usePage } from '@azora/web/calls/use-page.ts'
import { LoadFailed } from '@azora/web/shell/load-failed.tsx'
import { PageButtons } from '@azora/web/shell/page-buttons.tsx'
import type { ComponentProps, ReactNode } from 'react'
import { useTranslations } from '../messages.ts'

type ListProps<Row> = {
  list: Pick<ReturnType<typeof usePage<Row>>, 'items' | 'loading' | 'fault' | 'reload' | 'next' | 'previous'>
  caption: string
  columns: DataColumn<Row>[]
  rowKey: (row: Row) => string
  /** Stands in place of the rows when there are none: says why, and what to do next. */
  empty: ReactNode
}

/** A list that the API gives page by page, in all its states: loading, failed, empty, shown. */
export function List<Row>({ list, empty, ...table }: ListProps<Row>) {
  const common = useTranslations('common')
  const { items, loading, fault } = list
  return (
    <>
      {fault ? <Failed fault={fault} onRetry={list.reload} /> : null}
      {items.length > 0 ? (
        <DataTable {...table} rows={items} isBusy={loading} />
      ) : loading ? (
        <Loading label={common('loading')} />
      ) : fault ? null : (
        empty
      )}
      <PageButtons next={list.next} previous={list.previous} />
    </>
  )
}

/** Says that something could not be loaded, and offers to try again, above what is there. */
export function Failed(props: ComponentProps<typeof LoadFailed>) {
  return (
    <div className="mb-4">
      <LoadFailed {...props} />
    </div>
  )
}

const lines = ['w-11/12', 'w-3/4', 'w-5/6', 'w-2/3', 'w-4/5']

/** Grey lines where rows will come. */
export function Loading({ label }: { label: string }) {
  return (
    <div
      role="status"
      aria-label={label}
      className="flex flex-col gap-5 rounded-card border border-line bg-surface p-6"
    >
      {lines.map(width => (
        <Skeleton key={width} className={`h-5 ${width}`} />
      ))}
    </div>
  )
}
