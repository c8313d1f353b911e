import { formatMoney } from '@azora/contracts/money.ts'
import { Badge, type Tone } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { usePage } from '@azora/web/calls/use-page.ts'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { useState } from 'react'
import { call } from '../api.ts'
import { EmptyList } from '../lists/empty-list.tsx'
import { List } from '../lists/list.tsx'
import { useTranslations } from '../messages.ts'
import { PdfButton } from '../payments/pdf-button.tsx'
import { ReasonDialog } from '../shell/reason-dialog.tsx'
import type { AccountOrder, Institution } from './institution.ts'
import { OrderDialog } from './order-dialog.tsx'
import { PaymentDialog } from './payment-dialog.tsx'

const tones: Record<AccountOrder['status'], Tone> = { open: 'amber', paid: 'good', cancelled: 'neutral' }

type Props = { institution: Institution; mayEdit: boolean; onChange: () => void }
type Doing = { what: 'record' | 'cancel'; order: AccountOrder }

/** What an institution has ordered, and how its invoices stand. */
export function AccountOrders({ institution, mayEdit, onChange }: Props) {
  const t = useTranslations('accountOrders')
  const locale = useLocale()
  const say = useToast()
  const [ordering, setOrdering] = useState(false)
  const [doing, setDoing] = useState<Doing | null>(null)
  const { id: institutionId } = institution
  const list = usePage(`account orders ${institutionId}`, (cursor, signal) =>
    call('payments.listAccountOrders', { institutionId, cursor, limit: 50 }, { signal }),
  )
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  const dayOf = (text: string) => day.format(new Date(text))
  const replaced = (order: AccountOrder, done: 'recorded' | 'cancelled') => {
    list.replace(one => one.id === order.id, order)
    setDoing(null)
    say(t(done))
    onChange()
  }
  const today = new Date().toISOString().slice(0, 10)
  return (
    <section className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-lg font-bold">{t('title')}</h2>
        {mayEdit && institution.status === 'active' ? (
          <Button onPress={() => setOrdering(true)}>{t('new')}</Button>
        ) : null}
      </div>
      <List
        list={list}
        caption={t('title')}
        rowKey={order => order.id}
        columns={[
          {
            id: 'course',
            header: t('course'),
            rowHeader: true,
            cell: order => (
              <>
                {order.courseTitle}
                <span className="block text-sm font-normal text-muted">
                  {t('taken', { taken: order.taken, seats: order.seats })}
                </span>
              </>
            ),
          },
          {
            id: 'invoice',
            header: t('invoice'),
            cell: order => (
              <>
                {order.invoice.number}
                <span className="block text-sm text-muted">{dayOf(order.invoice.issuedOn)}</span>
              </>
            ),
          },
          {
            id: 'status',
            header: t('status'),
            cell: order => (
              <span className="flex flex-wrap gap-1.5 max-md:justify-end">
                <Badge tone={tones[order.status]}>{t(`status_${order.status}`)}</Badge>
                {order.status === 'open' && order.dueOn < today ? (
                  <Badge tone="bad">{t('overdue')}</Badge>
                ) : null}
                {order.sandbox ? <Badge tone="amber">{t('sandbox')}</Badge> : null}
              </span>
            ),
          },
          { id: 'due', header: t('due'), cell: order => dayOf(order.dueOn) },
          {
            id: 'open',
            header: t('open'),
            align: 'end',
            cell: order => (
              <>
                {formatMoney(order.open, locale)}
                {order.open.amountMinor === order.total.amountMinor ? null : (
                  <span className="block text-sm text-muted">
                    {t('of', { amount: formatMoney(order.total, locale) })}
                  </span>
                )}
                {order.payments.map(({ id, amount, paidOn, reference }) => (
                  <span key={id} className="block text-sm text-muted">
                    {t('payment', { amount: formatMoney(amount, locale), day: dayOf(paidOn), reference })}
                  </span>
                ))}
              </>
            ),
          },
          {
            id: 'actions',
            header: t('actions'),
            headerHidden: true,
            align: 'end',
            cell: order => (
              <span className="flex flex-wrap justify-end gap-2">
                {mayEdit && order.status === 'open' ? (
                  <Button
                    variant="secondary"
                    size="small"
                    aria-label={t('recordOf', { number: order.invoice.number })}
                    onPress={() => setDoing({ what: 'record', order })}
                  >
                    {t('record')}
                  </Button>
                ) : null}
                {mayEdit && order.status === 'open' && order.paid.amountMinor === 0 ? (
                  <Button
                    variant="secondary"
                    size="small"
                    aria-label={t('cancelOf', { number: order.invoice.number })}
                    onPress={() => setDoing({ what: 'cancel', order })}
                  >
                    {t('cancel')}
                  </Button>
                ) : null}
                <PdfButton id={order.invoice.id} number={order.invoice.number} />
              </span>
            ),
          },
        ]}
        empty={
          <EmptyList filtered={false} clear={() => {}} icon="receipt" title={t('none')}>
            {t('noneText')}
          </EmptyList>
        }
      />
      {ordering ? (
        <OrderDialog
          institution={institution}
          onClose={() => setOrdering(false)}
          onOrdered={() => {
            setOrdering(false)
            say(t('ordered'))
            list.reload()
            onChange()
          }}
        />
      ) : null}
      {doing?.what === 'record' ? (
        <PaymentDialog
          order={doing.order}
          onClose={() => setDoing(null)}
          onRecorded={order => replaced(order, 'recorded')}
        />
      ) : null}
      {doing?.what === 'cancel' ? (
        <ReasonDialog
          title={t('cancelTitle', { number: doing.order.invoice.number })}
          label={t('note')}
          description={t('noteHelp')}
          confirmLabel={t('cancel')}
          danger
          onClose={() => setDoing(null)}
          onSubmit={async note => {
            const { id: orderId } = doing.order
            replaced(await call('payments.cancelAccountOrder', { orderId, note }), 'cancelled')
          }}
        >
          {t('cancelText', { course: doing.order.courseTitle })}
        </ReasonDialog>
      ) : null}
    </section>
  )
}
