'use client'
import { useEffect, useId, useRef } from 'react'
import { useTranslations } from '../../../i18n/client.tsx'
import { offsetIn, offsetInField, wholeCharacters } from './text-offset.ts'

export type Passage = { start: number; end: number }

type TextPlaceProps = { text: string; chosen: Passage | null; onChoose: (passage: Passage | null) => void }

/** The text in a field that nothing can be written into: words are chosen in it by pointer, finger or keyboard alike. */
export function TextPlace({ text, chosen, onChoose }: TextPlaceProps) {
  const t = useTranslations('marking')
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const first = useRef(chosen)
  useEffect(() => {
    const { start, end } = first.current ?? { start: 0, end: 0 }
    field.current?.focus()
    field.current?.setSelectionRange(offsetInField(text, start), offsetInField(text, end))
  }, [text])
  const choose = () => {
    const { selectionStart, selectionEnd } = field.current ?? { selectionStart: 0, selectionEnd: 0 }
    if (selectionStart === selectionEnd) return onChoose(null)
    onChoose(wholeCharacters(text, offsetIn(text, selectionStart), offsetIn(text, selectionEnd)))
  }
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-sm font-semibold">
        {t('chooseWords')}
      </label>
      <textarea
        ref={field}
        id={id}
        rows={7}
        value={text}
        inputMode="none"
        aria-describedby={`${id}-help`}
        // Not read-only: a browser shows no cursor in that, and choosing words by keyboard needs one.
        onChange={() => {}}
        onBeforeInput={event => event.preventDefault()}
        onSelect={choose}
        className="w-full rounded-control border border-line bg-surface p-3 leading-relaxed"
      />
      <p id={`${id}-help`} className="text-sm text-muted">
        {t('chooseWordsHelp')}
      </p>
      {chosen ? (
        // A field that is left no longer shows what is selected in it.
        <p className="line-clamp-2 break-words">
          <mark className="rounded-sm bg-amber-soft text-amber-ink">
            {text.slice(chosen.start, chosen.end)}
          </mark>
        </p>
      ) : null}
    </div>
  )
}
