'use client'
import { Icon } from '@azora/ui/icon.tsx'
import { useState } from 'react'
import type { Call } from '../calls/caller.ts'
import { useOwnTranslations } from '../i18n/own-messages.ts'

type ImpersonationBannerProps = {
  call: Call<'auth.endImpersonation'>
  /** Through whose eyes one looks. */
  name: string
  /** Who looks. */
  admin: string
}

/** Stands above everything while an administrator looks through someone else's eyes, and leads back. */
export function ImpersonationBanner({ call, name, admin }: ImpersonationBannerProps) {
  const t = useOwnTranslations('impersonation')
  const [stopping, setStopping] = useState(false)
  const stop = async () => {
    setStopping(true)
    try {
      await call('auth.endImpersonation', { session: 'cookie' })
    } finally {
      // Also after a failure: the page then shows who one is now, and offers to stop again.
      location.reload()
    }
  }
  return (
    <>
      {/* Keeps the end of the page above the banner. */}
      <div aria-hidden="true" className="order-last h-32 shrink-0 sm:h-20" />
      <section
        aria-label={t('label')}
        className="print-hidden fixed inset-x-0 bottom-0 z-50 border-t-4 border-amber bg-amber-soft text-amber-ink shadow-float"
      >
        <div className="page-width flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
          <p className="flex min-w-0 flex-1 basis-72 items-start gap-3 font-semibold">
            <Icon name="warning" className="mt-0.5" />
            {t('banner', { name, admin })}
          </p>
          <button
            type="button"
            onClick={stop}
            disabled={stopping}
            className="min-h-11 rounded-control border-2 border-amber-ink bg-surface px-4 font-bold text-ink"
          >
            {stopping ? t('stopping') : t('stop')}
          </button>
        </div>
      </section>
    </>
  )
}
