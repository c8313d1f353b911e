'use client'
import { Button } from '@azora/ui/button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useOwnTranslations } from '../i18n/own-messages.ts'

/** In the place of what could not be loaded: why not, and a way to try again. */
export function LoadFailed({ fault, onRetry }: { fault: string; onRetry: () => void }) {
  const t = useOwnTranslations('common')
  return (
    <Notice tone="error" live>
      <span className="flex flex-wrap items-center justify-between gap-3">
        {fault}
        <Button variant="secondary" size="small" onPress={onRetry}>
          {t('retry')}
        </Button>
      </span>
    </Notice>
  )
}
