'use client'
import { formatMoney } from '@azora/contracts/money.ts'
import { Badge } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import { Card } from '@azora/ui/card.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useLocale, useTranslations } from '../i18n/client.tsx'
import { ApiError, call, type OutputOf } from '../lib/api.browser.ts'
import type { SeatPool } from '../teach/free-seats/seat-pool.ts'

// It is opened by a press, and needs more script than the rest of the page.
const ManageSeats = dynamic(() =>
  import('../teach/free-seats/manage-seats.tsx').then(module => module.ManageSeats),
)

type Order = OutputOf<'payments.listOwnAccountOrders'>['items'][number]

/** The seats that an institution has ordered, with their invoices, and the way to invite people to them. */
export function OwnOrders({ orders }: { orders: Order[] }) {
  const common = useTranslations('common')
  const say = useToast()
  const router = useRouter()
  const [pool, setPool] = useState<SeatPool | null>(null)
  const manage = async ({ poolId }: Order) => {
    try {
      setPool(await call('payments.getSeatPool', { poolId }))
    } catch (failure) {
      say(failure instanceof ApiError ? failure.message : common('connectionLost'), 'error')
    }
  }
  return (
    <>
      <Card padded={false}>
        <ul className="divide-y divide-line">
          {orders.map(order => (
            <OrderLine key={order.id} order={order} onManage={() => manage(order)} />
          ))}
        </ul>
      </Card>
      {pool ? (
        <ManageSeats
          pool={pool}
          closable={false}
          onChanged={setPool}
          onClose={() => {
            setPool(null)
            router.refresh()
          }}
        />
      ) : null}
    </>
  )
}

function OrderLine({ order, onManage }: { order: Order; onManage: () => void }) {
  const t = useTranslations('ownInstitution')
  const locale = useLocale()
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  const { invoice, creditNote, courseTitle, open, dueOn, status } = order
  const late = status === 'open' && dueOn < new Date().toISOString().slice(0, 10)
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 p-5 sm:px-6">
      <div className="flex min-w-0 flex-1 basis-56 flex-col gap-1">
        <h3 className="font-semibold wrap-anywhere">{courseTitle}</h3>
        <p className="text-sm text-muted">{t('given', { taken: order.taken, seats: order.seats })}</p>
        <Document id={invoice.id} name={t('invoice', { number: invoice.number })} />
        {creditNote ? (
          <Document id={creditNote.id} name={t('creditNote', { number: creditNote.number })} />
        ) : null}
      </div>
      <div className="flex flex-col items-start gap-2 sm:items-end">
        <p className="flex flex-wrap items-center gap-2">
          {order.sandbox ? <Badge tone="amber">{t('sandbox')}</Badge> : null}
          {late ? <Badge tone="bad">{t('overdue')}</Badge> : null}
          {status === 'open' ? null : (
            <Badge tone={status === 'paid' ? 'good' : 'neutral'}>
              {t(status === 'paid' ? 'paid' : 'cancelled')}
            </Badge>
          )}
          <span className="font-semibold tabular-nums">{formatMoney(order.total, locale)}</span>
        </p>
        {status === 'open' ? (
          <p className="text-sm text-muted">
            {t('open', { amount: formatMoney(open, locale), day: day.format(new Date(dueOn)) })}
          </p>
        ) : null}
        {status === 'cancelled' ? null : (
          <Button
            variant="secondary"
            size="small"
            aria-label={t('manageOf', { course: courseTitle, number: invoice.number })}
            onPress={onManage}
          >
            {t('manage')}
          </Button>
        )}
      </div>
    </li>
  )
}

const Document = ({ id, name }: { id: string; name: string }) => {
  const t = useTranslations('ownInstitution')
  return (
    <a
      href={`/api/v1/payments/invoices/${id}/document.pdf`}
      className="inline-flex items-center gap-2 self-start py-1 text-accent-ink underline underline-offset-4"
      aria-label={`${t('download')}: ${name}`}
    >
      <Icon name="download" />
      {name}
    </a>
  )
}
