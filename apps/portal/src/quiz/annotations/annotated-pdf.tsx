'use client'
import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import dynamic from 'next/dynamic'
import { useEffect, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import type { PagePlace } from './annotated-picture.tsx'

const PdfPages = dynamic(() => import('./pdf-pages.tsx').then(module => module.PdfPages))

type AnnotatedPdfProps = {
  /** Of the answer; the numbers and the list lead to each other by it. */
  id: string
  address: string
  name: string
  places: PagePlace[]
  /** Comments on a place of a page; null where that is not possible. */
  onAnnotate?: ((page: number) => void) | null
}

/** A PDF whose pages are shown when asked for, or when the list of comments leads to one of them. */
export function AnnotatedPdf(props: AnnotatedPdfProps) {
  const t = useTranslations('viewer')
  const { id, places } = props
  const [page, setPage] = useState<number | null>(null)
  useEffect(() => {
    const follow = () => {
      const [, number] = new RegExp(`^#${id}-place-(\\d+)$`).exec(location.hash) ?? []
      const place = places.find(one => one.number === Number(number))
      if (place) setPage(place.page)
    }
    follow()
    window.addEventListener('hashchange', follow)
    return () => window.removeEventListener('hashchange', follow)
  }, [id, places])
  if (page === null)
    return (
      <Button
        size="small"
        variant="secondary"
        className="self-start"
        onPress={() => setPage(places[0]?.page ?? 1)}
      >
        <Icon name="file" />
        {t(places.length > 0 ? 'showComments' : 'show')}
        <span className="sr-only">{props.name}</span>
      </Button>
    )
  return <PdfPages {...props} page={page} onPage={setPage} />
}
