import { Badge, type Tone } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import { Table } from '@azora/ui/table.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { ApiError, ConnectionLost } from '@azora/web/calls/failures.ts'
import { Moment } from '@azora/web/moment.tsx'
import { useEffect, useState } from 'react'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'
import { keyOf, mergedEvents, type ServiceEvent, services } from './event-list.ts'

const renewEveryMs = 3000
const tones: Record<ServiceEvent['status'], Tone> = { waiting: 'amber', done: 'good', failed: 'bad' }

/** The events of all services as they arrive. */
export function EventFeed() {
  const t = useTranslations('admin')
  const [events, setEvents] = useState<ServiceEvent[]>([])
  const [paused, setPaused] = useState(false)
  const [lost, setLost] = useState(false)
  const [search, setSearch] = useState('')
  useEffect(() => {
    if (paused) return
    let left = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const renew = async () => {
      try {
        // A page that nobody looks at asks for nothing.
        if (document.visibilityState === 'visible') {
          const lists = await Promise.all(
            services.map(async service => {
              const { items } = await call(`${service}.listEvents`, { limit: 50 })
              return items.map(event => ({ ...event, service }))
            }),
          )
          if (left) return
          setEvents(known => mergedEvents(known, lists.flat()))
          setLost(false)
        }
      } catch (failure) {
        if (!(failure instanceof ConnectionLost || failure instanceof ApiError)) throw failure
        setLost(true)
      }
      if (!left) timer = setTimeout(renew, renewEveryMs)
    }
    void renew()
    return () => {
      left = true
      clearTimeout(timer)
    }
  }, [paused])
  const wanted = search.trim().toLowerCase()
  const shown = events.filter(
    event =>
      !wanted ||
      `${event.name} ${event.service} ${event.correlationId} ${event.error ?? ''}`
        .toLowerCase()
        .includes(wanted),
  )
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div className="w-full max-w-sm">
          <TextField label={t('filterEvents')} type="search" value={search} onChange={setSearch} />
        </div>
        <div className="flex items-center gap-3">
          <span role="status">
            <Badge tone={lost ? 'bad' : paused ? 'neutral' : 'good'}>
              {lost ? t('lost') : paused ? t('paused') : t('live')}
            </Badge>
          </span>
          <Button variant="secondary" onPress={() => setPaused(!paused)}>
            {paused ? t('resume') : t('pause')}
          </Button>
        </div>
      </div>
      <Table
        caption={t('events')}
        captionHidden
        rows={shown}
        rowKey={keyOf}
        empty={
          <p className="rounded-card border border-dashed border-edge/50 p-8 text-center">{t('noEvents')}</p>
        }
        columns={[
          {
            id: 'event',
            header: t('event'),
            rowHeader: true,
            cell: event => <code className="font-mono text-sm">{event.name}</code>,
          },
          { id: 'service', header: t('service'), cell: event => event.service },
          { id: 'direction', header: t('direction'), cell: event => t(`direction_${event.direction}`) },
          {
            id: 'status',
            header: t('status'),
            cell: event => (
              <>
                <Badge tone={tones[event.status]}>{t(`state_${event.status}`)}</Badge>
                {event.error ? (
                  <span className="mt-1 block max-w-xs text-sm text-bad">{event.error}</span>
                ) : null}
              </>
            ),
          },
          { id: 'attempts', header: t('attempts'), align: 'end', cell: event => event.attempts },
          { id: 'at', header: t('at'), cell: event => <Moment time={event.at} withSeconds /> },
          {
            id: 'correlation',
            header: t('correlation'),
            cell: event => <code className="font-mono text-xs text-muted">{event.correlationId}</code>,
          },
        ]}
      />
    </div>
  )
}
