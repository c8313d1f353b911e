import type { ReactNode } from 'react'

type PageHeaderProps = {
  title: ReactNode
  /** A short line above the title: a breadcrumb trail, a category. */
  above?: ReactNode
  description?: ReactNode
  actions?: ReactNode
}

/** The head of a page: its only h1, what it is for, and what can be done with it. */
export function PageHeader({ title, above, description, actions }: PageHeaderProps) {
  return (
    <header className="flex flex-col gap-4 pt-8 pb-6 sm:flex-row sm:items-end sm:justify-between">
      <div className="flex min-w-0 flex-col gap-2">
        {above}
        <h1 className="text-title font-bold">{title}</h1>
        {description ? <div className="max-w-2xl text-muted">{description}</div> : null}
      </div>
      {actions ? <div className="flex shrink-0 flex-wrap gap-3">{actions}</div> : null}
    </header>
  )
}
