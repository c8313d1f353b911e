'use client'
import { Button } from '@azora/ui/button.tsx'
import { useTranslations } from '../../i18n/client.tsx'

type PageButtonsProps = { next: (() => void) | null; previous: (() => void) | null }

/** The way through a list of several pages; nothing where it is one. */
export function PageButtons({ next, previous }: PageButtonsProps) {
  const t = useTranslations('freeSeats')
  if (!next && !previous) return null
  return (
    <div className="flex flex-wrap gap-3">
      {previous ? (
        <Button variant="quiet" size="small" onPress={previous}>
          {t('newer')}
        </Button>
      ) : null}
      {next ? (
        <Button variant="quiet" size="small" onPress={next}>
          {t('more')}
        </Button>
      ) : null}
    </div>
  )
}
