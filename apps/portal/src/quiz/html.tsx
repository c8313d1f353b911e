'use client'
import { useMemo } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { useLessData } from '../less-data/less-data.tsx'
import { lightHtml } from '../less-data/light-html.ts'
import { isPictureShown } from '../less-data/shown-pictures.ts'

/** A piece of a question as its author wrote it; the service has cleaned it. */
export function Html({ html, id, strong }: { html: string; id?: string; strong?: boolean }) {
  const less = useLessData()
  const picture = useTranslations('shell')('picture')
  // Made once: a picture that is shown later takes the place of its button, and nothing is drawn anew for it.
  const shown = useMemo(() => (less ? lightHtml(html, picture, isPictureShown) : html), [html, less, picture])
  return (
    <div
      id={id}
      className={`prose prose-compact ${strong ? 'text-lg! font-medium' : ''}`}
      dangerouslySetInnerHTML={{ __html: shown }}
    />
  )
}
