'use client'
import { Notice } from '@azora/ui/notice.tsx'
import { useTranslations } from '../../../i18n/client.tsx'
import { usePdfPage } from '../../../quiz/annotations/use-pdf-page.ts'
import type { Area } from './area.ts'
import { PicturePlace } from './picture-place.tsx'

type PagePlaceProps = {
  file: { name: string; url: string }
  page: number
  area: Area
  onChange: (area: Area) => void
}

/** A page of a PDF on which a place is chosen, as on a picture. */
export function PagePlace({ file, page, area, onChange }: PagePlaceProps) {
  const t = useTranslations('viewer')
  const { shown, failed } = usePdfPage(file.url, page)
  if (failed) return <Notice>{t('failed')}</Notice>
  if (!shown)
    return (
      <p role="status" className="text-muted">
        {t('loading')}
      </p>
    )
  return (
    <PicturePlace
      src={shown.src}
      name={t('page', { page, name: file.name })}
      area={area}
      onChange={onChange}
    />
  )
}
