import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

type EmptyStateProps = {
  icon?: IconName
  title: string
  children?: ReactNode
  action?: ReactNode
  level?: 1 | 2
}

/** Stands where a list is empty: says why, and what to do next. */
export function EmptyState({ icon = 'book', title, children, action, level = 2 }: EmptyStateProps) {
  const Heading = level === 1 ? 'h1' : 'h2'
  return (
    <div className="flex flex-col items-center gap-4 rounded-card border border-dashed border-edge/50 px-6 py-14 text-center">
      <span className="grid size-14 place-items-center rounded-full bg-accent-soft text-2xl text-accent-ink">
        <Icon name={icon} />
      </span>
      <Heading className="text-xl font-bold">{title}</Heading>
      {children ? <div className="max-w-md text-muted">{children}</div> : null}
      {action}
    </div>
  )
}
