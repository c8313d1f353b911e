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
import { AnswerDialog } from './answer-dialog.tsx'
import type { RefundRequest } from './money-back.ts'
import { PaymentsNav } from './payments-nav.tsx'

const statuses = ['open', 'approved', 'declined', 'withdrawn'] as const
type Status = (typeof statuses)[number]
const tones: Record<Status, Tone> = {
  open: 'amber',
  approved: 'good',
  declined: 'neutral',
  withdrawn: 'neutral',
}
const statusOf = ({ status }: RefundRequest): Status => statuses.find(name => name === status) ?? 'open'

/** What buyers ask to have back. Who holds the office of finance answers here. */
export function RequestsPage() {
  const t = useTranslations('refundRequests')
  const say = useToast()
  const mayAnswer = may(useAccount(), 'office:finance')
  const [answering, setAnswering] = useState<RefundRequest | null>(null)
  const { values, set, clear, about, filtered } = useFilters(['status'])
  const status = statuses.find(name => name === values.status)
  const list = usePage(`refund-requests ${about}`, (cursor, signal) =>
    call('payments.listRefundRequests', { limit: 50, cursor, status }, { signal }),
  )
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} />
      <PaymentsNav />
      <div className="mb-4 max-w-60">
        <NativeSelect
          label={t('status')}
          value={status ?? ''}
          onChange={({ target }) => set({ status: target.value })}
          options={[{ id: '', label: t('all') }, ...statuses.map(id => ({ id, label: t(`status_${id}`) }))]}
        />
      </div>
      <List
        list={list}
        caption={t('title')}
        rowKey={one => one.id}
        columns={[
          { id: 'what', header: t('what'), rowHeader: true, cell: request => <What request={request} /> },
          {
            id: 'buyer',
            header: t('buyer'),
            cell: ({ buyer }) => (buyer ? <PersonLink {...buyer} /> : t('formerMember')),
          },
          {
            id: 'status',
            header: t('status'),
            cell: one => <Badge tone={tones[statusOf(one)]}>{t(`status_${statusOf(one)}`)}</Badge>,
          },
          { id: 'total', header: t('paid'), align: 'end', cell: request => <Paid request={request} /> },
          { id: 'at', header: t('at'), cell: one => <Moment time={one.createdAt} /> },
          {
            id: 'actions',
            header: t('actions'),
            headerHidden: true,
            align: 'end',
            cell: one =>
              mayAnswer && one.status === 'open' ? (
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
          <EmptyList
            filtered={filtered}
            clear={clear}
            icon="receipt"
            title={t(filtered ? 'noMatch' : 'none')}
          >
            {t(filtered ? 'noMatchText' : 'noneText')}
          </EmptyList>
        }
      />
      {answering ? (
        <AnswerDialog
          request={answering}
          onClose={() => setAnswering(null)}
          onAnswered={request => {
            list.replace(one => one.id === request.id, request)
            setAnswering(null)
            say(t(request.status === 'approved' ? 'approvedDone' : 'declinedDone'))
          }}
        />
      ) : null}
    </>
  )
}

function What({ request }: { request: RefundRequest }) {
  const t = useTranslations('refundRequests')
  return (
    <>
      {request.titles.join(', ')}
      {request.text ? (
        <span className="mt-1 block max-w-prose text-sm font-normal wrap-anywhere whitespace-pre-line text-muted">
          {t('quoted', { text: request.text })}
        </span>
      ) : null}
      {request.answer ? (
        <span className="mt-1 block max-w-prose text-sm font-normal wrap-anywhere whitespace-pre-line text-muted">
          {t('answered', { text: request.answer })}
        </span>
      ) : null}
    </>
  )
}

function Paid({ request: { total, refunded, paidAt, sandbox } }: { request: RefundRequest }) {
  const t = useTranslations('refundRequests')
  const locale = useLocale()
  return (
    <div>
      {formatMoney(total, locale)}
      <span className="block text-sm text-muted">
        <Moment time={paidAt} />
      </span>
      {refunded.amountMinor > 0 ? (
        <span className="block text-sm text-muted">
          {t('refunded', { amount: formatMoney(refunded, locale) })}
        </span>
      ) : null}
      {sandbox ? <Badge tone="amber">{t('sandbox')}</Badge> : null}
    </div>
  )
}
