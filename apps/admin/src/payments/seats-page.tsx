import { may } from '@azora/contracts/permissions.ts'
import { Badge } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import { ConfirmDialog } from '@azora/ui/confirm-dialog.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { faultText } from '@azora/web/calls/failures.ts'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { usePage } from '@azora/web/calls/use-page.ts'
import { Moment } from '@azora/web/moment.tsx'
import { useAccount } from '@azora/web/session/signed-in.tsx'
import { useState } from 'react'
import { call } from '../api.ts'
import { EmptyList } from '../lists/empty-list.tsx'
import { List } from '../lists/list.tsx'
import { useTranslations } from '../messages.ts'
import { PersonLink } from '../people/person-link.tsx'
import { PaymentsNav } from './payments-nav.tsx'

type SeatPool = OutputOf<'payments.listSchoolSeatPools'>['items'][number]

const kinds = ['free', 'account', 'gift'] as const

/** All seats of the school that are given or paid for. Who holds the office of finance closes them here. */
export function SeatsPage() {
  const t = useTranslations('schoolSeats')
  const common = useTranslations('common')
  const say = useToast()
  const mayClose = may(useAccount(), 'office:finance')
  const [asked, setAsked] = useState<SeatPool | null>(null)
  const list = usePage('seats', (cursor, signal) =>
    call('payments.listSchoolSeatPools', { limit: 50, cursor }, { signal }),
  )
  const close = async () => {
    if (!asked) return
    try {
      const { code: _code, ...closed } = await call('payments.closeSeatPool', { poolId: asked.id })
      list.replace(({ id }) => id === asked.id, closed)
      say(t('closedDone'))
    } catch (failure) {
      say(faultText(failure, common('connectionLost')), 'error')
    }
  }
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} />
      <PaymentsNav />
      <List
        list={list}
        caption={t('title')}
        rowKey={pool => pool.id}
        columns={[
          { id: 'name', header: t('name'), rowHeader: true, cell: ({ name }) => name },
          { id: 'course', header: t('course'), cell: ({ courseTitle }) => courseTitle },
          {
            id: 'kind',
            header: t('kind'),
            cell: pool => t(`kind_${kinds.find(kind => kind === pool.kind) ?? 'free'}`),
          },
          {
            id: 'taken',
            header: t('taken'),
            align: 'end',
            cell: ({ taken, seats }) => (
              <span className="whitespace-nowrap">{t('takenOf', { taken, seats })}</span>
            ),
          },
          {
            id: 'giver',
            header: t('giver'),
            cell: ({ giver }) => (giver ? <PersonLink {...giver} /> : t('noGiver')),
          },
          { id: 'since', header: t('since'), cell: pool => <Moment time={pool.createdAt} precision="day" /> },
          { id: 'status', header: t('status'), cell: pool => <Status pool={pool} /> },
          {
            id: 'actions',
            header: t('actions'),
            headerHidden: true,
            align: 'end',
            cell: pool =>
              mayClose && pool.closedAt === null ? (
                <Button
                  variant="secondary"
                  size="small"
                  aria-label={t('closeOf', { name: pool.name })}
                  onPress={() => setAsked(pool)}
                >
                  {t('close')}
                </Button>
              ) : null,
          },
        ]}
        empty={
          <EmptyList filtered={false} clear={() => {}} icon="people" title={t('none')}>
            {t('noneText')}
          </EmptyList>
        }
      />
      <ConfirmDialog
        isOpen={asked !== null}
        onOpenChange={open => {
          if (!open) setAsked(null)
        }}
        title={t('closeTitle')}
        confirmLabel={t('close')}
        cancelLabel={common('cancel')}
        danger
        onConfirm={close}
      >
        {t('closeText')}
      </ConfirmDialog>
    </>
  )
}

function Status({ pool: { closedAt, endsAt } }: { pool: SeatPool }) {
  const t = useTranslations('schoolSeats')
  if (closedAt) return <Badge>{t('closed')}</Badge>
  if (endsAt && Date.parse(endsAt) <= Date.now()) return <Badge>{t('ended')}</Badge>
  return (
    <div>
      <Badge tone="good">{t('open')}</Badge>
      {endsAt ? (
        <span className="mt-1 block text-sm text-muted">
          {t('until')} <Moment time={endsAt} precision="day" />
        </span>
      ) : null}
    </div>
  )
}
