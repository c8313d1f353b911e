import type { useTranslations } from '../../i18n/client.tsx'
import { segmentsOf } from './segments.ts'

type AnnotatedTextProps = {
  /** Of the answer; the numbers and the list lead to each other by it. */
  id: string
  text: string
  /** In the order of their numbers. */
  passages: { start: number; end: number }[]
  t: ReturnType<typeof useTranslations<'quiz'>>
}

/**
 * A text with the passages marked that have a comment. The numbers are drawn by the style sheet, so that what is selected
 * in it is the text alone.
 */
export function AnnotatedText({ id, text, passages, t }: AnnotatedTextProps) {
  let from = 0
  return (
    <p className="leading-relaxed break-words whitespace-pre-wrap">
      {segmentsOf(text, passages).map(({ text: piece, covering, ending }) => {
        const key = from
        from += piece.length
        return (
          <span key={key}>
            {covering.length > 0 ? (
              <mark className="rounded-sm bg-amber-soft text-amber-ink">{piece}</mark>
            ) : (
              piece
            )}
            {ending.map(at => (
              // biome-ignore lint/a11y/useAnchorContent: its label says what it is
              <a
                key={at}
                id={`${id}-place-${at + 1}`}
                href={`#${id}-note-${at + 1}`}
                data-number={at + 1}
                aria-label={t('annotation', { number: at + 1 })}
                className="mx-0.5 scroll-mt-40 rounded-full bg-amber px-1.5 py-0.5 text-xs font-bold text-[#1c1300] after:content-[attr(data-number)]"
              />
            ))}
          </span>
        )
      })}
    </p>
  )
}
