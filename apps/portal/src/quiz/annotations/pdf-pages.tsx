'use client'
import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useEffect, useRef } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import type { PagePlace } from './annotated-picture.tsx'
import { usePdfPage } from './use-pdf-page.ts'
import { ZoomedPicture } from './zoomed-picture.tsx'

type PdfPagesProps = {
  id: string
  address: string
  name: string
  places: PagePlace[]
  page: number
  onPage: (page: number) => void
  onAnnotate?: ((page: number) => void) | null
}

/** The pages of a PDF one at a time, with the places on them that have a comment. */
export function PdfPages({ id, address, name, places, page: asked, onPage, onAnnotate }: PdfPagesProps) {
  const t = useTranslations('viewer')
  const { pages, page, shown, failed } = usePdfPage(address, asked)
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // The list of comments led here before the page was drawn.
    const place = shown && location.hash.startsWith(`#${id}-place-`) ? location.hash.slice(1) : null
    if (place && frame.current?.contains(document.getElementById(place)))
      document.getElementById(place)?.focus()
  }, [id, shown])
  const count = (of: number) => places.filter(place => place.page === of).length
  const title = t('page', { page, name })
  return (
    <div ref={frame} className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-end gap-2">
        <NativeSelect
          label={t('choose')}
          value={String(page)}
          disabled={pages === 0}
          onChange={({ target }) => onPage(Number(target.value))}
          options={Array.from({ length: pages }, (_, at) => ({
            id: String(at + 1),
            label: t(count(at + 1) > 0 ? 'pageWithComments' : 'pageOf', {
              page: at + 1,
              pages,
              count: count(at + 1),
            }),
          }))}
        />
        <Button
          variant="secondary"
          aria-label={t('previous')}
          isDisabled={page <= 1}
          onPress={() => onPage(page - 1)}
        >
          <Icon name="back" />
        </Button>
        <Button
          variant="secondary"
          aria-label={t('next')}
          isDisabled={page >= pages}
          onPress={() => onPage(page + 1)}
        >
          <Icon name="forward" />
        </Button>
      </div>
      {failed ? (
        <Notice>{t('failed')}</Notice>
      ) : shown ? (
        <>
          {shown.isDoubtful ? <Notice>{t('doubtful')}</Notice> : null}
          <ZoomedPicture
            id={id}
            src={shown.src}
            name={title}
            places={places.filter(place => place.page === page)}
          >
            {onAnnotate ? (
              <Button size="small" variant="secondary" onPress={() => onAnnotate(page)}>
                {t('annotate')}
              </Button>
            ) : null}
          </ZoomedPicture>
          {shown.text.trim() ? (
            <details className="text-sm">
              <summary className="py-2 font-semibold">{t('text')}</summary>
              <p className="break-words whitespace-pre-wrap">{shown.text}</p>
            </details>
          ) : null}
        </>
      ) : (
        <p role="status" className="text-muted">
          {t('loading')}
        </p>
      )}
    </div>
  )
}
