'use client'
import { Button } from '@azora/ui/button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useAction } from '@azora/web/calls/use-action.ts'
import { useTranslations } from '../i18n/client.tsx'
import { call, type OutputOf } from '../lib/api.browser.ts'

type Order = OutputOf<'payments.getOrder'>

type Props = {
  request: NonNullable<Order['refundRequest']>
  order: Order
  onChanged: (order: Order) => void
}

/** What a buyer has asked for, and what the school says to it. */
export function RefundRequestAsked({
  request: { id: requestId, status, text, answer, courseIds },
  order: { id: orderId, items },
  onChanged,
}: Props) {
  const t = useTranslations('orders')
  const { run, pending, fault } = useAction()
  const withdraw = () =>
    run(async () => onChanged(await call('payments.withdrawRefundRequest', { orderId, requestId })))
  const title = t(
    status === 'approved' ? 'request_approved' : status === 'declined' ? 'request_declined' : 'request_open',
  )
  return (
    <Notice tone={status === 'declined' ? 'warning' : 'info'} title={title}>
      {courseIds ? (
        <p className="font-semibold wrap-anywhere">
          {items
            .filter(({ courseId }) => courseIds.includes(courseId))
            .map(({ title }) => title)
            .join(', ')}
        </p>
      ) : null}
      <p className="wrap-anywhere whitespace-pre-line">{answer || text}</p>
      {status === 'open' ? (
        <>
          <p className="mt-1">{t('request_openText')}</p>
          {fault ? <p role="alert">{fault}</p> : null}
          <p className="mt-3">
            <Button variant="secondary" size="small" onPress={withdraw} isPending={pending}>
              {t('withdraw')}
            </Button>
          </p>
        </>
      ) : null}
    </Notice>
  )
}
