'use client'
import { sizeText } from '@azora/web/size.ts'
import { useEffect, useRef, useState } from 'react'
import { useLocale, useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/api.browser.ts'
import { dataUsedEvent, usedToday } from './data-used.ts'
import { fileIdOf } from './light-html.ts'
import { isPictureShown, onPictures, showAllPictures, showPicture } from './shown-pictures.ts'

// What a page draws together is looked at together.
const gatherMs = 200
const mostAsked = 200

const buttonOf = (event: Event) =>
  event.target instanceof Element ? event.target.closest<HTMLElement>('button.light-picture') : null

/** Puts the picture in the place of its button, and the focus on it. A component that draws its own does so itself. */
function uncover(button: HTMLElement, focus: boolean): void {
  const template = button.querySelector('template')
  if (!template) return
  const picture = document.importNode(template.content, true).firstElementChild as HTMLElement | null
  if (!picture) return
  picture.tabIndex = -1
  button.replaceWith(picture)
  if (focus) picture.focus({ preventScroll: true })
}

/**
 * The pictures that stand covered on this page: shown when touched, or all at once, with their sizes. And how much this
 * device received today.
 */
export function LightPictures() {
  const t = useTranslations('shell')
  const locale = useLocale()
  const [covered, setCovered] = useState({ count: 0, bytes: 0 })
  const [used, setUsed] = useState<number | null>(null)
  const sizes = useRef(new Map<string, number | null>())

  useEffect(() => {
    const press = (event: Event) => {
      const button = buttonOf(event)
      if (!button) return
      // It may stand in the label of an answer, or in a link: a look at it chooses and opens nothing.
      event.stopPropagation()
      if (event.type !== 'click') return
      event.preventDefault()
      uncover(button, true)
      showPicture(button.dataset.file ?? '')
    }
    const kinds = ['pointerdown', 'pointerup', 'mousedown', 'mouseup', 'click', 'keydown', 'keyup']
    for (const kind of kinds) document.addEventListener(kind, press, true)
    return () => {
      for (const kind of kinds) document.removeEventListener(kind, press, true)
    }
  }, [])

  useEffect(() => {
    const known = sizes.current
    let gathering: ReturnType<typeof setTimeout> | undefined
    const write = () => {
      const files = [...document.querySelectorAll<HTMLElement>('[data-file]')]
      for (const element of files) {
        const bytes = known.get(fileIdOf(element.dataset.file ?? '') ?? '')
        const text = bytes ? sizeText(locale, bytes) : ''
        const kind = element.dataset.kind === 'audio' ? 'audio' : 'video'
        const place = element.querySelector('[data-bytes]') ?? element
        const shown = element.matches('button')
          ? text
            ? ` · ${text}`
            : ''
          : text
            ? t(`${kind}Size`, { size: text })
            : ''
        if (place.textContent !== shown) place.textContent = shown
      }
      const pictures = files.filter(element => element.matches('button'))
      const ids = new Set(pictures.map(({ dataset }) => fileIdOf(dataset.file ?? '') ?? ''))
      const bytes = [...ids].reduce((sum, id) => sum + (known.get(id) ?? 0), 0)
      setCovered(before =>
        before.count === pictures.length && before.bytes === bytes
          ? before
          : { count: pictures.length, bytes },
      )
      return files
    }
    const look = async () => {
      const ids = write().map(({ dataset }) => fileIdOf(dataset.file ?? ''))
      const asked = [...new Set(ids)]
        .filter(id => id !== undefined && !known.has(id))
        .slice(0, mostAsked) as string[]
      if (asked.length === 0) return
      for (const id of asked) known.set(id, null)
      const { files } = await call('education.getFileSizes', { fileIds: asked })
      for (const { id, size } of files) known.set(id, size)
      write()
    }
    const soon = () => {
      gathering ??= setTimeout(() => {
        gathering = undefined
        // Without a line their sizes stay unknown, and the pictures are there to touch all the same.
        look().catch((failure: unknown) => console.warn('The sizes of pictures could not be asked.', failure))
      }, gatherMs)
    }
    soon()
    const changes = new MutationObserver(soon)
    changes.observe(document.body, { childList: true, subtree: true })
    return () => {
      clearTimeout(gathering)
      changes.disconnect()
    }
  }, [locale, t])

  useEffect(
    () =>
      onPictures(() => {
        for (const button of document.querySelectorAll<HTMLElement>('button.light-picture:has(template)'))
          if (isPictureShown(button.dataset.file ?? '')) uncover(button, false)
      }),
    [],
  )

  useEffect(() => {
    const count = () => setUsed(usedToday(localStorage))
    addEventListener(dataUsedEvent, count)
    count()
    return () => removeEventListener(dataUsedEvent, count)
  }, [])

  return (
    <>
      {used === null ? null : (
        <details>
          <summary className="min-h-11 cursor-pointer py-2.5">
            {t('dataUsed', { size: sizeText(locale, used) })}
          </summary>
          <p className="max-w-prose pb-2">{t('dataUsedHelp')}</p>
        </details>
      )}
      {covered.count > 0 ? (
        <button
          type="button"
          onClick={showAllPictures}
          className="-mx-2 min-h-11 rounded-control px-2 font-semibold underline underline-offset-4"
        >
          {covered.bytes > 0
            ? t('showPicturesOf', { count: covered.count, size: sizeText(locale, covered.bytes) })
            : t('showPictures', { count: covered.count })}
        </button>
      ) : null}
    </>
  )
}
