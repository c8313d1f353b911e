import { Button } from '@azora/ui/button.tsx'
import { DataTable } from '@azora/ui/data-table.tsx'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { usePage } from '@azora/web/calls/use-page.ts'
import { Moment } from '@azora/web/moment.tsx'
import { PageButtons } from '@azora/web/shell/page-buttons.tsx'
import { useState } from 'react'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'
import { ListState } from '../shell/list-state.tsx'
import { DeliveryDialog } from './delivery-dialog.tsx'
import { ReplayFailed } from './replay-failed.tsx'
import { type Delivery, DeliveryState } from './states.tsx'

const statuses = ['waiting', 'delivered', 'failed'] as const

/** The deliveries of a webhook, newest first; one of them opens. */
export function DeliveryLog({ webhookId, sent }: { webhookId: string; sent: number }) {
  const t = useTranslations('deliveries')
  const [filter, setFilter] = useState('')
  const [open, setOpen] = useState<string | null>(null)
  const status = statuses.find(one => one === filter)
  const list = usePage(`${webhookId} ${filter} ${sent}`, (cursor, signal) =>
    call(
      'integrations.listDeliveries',
      { webhookId, limit: 20, ...(status ? { status } : {}), ...(cursor ? { cursor } : {}) },
      { signal },
    ),
  )
  return (
    <section className="mt-10">
      <div className="mb-4 flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
        <h2 className="text-lg font-bold">{t('title')}</h2>
        <div className="flex flex-wrap items-end gap-3">
          <NativeSelect
            label={t('show')}
            value={filter}
            onChange={event => setFilter(event.target.value)}
            options={[{ id: '', label: t('all') }, ...statuses.map(id => ({ id, label: t(`status_${id}`) }))]}
          />
          <Button variant="secondary" onPress={list.reload} aria-label={t('reload')}>
            <Icon name="refresh" />
          </Button>
          <ReplayFailed webhookId={webhookId} onReplayed={list.reload} />
        </div>
      </div>
      <ListState
        list={list}
        empty={
          <EmptyState icon="mail" title={t('empty')}>
            {t('emptyText')}
          </EmptyState>
        }
      >
        {items => (
          <DataTable
            caption={t('title')}
            rows={items}
            rowKey={({ id }) => id}
            isBusy={list.loading}
            columns={[
              {
                id: 'event',
                header: t('event'),
                rowHeader: true,
                cell: delivery => (
                  <button
                    type="button"
                    onClick={() => setOpen(delivery.id)}
                    className="min-h-9 text-start font-mono text-sm font-semibold text-accent-ink underline-offset-4 hover:underline"
                  >
                    {delivery.event}
                  </button>
                ),
              },
              {
                id: 'at',
                header: t('at'),
                cell: ({ createdAt }) => <Moment time={createdAt} precision="second" />,
              },
              {
                id: 'state',
                header: t('state'),
                cell: ({ status: state }) => <DeliveryState status={state} />,
              },
              { id: 'answer', header: t('answer'), cell: delivery => <Outcome of={delivery} /> },
              { id: 'attempts', header: t('attempts'), align: 'end', cell: ({ attempts }) => attempts },
            ]}
          />
        )}
      </ListState>
      <PageButtons next={list.next} previous={list.previous} />
      {open ? (
        <DeliveryDialog deliveryId={open} onClose={() => setOpen(null)} onReplayed={list.reload} />
      ) : null}
    </section>
  )
}

function Outcome({ of: delivery }: { of: Delivery }) {
  const t = useTranslations('deliveries')
  const { responseStatus, error, durationMs, nextAttemptAt, status } = delivery
  return (
    <span className="flex flex-col text-sm max-md:items-end max-md:text-end">
      <span>
        {responseStatus ?? error ?? t('none')}
        {durationMs === null ? null : <span className="text-muted"> · {t('ms', { ms: durationMs })}</span>}
      </span>
      {status === 'waiting' && nextAttemptAt ? (
        <span className="text-muted">
          {t('next')} <Moment time={nextAttemptAt} />
        </span>
      ) : null}
    </span>
  )
}
