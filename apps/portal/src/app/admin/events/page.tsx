import type { Metadata } from 'next'
import { AdminPage, administrator } from '../../../admin/admin-page.tsx'
import { EventFeed } from '../../../admin/event-feed.tsx'
import { mergedEvents, services } from '../../../admin/event-list.ts'
import { ClientMessages } from '../../../i18n/client-messages.tsx'
import { getTranslations } from '../../../i18n/server.ts'
import { api, need } from '../../../lib/api.server.ts'
import { NotForRole } from '../../../teach/not-for-role.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('admin'))('events') }
}

export default async function EventsPage() {
  const path = '/admin/events'
  if (!(await administrator(path))) return <NotForRole part="admin" />
  const client = await api()
  const [t, lists] = await Promise.all([
    getTranslations('admin'),
    Promise.all(
      services.map(async service => {
        const { items } = await need(client[service].listEvents({ limit: 50 }), path)
        return items.map(event => ({ ...event, service }))
      }),
    ),
  ])
  return (
    <AdminPage section="events">
      <p className="mb-5 max-w-2xl text-muted">{t('eventsText')}</p>
      <ClientMessages of={['admin']}>
        <EventFeed initial={mergedEvents([], lists.flat())} />
      </ClientMessages>
    </AdminPage>
  )
}
