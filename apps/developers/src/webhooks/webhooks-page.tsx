import { Card } from '@azora/ui/card.tsx'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { Moment } from '@azora/web/moment.tsx'
import { useState } from 'react'
import { Link } from 'react-router'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'
import { SecretsPage } from '../secrets/secrets-page.tsx'
import { ForManagers } from '../shell/not-allowed.tsx'
import { useList } from '../shell/use-list.ts'
import { useTitle } from '../shell/use-title.ts'
import { type Webhook, WebhookState } from './states.tsx'
import { WebhookForm } from './webhook-form.tsx'

/** The webhooks of the school. */
export function WebhooksPage() {
  const t = useTranslations('webhooks')
  useTitle(t('title'))
  return (
    <ForManagers title={t('title')} about={t('description')}>
      <Webhooks />
    </ForManagers>
  )
}

function Webhooks() {
  const t = useTranslations('webhooks')
  const list = useList(signal => call('integrations.listWebhooks', {}, { signal }))
  const [made, setMade] = useState<OutputOf<'integrations.createWebhook'> | null>(null)
  return (
    <SecretsPage
      of="webhooks"
      icon="link"
      list={list}
      form={done => (
        <WebhookForm
          submitLabel={t('create')}
          onSubmit={async wanted => {
            setMade(await call('integrations.createWebhook', wanted))
            done()
          }}
        />
      )}
      shown={
        made && {
          title: t('made'),
          secrets: [{ label: t('secret'), value: made.secret }],
          use: (
            <p>
              <Link to="/guides/webhooks" className="text-accent-ink underline underline-offset-3">
                {t('howToVerify')}
              </Link>
            </p>
          ),
        }
      }
      onKept={() => setMade(null)}
    >
      {items => (
        <ul className="flex flex-col gap-4">
          {items.map(webhook => (
            <Entry key={webhook.id} webhook={webhook} />
          ))}
        </ul>
      )}
    </SecretsPage>
  )
}

function Entry({ webhook }: { webhook: Webhook }) {
  const t = useTranslations('webhooks')
  return (
    <li>
      <Card className="flex flex-col gap-3">
        <p className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
          <Link
            to={`/webhooks/${webhook.id}`}
            className="min-w-0 flex-1 basis-60 font-mono text-sm font-semibold text-accent-ink underline-offset-4 [overflow-wrap:anywhere] hover:underline"
          >
            {webhook.url}
          </Link>
          <WebhookState status={webhook.status} />
        </p>
        {webhook.description ? <p>{webhook.description}</p> : null}
        <p className="text-sm text-muted">
          {t('eventCount', { count: webhook.events.length })} ·{' '}
          {webhook.lastDeliveryAt ? (
            <>
              {t('lastDelivery')} <Moment time={webhook.lastDeliveryAt} />
            </>
          ) : (
            t('noDelivery')
          )}
        </p>
      </Card>
    </li>
  )
}
