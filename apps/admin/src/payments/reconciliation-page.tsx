import { may } from '@azora/contracts/permissions.ts'
import { Badge } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import { Card } from '@azora/ui/card.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { useAction } from '@azora/web/calls/use-action.ts'
import { usePage } from '@azora/web/calls/use-page.ts'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { Moment } from '@azora/web/moment.tsx'
import { useAccount } from '@azora/web/session/signed-in.tsx'
import { useEffect } from 'react'
import { call } from '../api.ts'
import { EmptyList } from '../lists/empty-list.tsx'
import { List } from '../lists/list.tsx'
import { useTranslations } from '../messages.ts'
import { Differences } from './differences.tsx'
import { PaymentsNav } from './payments-nav.tsx'

type Reconciliation = OutputOf<'payments.listReconciliations'>['items'][number]

const tones = { running: 'info', done: 'good', failed: 'bad' } as const

/** How soon it is looked again whether a comparison has ended. */
const againMs = 2000

/** Whether the processor, what is written down and the ledger agree; what differs, for a person. */
export function ReconciliationPage() {
  const t = useTranslations('reconciliation')
  const locale = useLocale()
  const mayStart = may(useAccount(), 'office:finance')
  const { run, pending, fault } = useAction()
  const list = usePage('reconciliations', (cursor, signal) =>
    call('payments.listReconciliations', { limit: 10, cursor }, { signal }),
  )
  const running = list.items.some(({ status }) => status === 'running')
  const ended = list.items.find(({ status }) => status !== 'running')
  const { reload } = list
  useEffect(() => {
    if (!running || list.loading) return
    const timer = setTimeout(reload, againMs)
    return () => clearTimeout(timer)
  }, [running, list.loading, reload])
  const start = () =>
    run(async () => {
      await call('payments.startReconciliation', {})
      reload()
    })
  const count = new Intl.NumberFormat(locale)
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        actions={
          mayStart ? (
            <Button onPress={start} isPending={pending || running}>
              {t('start')}
            </Button>
          ) : null
        }
      />
      <PaymentsNav />
      {fault ? (
        <p role="alert" className="mb-4 text-bad-ink">
          {fault}
        </p>
      ) : null}
      <div className="flex flex-col gap-8">
        <Card as="section" className="flex flex-col gap-4">
          <h2 className="text-xl font-bold">{t('differences')}</h2>
          <Differences about={ended?.id ?? ''} mayTell={mayStart} />
        </Card>
        <section className="flex flex-col gap-4">
          <h2 className="text-xl font-bold">{t('runs')}</h2>
          <List
            list={list}
            caption={t('runs')}
            rowKey={one => one.id}
            columns={[
              {
                id: 'started',
                header: t('started'),
                rowHeader: true,
                cell: one => <Moment time={one.startedAt} />,
              },
              { id: 'status', header: t('status'), cell: one => <Status run={one} /> },
              { id: 'since', header: t('since'), cell: one => day.format(new Date(one.from)) },
              ...(['charges', 'refunds', 'disputes', 'repaired'] as const).map(name => ({
                id: name,
                header: t(name),
                align: 'end' as const,
                cell: (one: Reconciliation) => (one.status === 'done' ? count.format(one[name]) : '–'),
              })),
            ]}
            empty={
              <EmptyList filtered={false} clear={() => {}} icon="pulse" title={t('none')}>
                {t('noneText')}
              </EmptyList>
            }
          />
        </section>
      </div>
    </>
  )
}

function Status({ run: { status, differences } }: { run: Reconciliation }) {
  const t = useTranslations('reconciliation')
  if (status === 'done' && differences > 0) return <Badge tone="amber">{t('open', { n: differences })}</Badge>
  return <Badge tone={tones[status]}>{t(`status_${status}`)}</Badge>
}
