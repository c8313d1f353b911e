import { may } from '@azora/contracts/permissions.ts'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { Tabs } from '@azora/ui/tabs.tsx'
import { useAccount } from '@azora/web/session/signed-in.tsx'
import { SearchField } from '../lists/search-field.tsx'
import { useFilters } from '../lists/use-filters.ts'
import { useTranslations } from '../messages.ts'
import { services } from '../services.ts'
import { statuses } from './event-columns.tsx'
import { EventFeed } from './event-feed.tsx'
import { FailedJobs } from './failed-jobs.tsx'

/** What the services tell each other, and the work that was given up. */
export function EventsPage() {
  const t = useTranslations('events')
  const mayRetry = may(useAccount(), 'operations.manage')
  const { values, set } = useFilters(['tab', 'service', 'status', 'q'])
  const service = services.find(one => one === values.service)
  const status = statuses.find(one => one === values.status)
  const events = (
    <div className="flex flex-col gap-5">
      <search className="grid items-end gap-4 sm:grid-cols-[2fr_1fr_1fr]">
        <SearchField label={t('search')} value={values.q ?? ''} onSearch={q => set({ q })} />
        <NativeSelect
          label={t('service')}
          value={service ?? ''}
          onChange={event => set({ service: event.target.value })}
          options={[{ id: '', label: t('anyService') }, ...services.map(name => ({ id: name, label: name }))]}
        />
        <NativeSelect
          label={t('status')}
          value={status ?? ''}
          onChange={event => set({ status: event.target.value })}
          options={[
            { id: '', label: t('anyStatus') },
            ...statuses.map(name => ({ id: name, label: t(`status_${name}`) })),
          ]}
        />
      </search>
      <EventFeed service={service} status={status} q={values.q} mayRetry={mayRetry} />
    </div>
  )
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} />
      <Tabs
        label={t('title')}
        selected={values.tab === 'jobs' ? 'jobs' : 'events'}
        onSelect={tab => set({ tab: tab === 'jobs' ? 'jobs' : '' })}
        tabs={[
          { id: 'events', label: t('events'), content: events },
          { id: 'jobs', label: t('jobs'), content: <FailedJobs mayRetry={mayRetry} /> },
        ]}
      />
    </>
  )
}
