'use client'

type OutputProps = {
  label: string
  text: string
  /** What is said where there is nothing. */
  empty: string
  /** A line that is set off, counted from 1, and how. */
  mark?: { line: number; tone: 'good' | 'bad' } | null
}

const tones = { good: 'bg-good-soft text-good-ink', bad: 'bg-bad-soft text-bad-ink' }

/** What a program reads or prints, line by line. */
export function Output({ label, text, empty, mark = null }: OutputProps) {
  const lines = text.replace(/\n$/, '').split('\n')
  return (
    <figure className="flex min-w-0 flex-col gap-1">
      <figcaption className="text-sm font-semibold">{label}</figcaption>
      {text === '' ? (
        <p className="text-sm text-muted">{empty}</p>
      ) : (
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within reach of the keyboard
          tabIndex={0}
          className="max-h-60 overflow-auto rounded-control border border-line bg-surface px-3 py-2 font-mono text-sm leading-relaxed text-ink"
        >
          {lines.map((line, at) => (
            <span
              key={at}
              className={`block min-w-fit ${mark?.line === at + 1 ? `-mx-3 px-3 ${tones[mark.tone]}` : ''}`}
            >
              {line === '' ? '\u200b' : line}
            </span>
          ))}
        </pre>
      )}
    </figure>
  )
}
