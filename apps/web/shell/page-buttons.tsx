'use client'
import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { useOwnTranslations } from '../i18n/own-messages.ts'

/** The way between the pages of a list of `usePage`; nothing for a list of one page. */
export function PageButtons({
  next,
  previous,
}: {
  next: (() => void) | null
  previous: (() => void) | null
}) {
  const t = useOwnTranslations('common')
  if (!next && !previous) return null
  return (
    <p className="mt-6 flex justify-center gap-3">
      <Button variant="secondary" isDisabled={!previous} onPress={() => previous?.()}>
        <Icon name="back" />
        {t('previous')}
      </Button>
      <Button variant="secondary" isDisabled={!next} onPress={() => next?.()}>
        {t('next')}
        <Icon name="forward" />
      </Button>
    </p>
  )
}
