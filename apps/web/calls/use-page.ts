'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useOwnTranslations } from '../i18n/own-messages.ts'
import { faultText } from './failures.ts'

type PageOf<Item> = { items: Item[]; nextCursor: string | null }

/** Fetches the page at the cursor; the first one without. */
type LoadPage<Item> = (cursor: string | undefined, signal: AbortSignal) => Promise<PageOf<Item>>

type Shown<Item> = { items: Item[]; nextCursor: string | null; fault: string | null; loading: boolean }

/**
 * A list that the API gives page by page. `about` names what is listed, filters included: when it changes, the list
 * starts again at its first page. While a page loads, and when it fails, the one before stays in `items`.
 */
export function usePage<Item>(about: string, load: LoadPage<Item>) {
  const common = useOwnTranslations('common')
  const [at, setAt] = useState<{ about: string; cursors: string[]; times: number }>({
    about,
    cursors: [],
    times: 0,
  })
  const [shown, setShown] = useState<Shown<Item>>({ items: [], nextCursor: null, fault: null, loading: true })
  // Another list begins: its pages are not those of the list before.
  const here = at.about === about ? at : { about, cursors: [], times: 0 }
  const cursor = here.cursors.at(-1)
  const place = useRef('')
  place.current = JSON.stringify([about, here.cursors, here.times])
  const latestLoad = useRef(load)
  latestLoad.current = load
  const lost = common('connectionLost')

  useEffect(() => {
    const leaving = new AbortController()
    setShown(before => ({ ...before, fault: null, loading: true }))
    latestLoad.current(cursor, leaving.signal).then(
      page => {
        if (!leaving.signal.aborted) setShown({ ...page, fault: null, loading: false })
      },
      (failure: unknown) => {
        if (leaving.signal.aborted) return
        setShown(before => ({ ...before, fault: faultText(failure, lost), loading: false }))
      },
    )
    return () => leaving.abort()
  }, [about, cursor, here.times, lost])

  const { nextCursor } = shown
  const go = (cursors: string[]) => setAt({ ...here, cursors })
  const reload = useCallback(
    () =>
      setAt(before =>
        before.about === about ? { ...before, times: before.times + 1 } : { about, cursors: [], times: 1 },
      ),
    [about],
  )
  return {
    ...shown,
    next: nextCursor !== null && !shown.loading ? () => go([...here.cursors, nextCursor]) : null,
    previous: here.cursors.length > 0 && !shown.loading ? () => go(here.cursors.slice(0, -1)) : null,
    reload,
    /** Fetches the page that is shown again, without a sign of it. @returns whether it answered. */
    renew: async (): Promise<boolean> => {
      const asked = place.current
      try {
        const page = await latestLoad.current(cursor, new AbortController().signal)
        // Another page may have been chosen meanwhile, or this one be on its way.
        if (place.current === asked)
          setShown(before => (before.loading ? before : { ...page, fault: null, loading: false }))
        return true
      } catch (failure) {
        faultText(failure, lost)
        return false
      }
    },
    /** Puts another state of an item in the place of the one shown. */
    replace: (isIt: (item: Item) => boolean, item: Item) =>
      setShown(before => ({ ...before, items: before.items.map(one => (isIt(one) ? item : one)) })),
  }
}
