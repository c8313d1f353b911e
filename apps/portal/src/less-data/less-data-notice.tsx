'use client'
import { Icon } from '@azora/ui/icon.tsx'
import dynamic from 'next/dynamic'
import { useTranslations } from '../i18n/client.tsx'
import { chooseData } from './choice.ts'
import { useLessData } from './less-data.tsx'

// Only who uses less data pays for what stands in for their pictures.
const LightPictures = dynamic(() => import('./light-pictures.tsx').then(module => module.LightPictures), {
  ssr: false,
})

/** Says below the header that less data is used, while it is. */
export function LessDataNotice() {
  const t = useTranslations('shell')
  if (!useLessData()) return null
  return (
    <section aria-label={t('lessData')} className="print-hidden bg-info-soft text-info-ink">
      <div className="page-width flex flex-wrap items-center gap-x-4 py-1 text-sm">
        <p className="flex items-center gap-2 py-1.5 font-medium">
          <Icon name="download" />
          {t('lessDataOn')}
        </p>
        <button
          type="button"
          onClick={() => chooseData('full')}
          className="-mx-2 min-h-11 rounded-control px-2 font-semibold underline underline-offset-4"
        >
          {t('lessDataOff')}
        </button>
        <LightPictures />
      </div>
    </section>
  )
}
