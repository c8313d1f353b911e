import { Badge } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import { DataTable } from '@azora/ui/data-table.tsx'
import { ApiError, ConnectionLost } from '@azora/web/calls/failures.ts'
import { useEffect, useState } from 'react'
import { call } from '../api.ts'
import { Loading } from '../lists/list.tsx'
import { SearchField } from '../lists/search-field.tsx'
import { useTranslations } from '../messages.ts'
import { askAll } from './ask-all.ts'
import { useEventColumns } from './event-columns.tsx'
import { keyOf, mergedEvents, type Service, type ServiceEvent } from './event-list.ts'
import { NoEvents } from './service-events.tsx'
import { Silent } from './silent.tsx'

const renewEveryMs = 3000

type EventFeedProps = { status: ServiceEvent['status'] | undefined; mayRetry: boolean }

/** The events of all services as they arrive. */
export function EventFeed({ status, mayRetry }: EventFeedProps) {
  const t = useTranslations('events')
  const common = useTranslations('common')
  const [events, setEvents] = useState<ServiceEvent[] | null>(null)
  const [paused, setPaused] = useState(false)
  const [lost, setLost] = useState(false)
  const [silent, setSilent] = useState<Service[]>([])
  const [search, setSearch] = useState('')
  const columns = useEventColumns(mayRetry, event => setEvents(known => mergedEvents(known ?? [], [event])))
  useEffect(() => {
    if (paused) return
    let left = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const renew = async () => {
      try {
        // A page that nobody looks at asks for nothing.
        if (document.visibilityState === 'visible') {
          const { items, silent } = await askAll(async service => {
            const page = await call(`${service}.listEvents`, { limit: 50, status })
            return page.items.map(event => ({ ...event, service }))
          })
          if (left) return
          // Of one state alone, what is not among them any more has moved on.
          setEvents(known => mergedEvents(status ? [] : (known ?? []), items))
          setSilent(silent)
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
  }, [paused, status])
  const wanted = search.toLowerCase()
  const shown = events?.filter(
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
          <SearchField label={t('search')} value={search} onSearch={setSearch} />
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
      <Silent services={silent} />
      {!shown ? (
        <Loading label={common('loading')} />
      ) : shown.length > 0 ? (
        <DataTable caption={t('events')} rows={shown} rowKey={keyOf} columns={columns} />
      ) : (
        <NoEvents status={status} />
      )}
    </div>
  )
}
