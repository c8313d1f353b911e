'use client'
import { Spinner } from '@azora/ui/spinner.tsx'
import { useEffect } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import type { Arrival } from '../lib/arrival.ts'
import { takeEnrolWish } from './enrol-wish.ts'
import { enter } from './enter.ts'
import { entryLinkStyle } from './entry-page.tsx'

/** Stands for a moment before the person who comes back signed in from a provider, and takes them on. */
export function Arrive({ accountId, destination, courseId }: Arrival & { accountId: string }) {
  const t = useTranslations('account')
  useEffect(() => {
    void enter(accountId, destination, takeEnrolWish(courseId))
  }, [accountId, destination, courseId])
  return (
    <div className="flex flex-col items-center gap-4 py-16 text-center">
      <Spinner />
      <p role="status">{t('arriving')}</p>
      <a href={destination} className={entryLinkStyle}>
        {t('goOn')}
      </a>
    </div>
  )
}
