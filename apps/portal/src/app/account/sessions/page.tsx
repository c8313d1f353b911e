import { Badge } from '@azora/ui/badge.tsx'
import { Card } from '@azora/ui/card.tsx'
import { Moment } from '@azora/web/moment.tsx'
import type { Metadata } from 'next'
import { AccountPage } from '../../../account/account-page.tsx'
import { ClientMessages } from '../../../i18n/client-messages.tsx'
import { getTranslations } from '../../../i18n/server.ts'
import { api, need } from '../../../lib/api.server.ts'
import { EndSession } from '../../../sessions/end-session.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('sessions')
  return { title: t('title') }
}

export default async function SessionsPage() {
  const t = await getTranslations('sessions')
  return (
    <AccountPage part="sessions" title={t('title')} description={t('description')}>
      {sessions}
    </AccountPage>
  )
}

async function sessions() {
  const t = await getTranslations('sessions')
  const { items } = await need((await api()).auth.listSessions(), '/account/sessions')
  return (
    <ClientMessages of={['sessions']}>
      <Card padded={false}>
        <ul className="divide-y divide-line">
          {items.map(({ id, device, place, ip, createdAt, lastSeenAt, current, impersonatedBy }) => (
            <li key={id} className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 p-5 sm:px-6">
              <div className="min-w-0 flex-1 basis-64">
                <p className="flex flex-wrap items-center gap-2 font-semibold">
                  <span className="min-w-0 break-words">{device}</span>
                  {current ? <Badge tone="good">{t('current')}</Badge> : null}
                  {impersonatedBy ? <Badge tone="amber">{t('admin', { name: impersonatedBy })}</Badge> : null}
                </p>
                <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5 text-sm text-muted">
                  <dt>{t('lastSeen')}</dt>
                  <dd>
                    <Moment time={lastSeenAt} />
                  </dd>
                  <dt>{t('began')}</dt>
                  <dd>
                    <Moment time={createdAt} />
                  </dd>
                  {ip ? (
                    <>
                      <dt>{t('address')}</dt>
                      <dd className="break-all">
                        {ip} · {place ?? t('unknownPlace')}
                      </dd>
                    </>
                  ) : null}
                </dl>
              </div>
              {current ? null : <EndSession session={{ id, device }} />}
            </li>
          ))}
        </ul>
      </Card>
      {items.length > 1 ? <EndSession /> : <p className="text-muted">{t('only')}</p>}
    </ClientMessages>
  )
}
