import { Card } from '@azora/ui/card.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import type { ReactNode } from 'react'

type EntryPageProps = {
  title: string
  description: string
  /** What stands below the card, such as the way to another page. */
  foot?: ReactNode
  children: ReactNode
}

/** The frame of a page that someone meets before they are signed in: one narrow card. */
export function EntryPage({ title, description, foot, children }: EntryPageProps) {
  return (
    <div className="page-narrow max-w-lg!">
      <PageHeader title={title} description={description} />
      <Card className="flex flex-col gap-5">{children}</Card>
      {foot ? <p className="mt-6 text-center text-muted">{foot}</p> : null}
    </div>
  )
}

/** A link within the text of such a page. */
export const entryLinkStyle = 'py-2 font-semibold text-accent-ink underline underline-offset-4'
