'use client'
import { useEffect, useState } from 'react'
import type { Piece } from './colour.ts'

type CodeTextProps = {
  text: string
  language: string
  /** The id of what names it. */
  labelledBy: string
}

const plain = (text: string): Piece[][] => text.split('\n').map(line => [{ text: line, look: '' }])

/** A program to be read, with the numbers of its lines. Its colours come when they have been loaded. */
export function CodeText({ text, language, labelledBy }: CodeTextProps) {
  const [coloured, setColoured] = useState<{ text: string; lines: Piece[][] } | null>(null)
  useEffect(() => {
    let here = true
    import('./colour.ts')
      .then(({ colour }) => colour(text, language))
      .then(
        lines => here && setColoured(lines && { text, lines }),
        (failure: unknown) => console.warn('The program is shown without colours.', failure),
      )
    return () => {
      here = false
    }
  }, [text, language])
  const lines = coloured?.text === text ? coloured.lines : plain(text)
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within reach of the keyboard
      tabIndex={0}
      aria-labelledby={labelledBy}
      className="max-h-[60dvh] overflow-auto rounded-control border border-line bg-sunken/50 py-2"
    >
      <pre className="font-mono text-sm leading-relaxed">
        <code className="table min-w-full">
          {lines.map((pieces, at) => (
            <span key={at} className="table-row">
              <span
                aria-hidden="true"
                className="table-cell w-8 px-2 text-end text-muted tabular-nums select-none"
              >
                {at + 1}
              </span>
              <span className="table-cell pe-3 whitespace-pre">
                {pieces.map((piece, place) => (
                  <span key={place} className={piece.look}>
                    {piece.text}
                  </span>
                ))}
                {'\n'}
              </span>
            </span>
          ))}
        </code>
      </pre>
    </section>
  )
}
