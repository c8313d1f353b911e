import { Button } from '@azora/ui/button.tsx'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import type { IconName } from '@azora/ui/icon.tsx'
import type { ReactNode } from 'react'
import { useTranslations } from '../messages.ts'

type EmptyListProps = {
  /** Whether filters were chosen: then nothing matches them, and they can be cleared. */
  filtered: boolean
  clear: () => void
  /** Of a list that has no rows yet. */
  icon: IconName
  title: string
  children: ReactNode
}

/** Stands in place of the rows of a list with filters. */
export function EmptyList({ filtered, clear, icon, title, children }: EmptyListProps) {
  const t = useTranslations('lists')
  return (
    <EmptyState
      icon={filtered ? 'search' : icon}
      title={title}
      action={
        filtered ? (
          <Button variant="secondary" onPress={clear}>
            {t('clear')}
          </Button>
        ) : null
      }
    >
      {children}
    </EmptyState>
  )
}
