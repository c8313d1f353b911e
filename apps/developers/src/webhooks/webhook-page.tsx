import { Badge } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import { Card } from '@azora/ui/card.tsx'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'
import { SecretOnce } from '../secrets/secret-once.tsx'
import { ListState } from '../shell/list-state.tsx'
import { ForManagers } from '../shell/not-allowed.tsx'
import { useList } from '../shell/use-list.ts'
import { useTitle } from '../shell/use-title.ts'
import { DeliveryLog } from './delivery-log.tsx'
import { type Webhook, WebhookState } from './states.tsx'
import { TestWebhook } from './test-webhook.tsx'
import { WebhookActions } from './webhook-actions.tsx'
import { WebhookForm } from './webhook-form.tsx'

/** One webhook: what it is told, what can be done with it, and the log of its deliveries. */
export function WebhookPage() {
  const t = useTranslations('webhooks')
  const { webhookId } = useParams()
  useTitle(t('one'))
  const list = useList(signal => call('integrations.listWebhooks', {}, { signal }))
  const webhook = list.items.find(({ id }) => id === webhookId)
  return (
    <ForManagers title={t('title')} about={t('description')}>
      <p className="pt-6">
        <Link
          to="/webhooks"
          className="inline-flex min-h-9 items-center gap-1.5 text-sm font-medium text-muted underline-offset-4 hover:text-ink hover:underline"
        >
          <Icon name="back" />
          {t('back')}
        </Link>
      </p>
      {webhook ? (
        <Shown webhook={webhook} reload={list.reload} />
      ) : (
        <ListState
          list={{ ...list, items: list.loading ? [] : list.items.filter(({ id }) => id === webhookId) }}
          empty={<EmptyState level={1} icon="search" title={t('gone')} />}
        >
          {() => null}
        </ListState>
      )}
    </ForManagers>
  )
}

function Shown({ webhook, reload }: { webhook: Webhook; reload: () => void }) {
  const t = useTranslations('webhooks')
  const say = useToast()
  const [editing, setEditing] = useState(false)
  const [secret, setSecret] = useState<string | null>(null)
  // Counts what puts something into the log, so that it is read again.
  const [sent, setSent] = useState(0)
  const again = () => {
    setSent(count => count + 1)
    reload()
  }
  return (
    <>
      <PageHeader
        title={<span className="font-mono text-[0.8em] [overflow-wrap:anywhere]">{webhook.url}</span>}
        above={
          <p>
            <WebhookState status={webhook.status} />
          </p>
        }
        description={webhook.description || undefined}
      />
      {webhook.status === 'failing' || webhook.status === 'disabled' ? (
        <div className="mb-6">
          <Notice tone={webhook.status === 'failing' ? 'warning' : 'error'}>
            {t(`${webhook.status}Text`)}
          </Notice>
        </div>
      ) : null}
      {secret ? (
        <SecretOnce
          title={t('rotated')}
          secrets={[{ label: t('secret'), value: secret }]}
          onDone={() => setSecret(null)}
        />
      ) : null}
      <WebhookActions
        webhook={webhook}
        onEdit={() => setEditing(!editing)}
        onSecret={setSecret}
        onChanged={reload}
      />
      {editing ? (
        <Card as="section" className="mt-6 max-w-3xl">
          <h2 className="mb-5 text-lg font-bold">{t('editTitle')}</h2>
          <WebhookForm
            webhook={webhook}
            submitLabel={t('save')}
            onSubmit={async wanted => {
              await call('integrations.saveWebhook', { webhookId: webhook.id, ...wanted })
              setEditing(false)
              say(t('saved'))
              reload()
            }}
          />
          <p className="mt-3">
            <Button variant="quiet" onPress={() => setEditing(false)}>
              {t('cancel')}
            </Button>
          </p>
        </Card>
      ) : (
        <p className="mt-6 flex flex-wrap gap-2">
          {webhook.events.map(event => (
            <Badge key={event}>
              <code className="font-mono text-[0.8rem]">{event}</code>
            </Badge>
          ))}
        </p>
      )}
      <TestWebhook webhookId={webhook.id} onSent={again} />
      <DeliveryLog webhookId={webhook.id} sent={sent} />
    </>
  )
}
