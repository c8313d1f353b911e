import type { ServiceName as Service } from '@azora/contracts/service-names.ts'
import { Badge } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { usePage } from '@azora/web/calls/use-page.ts'
import { useState } from 'react'
import { call } from '../api.ts'
import { List } from '../lists/list.tsx'
import { useTranslations } from '../messages.ts'
import { services } from '../services.ts'
import { useEventColumns } from './event-columns.tsx'
import { eventOrder, keyOf, type ServiceEvent } from './event-list.ts'
import { pageOfAll, pageSize } from './page-of-all.ts'
import { Silent } from './silent.tsx'
import { useRenewal } from './use-renewal.ts'

type EventFeedProps = {
  /** Only of this service. */
  service: Service | undefined
  status: ServiceEvent['status'] | undefined
  q: string | undefined
  mayRetry: boolean
}

/** The events of one service or of all, page by page; the page that is shown renews itself. */
export function EventFeed({ service, status, q, mayRetry }: EventFeedProps) {
  const t = useTranslations('events')
  const [paused, setPaused] = useState(false)
  const [lost, setLost] = useState(false)
  const [silent, setSilent] = useState<Service[]>([])
  const list = usePage<ServiceEvent>(JSON.stringify([service, status, q]), async (cursor, signal) => {
    const page = await pageOfAll(service ? [service] : services, cursor, eventOrder, (one, cursor) =>
      call(`${one}.listEvents`, { status, q, cursor, limit: pageSize }, { signal }),
    )
    setSilent(page.silent)
    return page
  })
  const columns = useEventColumns(mayRetry, event => list.replace(one => keyOf(one) === keyOf(event), event))
  useRenewal(paused, list.renew, setLost)
  return (
    <div className="flex flex-col gap-5">
      <div className="flex items-center justify-end gap-3">
        <span role="status">
          <Badge tone={lost ? 'bad' : paused ? 'neutral' : 'good'}>
            {lost ? t('lost') : paused ? t('paused') : t('live')}
          </Badge>
        </span>
        <Button variant="secondary" size="small" onPress={() => setPaused(!paused)}>
          {paused ? t('resume') : t('pause')}
        </Button>
      </div>
      <Silent services={silent} />
      <List
        list={list}
        caption={service ? t('eventsOf', { service }) : t('events')}
        rowKey={keyOf}
        columns={columns}
        empty={<NoEvents status={status} searched={q !== undefined} />}
      />
    </div>
  )
}

/** Shown when there are no events; that none has failed is good news. */
function NoEvents({ status, searched }: { status: ServiceEvent['status'] | undefined; searched: boolean }) {
  const t = useTranslations('events')
  if (searched) {
    return (
      <EmptyState icon="search" title={t('noMatch')}>
        {t('noMatchText')}
      </EmptyState>
    )
  }
  if (status) return <EmptyState icon="check" title={t(`none_${status}`)} />
  return (
    <EmptyState icon="pulse" title={t('none')}>
      {t('noneText')}
    </EmptyState>
  )
}
