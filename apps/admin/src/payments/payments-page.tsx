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
import { PaymentsNav } from './payments-nav.tsx'
import { RefundDialog } from './refund-dialog.tsx'
import type { SchoolOrder } from './school-order.ts'

const tones: Record<SchoolOrder['status'], Tone> = {
  open: 'amber',
  paid: 'good',
  expired: 'neutral',
  refunded: 'info',
}
const statuses = ['paid', 'open', 'expired', 'refunded'] as const

/** What the school has sold; who holds the office of finance gives money back here. */
export function PaymentsPage() {
  const t = useTranslations('payments')
  const locale = useLocale()
  const say = useToast()
  const mayRefund = may(useAccount(), 'office:finance')
  const [refunding, setRefunding] = useState<SchoolOrder | null>(null)
  const { values, set, clear, about, filtered } = useFilters(['status'])
  const status = statuses.find(name => name === values.status)
  const list = usePage(`payments ${about}`, (cursor, signal) =>
    call('payments.listSchoolOrders', { limit: 50, cursor, status }, { signal }),
  )
  const titleOf = ({ items, bundle }: SchoolOrder) =>
    bundle?.title ?? items.map(({ title }) => title).join(', ')
  const left = (order: SchoolOrder) => order.total.amountMinor - order.refunded.amountMinor
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} />
      <PaymentsNav />
      <div className="mb-4 max-w-60">
        <NativeSelect
          label={t('status')}
          value={status ?? ''}
          onChange={({ target }) => set({ status: target.value })}
          options={[
            { id: '', label: t('anyStatus') },
            ...statuses.map(name => ({ id: name, label: t(`status_${name}`) })),
          ]}
        />
      </div>
      <List
        list={list}
        caption={t('title')}
        rowKey={order => order.id}
        columns={[
          {
            id: 'order',
            header: t('bought'),
            rowHeader: true,
            cell: order => (
              <>
                {titleOf(order) || t('deposit')}
                <span className="block text-sm font-normal break-all text-muted">{order.id}</span>
              </>
            ),
          },
          {
            id: 'buyer',
            header: t('buyer'),
            cell: ({ buyer }) => (buyer ? <PersonLink {...buyer} /> : t('formerMember')),
          },
          {
            id: 'status',
            header: t('status'),
            cell: order => (
              <span className="flex flex-wrap gap-1.5 max-md:justify-end">
                <Badge tone={tones[order.status]}>{t(`status_${order.status}`)}</Badge>
                {order.gift ? <Badge tone="accent">{t('gift')}</Badge> : null}
                {order.sandbox ? <Badge tone="amber">{t('sandbox')}</Badge> : null}
                {order.items.some(({ paidTwice }) => paidTwice) ? (
                  <Badge tone="bad">{t('paidTwice')}</Badge>
                ) : null}
              </span>
            ),
          },
          {
            id: 'total',
            header: t('total'),
            align: 'end',
            cell: order => (
              <>
                {formatMoney(order.total, locale)}
                {order.refunded.amountMinor > 0 ? (
                  <span className="block text-sm text-muted">
                    {t('refunded', { amount: formatMoney(order.refunded, locale) })}
                  </span>
                ) : null}
              </>
            ),
          },
          { id: 'at', header: t('at'), cell: order => <Moment time={order.paidAt ?? order.createdAt} /> },
          {
            id: 'actions',
            header: t('actions'),
            headerHidden: true,
            align: 'end',
            cell: order =>
              mayRefund && order.status === 'paid' && left(order) > 0 ? (
                <Button
                  variant="secondary"
                  size="small"
                  aria-label={t('refundOf', { title: titleOf(order) || t('deposit') })}
                  onPress={() => setRefunding(order)}
                >
                  {t('refund')}
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
      {refunding ? (
        <RefundDialog
          left={{ ...refunding.total, amountMinor: left(refunding) }}
          text={t(refunding.items.length > 1 ? 'refundBundleText' : 'refundText', {
            title: titleOf(refunding) || t('deposit'),
            left: formatMoney({ ...refunding.total, amountMinor: left(refunding) }, locale),
          })}
          items={refunding.items}
          onClose={() => setRefunding(null)}
          onRefund={async (back, wish) => {
            const order = await call('payments.refundOrder', { orderId: refunding.id, ...back, ...wish })
            list.replace(one => one.id === order.id, order)
            setRefunding(null)
            say(t(order.refunds.at(-1)?.status === 'failed' ? 'refundFailed' : 'refundDone'))
          }}
        />
      ) : null}
    </>
  )
}
