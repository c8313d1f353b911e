import { EmptyState } from '@azora/ui/empty-state.tsx'
import { usePage } from '@azora/web/calls/use-page.ts'
import { call } from '../api.ts'
import { List } from '../lists/list.tsx'
import { useTranslations } from '../messages.ts'
import { useEventColumns } from './event-columns.tsx'
import { keyOf, type Service, type ServiceEvent } from './event-list.ts'

type ServiceEventsProps = {
  service: Service
  status: ServiceEvent['status'] | undefined
  mayRetry: boolean
}

/** The events of one service, back to its first. */
export function ServiceEvents({ service, status, mayRetry }: ServiceEventsProps) {
  const t = useTranslations('events')
  const list = usePage<ServiceEvent>(`${service} ${status}`, async (cursor, signal) => {
    const page = await call(`${service}.listEvents`, { status, cursor, limit: 50 }, { signal })
    return { ...page, items: page.items.map(event => ({ ...event, service })) }
  })
  const columns = useEventColumns(mayRetry, event => list.replace(one => keyOf(one) === keyOf(event), event))
  return (
    <List
      list={list}
      caption={t('eventsOf', { service })}
      rowKey={keyOf}
      columns={columns}
      empty={<NoEvents status={status} />}
    />
  )
}

/** Stands where no event is; that none has failed is good news. */
export function NoEvents({ status }: { status: ServiceEvent['status'] | undefined }) {
  const t = useTranslations('events')
  if (status) return <EmptyState icon="check" title={t(`none_${status}`)} />
  return (
    <EmptyState icon="pulse" title={t('none')}>
      {t('noneText')}
    </EmptyState>
  )
}
