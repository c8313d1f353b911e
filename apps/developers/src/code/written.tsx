import { Fragment } from 'react'
import { Link } from 'react-router'

const marks = /`([^`]+)`|\[([^\]]+)\]\(([^)]+)\)|\*\*([^*]+)\*\*/g

/** A text of the messages with `code`, **stress** and [links](/path) in it; `/guides/…` are pages of this portal. */
export function Written({ text }: { text: string }) {
  const parts = [...text.matchAll(marks)]
  let at = 0
  return (
    <>
      {parts.map(found => {
        const before = text.slice(at, found.index)
        at = found.index + found[0].length
        return (
          <Fragment key={found.index}>
            {before}
            <Marked found={found} />
          </Fragment>
        )
      })}
      {text.slice(at)}
    </>
  )
}

function Marked({ found: [, code, label, to = '', stress] }: { found: RegExpExecArray }) {
  if (code)
    return (
      <code className="rounded bg-sunken px-1.5 py-0.5 font-mono text-[0.9em] break-words [overflow-wrap:anywhere]">
        {code}
      </code>
    )
  if (stress) return <strong>{stress}</strong>
  const look = 'text-accent-ink underline underline-offset-3'
  // An address that begins with two slashes leaves this portal for the school's pages.
  if (to.startsWith('//') || /^https?:/.test(to))
    return (
      <a href={to.replace(/^\/\//, '/')} className={look}>
        {label}
      </a>
    )
  return (
    <Link to={to} className={look}>
      {label}
    </Link>
  )
}
