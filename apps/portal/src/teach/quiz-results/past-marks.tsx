import { Moment } from '../moment.tsx'

export type PastMark = {
  key: string
  title: string
  /** After the title, as what no longer counts is said to be that. */
  aside?: string | undefined
  texts: (string | null)[]
  by: string
  at: string
}

/** What became of the mark of an answer, entry by entry, under a line that opens it. */
export function PastMarks({ summary, marks }: { summary: string; marks: PastMark[] }) {
  return (
    <details className="rounded-control border border-line">
      <summary className="min-h-11 px-4 py-2.5 text-sm font-semibold">{summary}</summary>
      <ol className="flex flex-col gap-3 border-t border-line p-4">
        {marks.map(({ key, title, aside, texts, by, at }) => (
          <li key={key} className="border-s-2 border-line ps-4">
            <p className="font-semibold">
              {title}
              {aside ? <span className="font-normal text-muted"> · {aside}</span> : null}
            </p>
            {texts.filter(Boolean).map(text => (
              <p key={text} className="text-sm wrap-anywhere whitespace-pre-wrap">
                {text}
              </p>
            ))}
            <p className="text-sm text-muted">
              {by} · <Moment time={at} />
            </p>
          </li>
        ))}
      </ol>
    </details>
  )
}
