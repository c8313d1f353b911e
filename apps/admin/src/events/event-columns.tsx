import { Badge, type Tone } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import type { DataColumn } from '@azora/ui/data-table.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { useAction } from '@azora/web/calls/use-action.ts'
import { Moment } from '@azora/web/moment.tsx'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'
import type { ServiceEvent } from './event-list.ts'

export const statuses = ['waiting', 'done', 'failed'] as const

const tones: Record<ServiceEvent['status'], Tone> = { waiting: 'amber', done: 'good', failed: 'bad' }

/** The columns of a list of events; a failed one can be tried again by those who may. */
export function useEventColumns(
  mayRetry: boolean,
  onChanged: (event: ServiceEvent) => void,
): DataColumn<ServiceEvent>[] {
  const t = useTranslations('events')
  const say = useToast()
  const { run, pending } = useAction({ onFault: message => say(message, 'error') })
  const retry = (event: ServiceEvent) =>
    run(async () => {
      await call(`${event.service}.retryEvent`, { eventId: event.id })
      onChanged({ ...event, status: 'waiting', attempts: 0 })
      say(t('retried'))
    })
  return [
    {
      id: 'event',
      header: t('event'),
      rowHeader: true,
      cell: event => (
        <>
          <code className="font-mono text-sm">{event.name}</code>
          <code title={t('correlation')} className="block font-mono text-xs font-normal break-all text-muted">
            {event.correlationId}
          </code>
          {event.error ? (
            <span className="mt-1 block max-w-md text-sm font-normal break-words text-bad">
              {event.error}
            </span>
          ) : null}
        </>
      ),
    },
    {
      id: 'service',
      header: t('service'),
      cell: event => (
        <span className="whitespace-nowrap">
          {event.service}
          <span className="block text-sm text-muted">{t(`direction_${event.direction}`)}</span>
        </span>
      ),
    },
    {
      id: 'status',
      header: t('status'),
      cell: event => <Badge tone={tones[event.status]}>{t(`status_${event.status}`)}</Badge>,
    },
    { id: 'attempts', header: t('attempts'), align: 'end', cell: event => event.attempts },
    { id: 'at', header: t('at'), cell: event => <Moment time={event.at} precision="second" /> },
    {
      id: 'retry',
      header: t('retry'),
      headerHidden: true,
      align: 'end',
      cell: event =>
        mayRetry && event.status === 'failed' && event.direction === 'received' ? (
          <Button
            variant="secondary"
            size="small"
            isDisabled={pending}
            aria-label={t('retryOf', { name: event.name })}
            onPress={() => retry(event)}
          >
            {t('retry')}
          </Button>
        ) : null,
    },
  ]
}
