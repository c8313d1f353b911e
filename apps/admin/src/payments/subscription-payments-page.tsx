import { formatMoney } from '@azora/contracts/money.ts'
import { may } from '@azora/contracts/permissions.ts'
import { Badge } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { usePage } from '@azora/web/calls/use-page.ts'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { Moment } from '@azora/web/moment.tsx'
import { useAccount } from '@azora/web/session/signed-in.tsx'
import { useState } from 'react'
import { call } from '../api.ts'
import { EmptyList } from '../lists/empty-list.tsx'
import { List } from '../lists/list.tsx'
import { useTranslations } from '../messages.ts'
import { PersonLink } from '../people/person-link.tsx'
import { PaymentsNav } from './payments-nav.tsx'
import { RefundDialog } from './refund-dialog.tsx'

type Payment = OutputOf<'payments.listSubscriptionPayments'>['items'][number]

const leftOf = ({ amount, refunded, disputed }: Payment) => ({
  ...amount,
  amountMinor: Math.max(0, amount.amountMinor - refunded.amountMinor - disputed.amountMinor),
})

/** What was paid for subscriptions, and what of it went back; who holds the office of finance gives money back here. */
export function SubscriptionPaymentsPage() {
  const t = useTranslations('subscriptionPayments')
  const shared = useTranslations('payments')
  const locale = useLocale()
  const say = useToast()
  const mayRefund = may(useAccount(), 'office:finance')
  const [refunding, setRefunding] = useState<Payment | null>(null)
  const list = usePage('subscription payments', (cursor, signal) =>
    call('payments.listSubscriptionPayments', { limit: 50, cursor }, { signal }),
  )
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} />
      <PaymentsNav />
      <List
        list={list}
        caption={t('title')}
        rowKey={one => one.id}
        columns={[
          {
            id: 'plan',
            header: t('plan'),
            rowHeader: true,
            cell: one => (
              <>
                {one.planName}
                <span className="block text-sm font-normal break-all text-muted">{one.subscriptionId}</span>
              </>
            ),
          },
          {
            id: 'owner',
            header: t('owner'),
            cell: ({ owner, sandbox }) => (
              <span className="flex flex-wrap items-center gap-1.5 max-md:justify-end">
                {owner ? <PersonLink {...owner} /> : shared('formerMember')}
                {sandbox ? <Badge tone="amber">{shared('sandbox')}</Badge> : null}
              </span>
            ),
          },
          { id: 'total', header: shared('total'), align: 'end', cell: one => <Amounts payment={one} /> },
          { id: 'at', header: shared('at'), cell: one => <Moment time={one.paidAt} /> },
          {
            id: 'actions',
            header: shared('actions'),
            headerHidden: true,
            align: 'end',
            cell: one =>
              mayRefund && leftOf(one).amountMinor > 0 ? (
                <Button
                  variant="secondary"
                  size="small"
                  aria-label={shared('refundOf', { title: one.planName })}
                  onPress={() => setRefunding(one)}
                >
                  {shared('refund')}
                </Button>
              ) : null,
          },
        ]}
        empty={
          <EmptyList filtered={false} clear={() => {}} icon="refresh" title={t('none')}>
            {t('noneText')}
          </EmptyList>
        }
      />
      {refunding ? (
        <RefundDialog
          left={leftOf(refunding)}
          text={t('refundText', {
            title: refunding.planName,
            left: formatMoney(leftOf(refunding), locale),
          })}
          onClose={() => setRefunding(null)}
          onRefund={async (back, { reason, note }) => {
            const wish = { billId: refunding.id, ...back, reason, note }
            const payment = await call('payments.refundSubscriptionBill', wish)
            list.replace(one => one.id === payment.id, payment)
            setRefunding(null)
            const gone = payment.refunded.amountMinor > refunding.refunded.amountMinor
            say(shared(gone ? 'refundDone' : 'refundFailed'))
          }}
        />
      ) : null}
    </>
  )
}

function Amounts({ payment: { amount, refunded, disputed } }: { payment: Payment }) {
  const t = useTranslations('subscriptionPayments')
  const shared = useTranslations('payments')
  const locale = useLocale()
  return (
    <div>
      {formatMoney(amount, locale)}
      {refunded.amountMinor > 0 ? (
        <span className="block text-sm text-muted">
          {shared('refunded', { amount: formatMoney(refunded, locale) })}
        </span>
      ) : null}
      {disputed.amountMinor > 0 ? (
        <span className="block text-sm text-muted">
          {t('disputed', { amount: formatMoney(disputed, locale) })}
        </span>
      ) : null}
    </div>
  )
}
