'use client'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { createEcho } from './echo.ts'
import type { Editor, EditorOptions } from './editor.ts'
import { loadLanguage } from './language.ts'

type UseEditor = Pick<EditorOptions, 'maxLength' | 'phrases' | 'attributes' | 'onText' | 'onRun'> & {
  /** Where the editor is put. */
  place: RefObject<HTMLElement | null>
  /** What is written in until it is there. */
  area: RefObject<HTMLTextAreaElement | null>
  language: string
  value: string
}

/** Loads the editor and puts it in place of a text area. Null until then, and for good where it cannot be loaded. */
export function useEditor(options: UseEditor): Editor | null {
  const { place, area, language, value } = options
  const [editor, setEditor] = useState<Editor | null>(null)
  // What the editor calls is what the page was last drawn with.
  const latest = useRef(options)
  latest.current = options
  const [echo] = useState(createEcho)

  useEffect(() => {
    let here = true
    let opened: Editor | null = null
    const composed = watchComposing(area.current)
    const open = async () => {
      const { openEditor } = await import('./editor.ts')
      await composed()
      const plain = area.current
      if (!here || !place.current) return
      const { maxLength, phrases, attributes } = latest.current
      const text = plain?.value ?? latest.current.value
      const hadFocus = plain !== null && document.activeElement === plain
      opened = openEditor(place.current, {
        text,
        selection: plain ? [plain.selectionStart, plain.selectionEnd] : [0, 0],
        maxLength,
        phrases,
        attributes,
        onText(changed) {
          echo.told(changed)
          latest.current.onText(changed)
        },
        onRun: () => latest.current.onRun(),
      })
      // At once, so that the next key finds one of them.
      flushSync(() => setEditor(opened))
      if (hadFocus) opened.focus()
    }
    open().catch((failure: unknown) => {
      console.warn('The code editor could not be loaded; the plain text area stays.', failure)
    })
    return () => {
      here = false
      setEditor(null)
      opened?.destroy()
    }
  }, [place, area, echo])

  useEffect(() => {
    let here = true
    if (editor)
      loadLanguage(language).then(
        known => here && editor.setLanguage(known),
        (failure: unknown) => console.warn('The program is shown without colours.', failure),
      )
    return () => {
      here = false
    }
  }, [editor, language])

  useEffect(() => {
    if (editor && !echo.isOwn(value) && editor.text() !== withLineFeeds(value)) editor.replace(value)
  }, [editor, value, echo])
  return editor
}

/** As the editor keeps the ends of lines. */
const withLineFeeds = (text: string) => text.replace(/\r\n?/g, '\n')

/**
 * Told when no word is being put together in a text area, as keyboards of phones and for many scripts do: it would be cut
 * in two.
 */
function watchComposing(area: HTMLTextAreaElement | null): () => Promise<void> {
  let composing = false
  let go: () => void = () => {}
  area?.addEventListener('compositionstart', () => {
    composing = true
  })
  area?.addEventListener('compositionend', () => {
    composing = false
    go()
  })
  return () =>
    new Promise(resolve => {
      go = resolve
      if (!composing) resolve()
    })
}
