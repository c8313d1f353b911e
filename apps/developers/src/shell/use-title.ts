import { useEffect } from 'react'
import { useTranslations } from '../messages.ts'

/** Names the document after the page that it shows. */
export function useTitle(title: string): void {
  const t = useTranslations('developers')
  const portal = t('title')
  useEffect(() => {
    document.title = `${title} · ${portal}`
  }, [title, portal])
}
