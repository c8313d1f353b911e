import { Card } from '@azora/ui/card.tsx'
import type { ReactNode } from 'react'

type SectionProps = {
  title: string
  /** The state, beside the title. */
  badge?: ReactNode
  text?: ReactNode
  children?: ReactNode
}

/** One matter on a page about one's account. */
export function Section({ title, badge, text, children }: SectionProps) {
  return (
    <Card as="section" className="flex flex-col gap-4">
      <div className="flex flex-col gap-1.5">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h2 className="text-xl font-bold">{title}</h2>
          {badge}
        </div>
        {text ? <p className="max-w-2xl text-muted">{text}</p> : null}
      </div>
      {children}
    </Card>
  )
}
