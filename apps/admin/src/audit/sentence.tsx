import { useAccount } from '@azora/web/session/signed-in.tsx'
import { Fragment, type ReactNode } from 'react'
import { Link } from 'react-router'
import { useTranslations } from '../messages.ts'
import type { Entry } from './audit-entry.ts'
import { placeOf } from './place-of.ts'

// Stand in the sentence where a name will, so that the name can be more than text. In no message and no name.
const marks = { actor: '\u{E001}', subject: '\u{E002}' }

/** What an entry tells, as a sentence: "Nomsa Dlamini suspended Sipho Ndlovu". */
export function Sentence({ entry }: { entry: Entry }) {
  const t = useTranslations('auditActions')
  const audit = useTranslations('audit')
  const reader = useAccount()
  const { actor, subject, details } = entry
  const known = t(entry.action as 'person.suspended', {
    ...textsOf(details),
    ...marks,
  })
  // An action that this version does not know yet is still told, in its own words.
  const sentence = known === entry.action ? audit('unknownAction', { ...marks, action: entry.action }) : known
  const actorName =
    actor.kind === 'system'
      ? audit('system')
      : actor.kind === 'person'
        ? (actor.name ?? audit('gonePerson'))
        : audit(`by_${actor.kind}`, { name: actor.name ?? audit('gonePerson') })
  const subjectName = subject ? (subject.name ?? audit('nameless', { kind: subject.kind })) : audit('nothing')
  const names: Record<string, ReactNode> = {
    [marks.actor]: actor.kind === 'person' ? personLink(actor.id, actorName) : <b>{actorName}</b>,
    [marks.subject]: (
      <>
        <SubjectName place={placeOf(entry, reader)} name={subjectName} />
        {subject?.deleted && subject.name !== null && !entry.action.endsWith('.deleted') ? (
          <span className="text-muted"> {audit('deleted')}</span>
        ) : null}
      </>
    ),
  }
  return (
    <>
      {sentence.split(/([\u{E001}\u{E002}])/u).map((part, index) => (
        <Fragment key={index}>{names[part] ?? part}</Fragment>
      ))}
    </>
  )
}

const linkStyle = 'font-bold underline decoration-line underline-offset-4 hover:decoration-current'

function personLink(id: string | null, name: string): ReactNode {
  if (!id) return <b>{name}</b>
  return (
    <Link to={`/people/${id}`} className={linkStyle}>
      {name}
    </Link>
  )
}

function SubjectName({ place, name }: { place: ReturnType<typeof placeOf>; name: string }) {
  if (!place) return <b>{name}</b>
  if ('to' in place)
    return (
      <Link to={place.to} className={linkStyle}>
        {name}
      </Link>
    )
  return (
    <a href={place.href} className={linkStyle}>
      {name}
    </a>
  )
}

/** The details that a sentence may name: text and numbers as they are, lists with commas. */
function textsOf(details: Entry['details']): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(details).flatMap(([name, value]) => {
      if (typeof value === 'string' || typeof value === 'number') return [[name, value]]
      return Array.isArray(value) ? [[name, value.join(', ')]] : []
    }),
  )
}
