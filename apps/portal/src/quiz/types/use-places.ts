import { type RefObject, useEffect, useMemo, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { readableHtml } from '../../text/readable-html.ts'
import { withGaps } from './gap-marks.ts'

/**
 * The text of a question with a place for each of its marks, and once that is drawn within the box the places by their
 * numbers, to put fields into.
 */
export function usePlaces(content: string, box: RefObject<HTMLElement | null>) {
  const label = useTranslations('quiz')('table')
  const [places, setPlaces] = useState<ReadonlyMap<number, HTMLElement>>(new Map())
  const html = useMemo(
    () => withGaps(readableHtml(content, label), number => `<span data-gap="${number}"></span>`),
    [content, label],
  )
  useEffect(() => {
    const found = [...(box.current?.querySelectorAll<HTMLElement>('[data-gap]') ?? [])]
    setPlaces(new Map(found.map(place => [Number(place.dataset.gap), place])))
  }, [html, box])
  return { html, places }
}
