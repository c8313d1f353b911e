import { Badge } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Moment } from '@azora/web/moment.tsx'
import { useTranslations } from '../messages.ts'
import type { Entry } from './audit-entry.ts'
import { Sentence } from './sentence.tsx'

type EntryStoryProps = {
  entry: Entry
  /** Show only what concerns the same person or thing. */
  onFilter: (filter: { actor?: string; subject?: string }) => void
}

/** An entry as a sentence, with everything that the log holds of it folded below. */
export function EntryStory({ entry, onFilter }: EntryStoryProps) {
  const t = useTranslations('audit')
  const { actor, subject, impersonator } = entry
  return (
    <div className="flex flex-col gap-1 font-normal">
      <p className="font-normal">
        <Sentence entry={entry} />
        {typeof entry.details.reason === 'string' ? (
          <q className="ms-1.5 text-muted">{entry.details.reason}</q>
        ) : null}
      </p>
      {impersonator ? (
        <p>
          <Badge tone="amber">
            <Icon name="eye" />
            {t('impersonated', { name: impersonator.name ?? t('gonePerson') })}
          </Badge>
        </p>
      ) : null}
      <details className="group/entry">
        <summary className="inline-flex cursor-pointer list-none items-center gap-1 rounded-md py-0.5 text-sm text-muted hover:text-ink [&::-webkit-details-marker]:hidden">
          <Icon name="forward" className="size-4! transition-transform group-open/entry:rotate-90" />
          <Moment time={entry.at} precision="second" />
          <span className="sr-only">{t('details')}</span>
        </summary>
        <div className="mt-2 flex flex-col gap-3 rounded-control bg-sunken/60 p-4 text-sm">
          <dl className="grid gap-x-6 gap-y-1.5 sm:grid-cols-[auto_1fr]">
            <Line name={t('sequence')} value={String(entry.sequence)} />
            <Line name={t('action')} value={entry.action} />
            {actor.id ? <Line name={t('who')} value={`${actor.kind} ${actor.id}`} /> : null}
            {subject ? <Line name={t('whom')} value={`${subject.kind} ${subject.id}`} /> : null}
            {Object.entries(entry.details).map(([name, value]) => (
              <Line
                key={name}
                name={name}
                value={typeof value === 'string' ? value : JSON.stringify(value)}
              />
            ))}
            <Line name={t('hash')} value={entry.hash} />
          </dl>
          <div className="flex flex-wrap gap-2">
            {actor.id ? (
              <Button variant="secondary" size="small" onPress={() => onFilter({ actor: actor.id ?? '' })}>
                {t('doneBy', { name: actor.name ?? t('gonePerson') })}
              </Button>
            ) : null}
            {subject ? (
              <Button variant="secondary" size="small" onPress={() => onFilter({ subject: subject.id })}>
                {t('concerning', { name: subject.name ?? t('oneThing') })}
              </Button>
            ) : null}
          </div>
        </div>
      </details>
    </div>
  )
}

function Line({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="mb-1 font-mono text-xs leading-6 break-all sm:mb-0">{value}</dd>
    </>
  )
}

/** From where it was done: device, place and network address. */
export function EntryOrigin({ entry: { origin } }: { entry: Entry }) {
  if (!origin) return <span className="text-muted">–</span>
  return (
    <span className="text-sm max-md:text-end">
      {origin.device}
      <span className="block text-muted">{[origin.place, origin.ip].filter(Boolean).join(' · ')}</span>
    </span>
  )
}
