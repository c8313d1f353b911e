import { type ReactNode, useId } from 'react'
import { CopyButton } from './copy-button.tsx'
import { highlight, type Language } from './highlight.ts'

const colours = {
  plain: '',
  comment: 'text-muted italic',
  string: 'text-good-ink',
  word: 'text-info-ink font-semibold',
  number: 'text-amber-ink',
} as const

type CodeBlockProps = {
  code: string
  language: Language
  /** What it is, in a few words: stands above, and names it for screen readers. */
  title: string
  /** Stands beside the copy button. */
  actions?: ReactNode
  /** Scrolls within when it is longer than about thirty lines. */
  bounded?: boolean
}

/** A piece of code to read and to copy. */
export function CodeBlock({ code, language, title, actions, bounded }: CodeBlockProps) {
  const id = useId()
  return (
    <figure
      aria-labelledby={id}
      className="not-prose min-w-0 overflow-hidden rounded-control border border-line bg-sunken"
    >
      <figcaption className="flex items-center justify-between gap-2 border-b border-line py-1 ps-4 pe-1.5">
        <span id={id} className="min-w-0 truncate text-sm font-semibold text-muted">
          {title}
        </span>
        <span className="flex items-center gap-1">
          {actions}
          <CopyButton text={code} what={title} />
        </span>
      </figcaption>
      <Code code={code} language={language} label={title} {...(bounded ? { bounded } : {})} />
    </figure>
  )
}

/** The code alone, drawn in colours; scrolls within itself. */
export function Code({
  code,
  language,
  label,
  bounded,
}: {
  code: string
  language: Language
  label: string
  bounded?: boolean
}) {
  return (
    // A `section` would be a landmark, of which a page would have too many.
    // biome-ignore lint/a11y/useSemanticElements: see above.
    <pre
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1).
      tabIndex={0}
      role="group"
      aria-label={label}
      dir="ltr"
      className={`overflow-auto p-4 font-mono text-[0.84rem] leading-relaxed -outline-offset-3 ${bounded ? 'max-h-[34rem]' : ''}`}
    >
      <code>
        <Highlighted code={code} language={language} />
      </code>
    </pre>
  )
}

/** The words of a piece of code, each in its colour. */
export function Highlighted({ code, language }: { code: string; language: Language }) {
  return (
    <>
      {highlight(code, language).map((part, at) => (
        <span key={at} className={colours[part.kind]}>
          {part.text}
        </span>
      ))}
    </>
  )
}
