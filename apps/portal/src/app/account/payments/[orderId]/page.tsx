import { formatMoney } from '@azora/contracts/money.ts'
import { Card } from '@azora/ui/card.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { Moment } from '@azora/web/moment.tsx'
import type { Metadata } from 'next'
import { AccountPage } from '../../../../account/account-page.tsx'
import { ClientMessages } from '../../../../i18n/client-messages.tsx'
import { getLocale, getTranslations } from '../../../../i18n/server.ts'
import { api, need } from '../../../../lib/api.server.ts'
import { type Order, OrderBadges } from '../../../../payments/order-badges.tsx'
import { OrderDocuments } from '../../../../payments/order-documents.tsx'
import { OrderState } from '../../../../payments/order-state.tsx'
import { RefundRequest } from '../../../../payments/refund-request.tsx'
import { Gift } from '../../../../seats/gift.tsx'
import { dayText } from '../../../../text/date.ts'

type Props = { params: Promise<{ orderId: string }>; searchParams: Promise<{ paid?: string }> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('orders')
  return { title: t('order') }
}

export default async function OrderPage({ params, searchParams }: Props) {
  const [t, { orderId }, { paid }] = await Promise.all([getTranslations('orders'), params, searchParams])
  return (
    <AccountPage part="payments" title={t('order')} description={t('description')}>
      {() => shown(orderId, paid !== undefined)}
    </AccountPage>
  )
}

async function shown(orderId: string, paid: boolean) {
  const [t, locale, client] = await Promise.all([getTranslations('orders'), getLocale(), api()])
  const order = await need(client.payments.getOrder({ orderId }), `/account/payments/${orderId}`)
  const twice = order.items.filter(({ paidTwice }) => paidTwice)
  return (
    <>
      <ClientMessages of={['orders', 'drafts']}>
        <OrderState initial={order} justPaid={paid} />
        {order.disputed.amountMinor > 0 ? (
          <Notice tone="warning">{t('disputedText', { amount: formatMoney(order.disputed, locale) })}</Notice>
        ) : null}
        {twice.length > 0 ? (
          <Notice tone="warning">
            {t('paidTwice', { courses: twice.map(({ title }) => title).join(', ') })}
          </Notice>
        ) : null}
        {/* Paid a moment later, it would be shown on a page that is about to be loaded again. */}
        {order.gift && order.status !== 'open' ? <Gift orderId={orderId} /> : null}
        <RefundRequest initial={order} until={lastDay(order, locale)} />
      </ClientMessages>
      <Card as="section" className="flex flex-col gap-4">
        <div className="flex flex-wrap items-center gap-2">
          <h2 className="me-auto text-xl font-bold">{t('order')}</h2>
          <OrderBadges order={order} />
        </div>
        {order.bundle ? <p className="font-semibold wrap-anywhere">{order.bundle.title}</p> : null}
        <ul className="flex flex-col divide-y divide-line">
          {order.items.map(item => (
            <li key={item.courseId} className="flex flex-wrap justify-between gap-x-6 gap-y-1 py-2.5">
              <span className="min-w-0 wrap-anywhere">{item.title}</span>
              <span className="ms-auto tabular-nums">{formatMoney(item.price, locale)}</span>
            </li>
          ))}
          {order.kind === 'deposit' ? <li className="py-2.5">{t('deposit')}</li> : null}
          <li className="flex flex-wrap justify-between gap-x-6 py-2.5 font-bold">
            <span>{t('total')}</span>
            <span className="ms-auto tabular-nums">{formatMoney(order.total, locale)}</span>
          </li>
          {order.tax.amountMinor > 0 ? (
            <li className="flex flex-wrap justify-between gap-x-6 py-2.5 text-muted">
              <span>{t('tax')}</span>
              <span className="ms-auto tabular-nums">{formatMoney(order.tax, locale)}</span>
            </li>
          ) : null}
          {order.refunds.map(refund => (
            <RefundLine key={refund.id} refund={refund} items={order.items} />
          ))}
        </ul>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm text-muted">
          <dt>{t('number')}</dt>
          <dd className="break-all">{order.id}</dd>
          <dt>{t('ordered')}</dt>
          <dd>
            <Moment time={order.createdAt} />
          </dd>
          {order.paidAt ? (
            <>
              <dt>{t('paidOn')}</dt>
              <dd>
                <Moment time={order.paidAt} />
              </dd>
            </>
          ) : null}
        </dl>
        {order.sandbox ? <p className="text-sm text-muted">{t('sandboxText')}</p> : null}
      </Card>
      {order.documents.length > 0 ? <OrderDocuments documents={order.documents} /> : null}
      <div>
        <LinkButton href="/account/payments" variant="quiet">
          {t('back')}
        </LinkButton>
      </div>
    </>
  )
}

/** The last day on which the buyer may ask for the money back; null once it has passed. */
function lastDay({ refundableUntil }: Order, locale: string): string | null {
  return refundableUntil === null || Date.parse(refundableUntil) < Date.now()
    ? null
    : dayText(locale, refundableUntil)
}

type RefundLineProps = { refund: Order['refunds'][number]; items: Order['items'] }

async function RefundLine({ refund, items }: RefundLineProps) {
  const [t, locale] = await Promise.all([getTranslations('orders'), getLocale()])
  const titles = items
    .filter(({ courseId }) => refund.courseIds?.includes(courseId))
    .map(({ title }) => title)
  return (
    <li className="py-2.5 text-muted">
      {t(`refund_${refund.status}`, {
        amount: formatMoney(refund.amount, locale),
        date: dayText(locale, refund.createdAt),
      })}
      {refund.courseIds && items.length > 1 ? (
        <span className="block text-sm wrap-anywhere">
          {t('refund_courses', { courses: titles.join(', ') })}
        </span>
      ) : null}
      {refund.note ? <span className="block text-sm wrap-anywhere">{refund.note}</span> : null}
    </li>
  )
}
