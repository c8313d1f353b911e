import { Card } from '@azora/ui/card.tsx'
import { Skeleton } from '@azora/ui/skeleton.tsx'
import { useLoad } from '@azora/web/calls/use-load.ts'
import { Moment } from '@azora/web/moment.tsx'
import { Link } from 'react-router'
import { call } from '../api.ts'
import { Failed } from '../lists/list.tsx'
import { useTranslations } from '../messages.ts'
import { Sentence } from './sentence.tsx'

type RecentEntriesProps = {
  person: { id: string; name: string }
  /** What was done to them, or what they did. */
  by: 'subject' | 'actor'
}

/** What the audit log last told of someone, and the way to the rest. */
export function RecentEntries({ person, by }: RecentEntriesProps) {
  const t = useTranslations('audit')
  const { value, fault, reload } = useLoad(`${by} ${person.id}`, signal =>
    call('auth.listAudit', { [`${by}Id`]: person.id, limit: 5 }, { signal }),
  )
  return (
    <Card as="section" className="flex flex-col gap-4">
      <h2 className="text-lg font-bold">{t(by === 'actor' ? 'recentBy' : 'recent')}</h2>
      {fault ? <Failed fault={fault} onRetry={reload} /> : null}
      {value ? (
        value.items.length > 0 ? (
          <ol className="flex flex-col gap-3">
            {value.items.map(entry => (
              <li key={entry.id} className="border-s-2 border-line ps-3">
                <p>
                  <Sentence entry={entry} />
                </p>
                <p className="text-sm text-muted">
                  <Moment time={entry.at} />
                </p>
              </li>
            ))}
          </ol>
        ) : (
          <p className="text-muted">{t(by === 'actor' ? 'noRecentBy' : 'noRecent')}</p>
        )
      ) : fault ? null : (
        <Skeleton className="h-16 w-full" />
      )}
      <p>
        <Link to={`/audit?${by}=${person.id}`} className="text-accent-ink underline underline-offset-4">
          {t(by === 'actor' ? 'doneBy' : 'concerning', { name: person.name })}
        </Link>
      </p>
    </Card>
  )
}
