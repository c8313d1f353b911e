import { formatMoney } from '@azora/contracts/money.ts'
import { may } from '@azora/contracts/permissions.ts'
import { Badge, type Tone } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { usePage } from '@azora/web/calls/use-page.ts'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { Moment } from '@azora/web/moment.tsx'
import { useAccount } from '@azora/web/session/signed-in.tsx'
import { useState } from 'react'
import { call } from '../api.ts'
import { EmptyList } from '../lists/empty-list.tsx'
import { List } from '../lists/list.tsx'
import { useFilters } from '../lists/use-filters.ts'
import { useTranslations } from '../messages.ts'
import { PersonLink } from '../people/person-link.tsx'
import { DisputeDialog } from './dispute-dialog.tsx'
import type { Dispute } from './money-back.ts'
import { PaymentsNav } from './payments-nav.tsx'

const states = ['open', 'over'] as const
const statuses = ['needs_response', 'under_review', 'won', 'lost', 'closed'] as const
const tones: Record<(typeof statuses)[number], Tone> = {
  needs_response: 'bad',
  under_review: 'amber',
  won: 'good',
  lost: 'neutral',
  closed: 'neutral',
}
/** The reasons that have words of their own; the processor knows more. */
const reasons = [
  'fraudulent',
  'product_not_received',
  'duplicate',
  'credit_not_processed',
  'unrecognized',
] as const

/** Payments that a bank has taken back, or asks about. Who holds the office of finance answers here. */
export function DisputesPage() {
  const t = useTranslations('disputes')
  const locale = useLocale()
  const say = useToast()
  const mayAnswer = may(useAccount(), 'office:finance')
  const [answering, setAnswering] = useState<Dispute | null>(null)
  const { values, set, clear, about, filtered } = useFilters(['state'])
  const state = states.find(name => name === values.state)
  const list = usePage(`disputes ${about}`, (cursor, signal) =>
    call('payments.listDisputes', { limit: 50, cursor, state }, { signal }),
  )
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} />
      <PaymentsNav />
      <div className="mb-4 max-w-60">
        <NativeSelect
          label={t('state')}
          value={state ?? ''}
          onChange={({ target }) => set({ state: target.value })}
          options={[{ id: '', label: t('all') }, ...states.map(id => ({ id, label: t(`state_${id}`) }))]}
        />
      </div>
      <List
        list={list}
        caption={t('title')}
        rowKey={one => one.id}
        columns={[
          { id: 'what', header: t('what'), rowHeader: true, cell: dispute => <What dispute={dispute} /> },
          {
            id: 'buyer',
            header: t('buyer'),
            cell: ({ buyer }) => (buyer ? <PersonLink {...buyer} /> : t('formerMember')),
          },
          { id: 'status', header: t('status'), cell: dispute => <Status dispute={dispute} /> },
          {
            id: 'amount',
            header: t('amount'),
            align: 'end',
            cell: ({ amount, fee }) => (
              <div>
                {formatMoney(amount, locale)}
                {fee && fee.amountMinor > 0 ? (
                  <span className="block text-sm text-muted">
                    {t('fee', { amount: formatMoney(fee, locale) })}
                  </span>
                ) : null}
              </div>
            ),
          },
          { id: 'at', header: t('at'), cell: one => <Moment time={one.openedAt} /> },
          {
            id: 'actions',
            header: t('actions'),
            headerHidden: true,
            align: 'end',
            cell: one =>
              mayAnswer && one.status === 'needs_response' ? (
                <Button
                  variant="secondary"
                  size="small"
                  aria-label={t('answerOf', { title: one.titles.join(', ') })}
                  onPress={() => setAnswering(one)}
                >
                  {t('answer')}
                </Button>
              ) : null,
          },
        ]}
        empty={
          <EmptyList filtered={filtered} clear={clear} icon="shield" title={t(filtered ? 'noMatch' : 'none')}>
            {t(filtered ? 'noMatchText' : 'noneText')}
          </EmptyList>
        }
      />
      {answering ? (
        <DisputeDialog
          dispute={answering}
          onClose={() => setAnswering(null)}
          onAnswered={dispute => {
            list.replace(one => one.id === dispute.id, dispute)
            setAnswering(null)
            say(t(dispute.status === 'lost' ? 'acceptedDone' : 'answeredDone'))
          }}
        />
      ) : null}
    </>
  )
}

function What({ dispute: { titles, reason, orderId, subscriptionId } }: { dispute: Dispute }) {
  const t = useTranslations('disputes')
  const known = reasons.find(name => name === reason)
  return (
    <>
      {titles.join(', ')}
      <span className="block text-sm font-normal text-muted">{known ? t(`reason_${known}`) : reason}</span>
      <span className="block text-sm font-normal break-all text-muted">
        {orderId ?? t('subscription', { id: subscriptionId ?? '' })}
      </span>
    </>
  )
}

function Status({ dispute: { status, inquiry, evidenceDueAt, sandbox } }: { dispute: Dispute }) {
  const t = useTranslations('disputes')
  const known = statuses.find(name => name === status) ?? 'under_review'
  return (
    <div className="flex flex-col gap-1 max-md:items-end">
      <span className="flex flex-wrap gap-1.5 max-md:justify-end">
        <Badge tone={tones[known]}>{t(`status_${known}`)}</Badge>
        {inquiry ? <Badge tone="info">{t('inquiry')}</Badge> : null}
        {sandbox ? <Badge tone="amber">{t('sandbox')}</Badge> : null}
      </span>
      {known === 'needs_response' && evidenceDueAt ? (
        <span className="text-sm text-muted max-md:text-end">
          {t('due')} <Moment time={evidenceDueAt} />
        </span>
      ) : null}
    </div>
  )
}
