import { PageHeader } from '@azora/ui/page-header.tsx'
import { useTranslations } from '../messages.ts'
import { EventFeed } from './event-feed.tsx'

/** What the services tell each other. */
export function EventsPage() {
  const t = useTranslations('admin')
  return (
    <>
      <PageHeader title={t('events')} description={t('eventsText')} />
      <EventFeed />
    </>
  )
}
