import type { ElementType, ReactNode } from 'react'
import { classNames } from './class-names.ts'

type CardProps = { as?: ElementType; className?: string; padded?: boolean; children: ReactNode }

/** A surface that stands out from the page. */
export function Card({ as: Tag = 'div', className, padded = true, children }: CardProps) {
  return (
    <Tag
      className={classNames(
        'rounded-card border border-line bg-surface shadow-card',
        padded && 'p-5 sm:p-6',
        className,
      )}
    >
      {children}
    </Tag>
  )
}
