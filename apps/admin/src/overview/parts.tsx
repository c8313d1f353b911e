import { Badge } from '@azora/ui/badge.tsx'
import { Card } from '@azora/ui/card.tsx'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { sizeText } from '@azora/web/size.ts'
import { useTranslations } from '../messages.ts'
import { services } from '../services.ts'
import { Programs } from './programs.tsx'
import type { ServiceStatus, SystemState } from './system-state.ts'

/** Every part of the system: whether it answers, and what a service tells of its queues. */
export function Parts({ state }: { state: SystemState }) {
  const t = useTranslations('overview')
  const names = [
    ...new Set([...Object.keys(state.parts), ...state.statuses.map(status => status.service)]),
  ].sort()
  return (
    <section aria-label={t('parts')} className="flex flex-col gap-4">
      <h2 className="text-lg font-bold">{t('parts')}</h2>
      <div className="grid gap-4 md:grid-cols-2">
        {names.map(name => (
          <Part
            key={name}
            name={name}
            up={state.parts[name] ?? true}
            status={state.statuses.find(status => status.service === name)}
            programs={name === 'assessment' ? state.programs : null}
          />
        ))}
      </div>
    </section>
  )
}

type PartProps = {
  name: string
  up: boolean
  status: ServiceStatus | undefined
  programs: SystemState['programs']
}

function Part({ name, up, status, programs }: PartProps) {
  const t = useTranslations('overview')
  const tells = services.some(service => service === name)
  return (
    <Card className="flex flex-col gap-4">
      <div className="flex items-center justify-between gap-3">
        <h3 className="font-semibold">{name}</h3>
        <Badge tone={up ? 'good' : 'bad'}>{up ? t('up') : t('down_')}</Badge>
      </div>
      {status ? (
        <>
          <dl className="grid grid-cols-3 gap-3 text-center">
            <Queue name={t('outbox')} queue={status.outbox} />
            <Queue name={t('inbox')} queue={status.inbox} />
            <Queue name={t('jobs')} queue={status.jobs} />
          </dl>
          <p className="text-sm text-muted">
            <Facts status={status} />
          </p>
          {programs ? <Programs programs={programs} /> : null}
        </>
      ) : (
        <p className="text-sm text-muted">{tells || !up ? t('noAnswer') : t('noQueues')}</p>
      )}
    </Card>
  )
}

function Queue({ name, queue }: { name: string; queue: ServiceStatus['jobs'] }) {
  const t = useTranslations('overview')
  return (
    <div className="flex flex-col rounded-control bg-sunken/60 px-2 py-2.5">
      <dt className="text-sm text-muted">{name}</dt>
      <dd className="text-lg font-bold tabular-nums">{t('number', { n: queue.waiting })}</dd>
      <dd className={`text-sm ${queue.failed > 0 ? 'font-semibold text-bad' : 'text-muted'}`}>
        {queue.failed > 0 ? t('failed', { n: queue.failed }) : t('queueWaiting')}
      </dd>
    </div>
  )
}

function Facts({ status }: { status: ServiceStatus }) {
  const t = useTranslations('overview')
  const locale = useLocale()
  const oldest = Math.max(status.outbox.oldestSeconds, status.inbox.oldestSeconds, status.jobs.oldestSeconds)
  return [
    t('upFor', { time: durationText(status.upSeconds, locale) }),
    ...(status.memoryBytes === null ? [] : [t('memory', { size: sizeText(locale, status.memoryBytes) })]),
    t('connections', { n: status.database.connections }),
    ...(oldest >= 60 ? [t('oldest', { time: durationText(oldest, locale) })] : []),
  ].join(' · ')
}

/** A duration in its largest unit: `3 hours`. */
function durationText(seconds: number, locale: string): string {
  const [value, unit] =
    seconds >= 172_800
      ? [seconds / 86_400, 'day']
      : seconds >= 7200
        ? [seconds / 3600, 'hour']
        : [seconds / 60, 'minute']
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(Math.floor(value))
}
