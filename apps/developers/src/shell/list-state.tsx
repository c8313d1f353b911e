import { Skeleton } from '@azora/ui/skeleton.tsx'
import { LoadFailed } from '@azora/web/shell/load-failed.tsx'
import type { ReactNode } from 'react'
import { useTranslations } from '../messages.ts'

type ListStateProps<Item> = {
  list: { items: Item[]; fault: string | null; loading: boolean; reload: () => void }
  empty: ReactNode
  children: (items: Item[]) => ReactNode
}

/** A list while it loads, when it fails, when it is empty, and when it is there. */
export function ListState<Item>({
  list: { items, fault, loading, reload },
  empty,
  children,
}: ListStateProps<Item>) {
  const common = useTranslations('common')
  if (fault) return <LoadFailed fault={fault} onRetry={reload} />
  if (items.length > 0) return <>{children(items)}</>
  if (!loading) return <>{empty}</>
  return (
    <div role="status" aria-label={common('loading')} className="flex flex-col gap-3">
      <Skeleton className="h-12 w-full" />
      <Skeleton className="h-12 w-full" />
      <Skeleton className="h-12 w-full" />
    </div>
  )
}
