import { Button } from '@azora/ui/button.tsx'
import { Card } from '@azora/ui/card.tsx'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { Moment } from '@azora/web/moment.tsx'
import { useState } from 'react'
import { Link } from 'react-router'
import { call } from '../api.ts'
import { SecretOnce } from '../keys/secret-once.tsx'
import { useTranslations } from '../messages.ts'
import { ListState } from '../shell/list-state.tsx'
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
  const [making, setMaking] = useState(false)
  const [made, setMade] = useState<OutputOf<'integrations.createWebhook'> | null>(null)
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={
          making ? null : (
            <Button onPress={() => setMaking(true)}>
              <Icon name="plus" />
              {t('new')}
            </Button>
          )
        }
      />
      {made ? (
        <SecretOnce
          title={t('made')}
          secrets={[{ label: t('secret'), value: made.secret }]}
          onDone={() => setMade(null)}
        >
          <p>
            <Link to="/guides/webhooks" className="text-accent-ink underline underline-offset-3">
              {t('howToVerify')}
            </Link>
          </p>
        </SecretOnce>
      ) : null}
      {making ? (
        <Card as="section" className="mb-8 max-w-3xl">
          <h2 className="mb-5 text-lg font-bold">{t('newTitle')}</h2>
          <WebhookForm
            submitLabel={t('create')}
            onSubmit={async wanted => {
              setMade(await call('integrations.createWebhook', wanted))
              setMaking(false)
              list.reload()
            }}
          />
          <p className="mt-3">
            <Button variant="quiet" onPress={() => setMaking(false)}>
              {t('cancel')}
            </Button>
          </p>
        </Card>
      ) : null}
      <ListState
        list={list}
        empty={
          <EmptyState icon="link" title={t('empty')}>
            {t('emptyText')}
          </EmptyState>
        }
      >
        {items => (
          <ul className="flex flex-col gap-4">
            {items.map(webhook => (
              <Entry key={webhook.id} webhook={webhook} />
            ))}
          </ul>
        )}
      </ListState>
    </>
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
