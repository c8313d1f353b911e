import { countriesIn } from '@azora/contracts/countries.ts'
import { formatMoney } from '@azora/contracts/money.ts'
import { Card } from '@azora/ui/card.tsx'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { Moment } from '@azora/web/moment.tsx'
import type { Metadata } from 'next'
import { AccountPage } from '../../../account/account-page.tsx'
import { ClientMessages } from '../../../i18n/client-messages.tsx'
import { getLocale, getTranslations } from '../../../i18n/server.ts'
import { api, need } from '../../../lib/api.server.ts'
import { BillingDetailsForm } from '../../../payments/billing-details.tsx'
import { OrderBadges } from '../../../payments/order-badges.tsx'
import { OwnSeats } from '../../../seats/own-seats.tsx'

type Props = { searchParams: Promise<{ after?: string }> }

const path = '/account/payments'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('orders')
  return { title: t('title') }
}

export default async function PaymentsPage({ searchParams }: Props) {
  const [t, { after }] = await Promise.all([getTranslations('orders'), searchParams])
  return (
    <AccountPage part="payments" title={t('title')} description={t('description')}>
      {async () => (
        <>
          {after ? null : await institutions()}
          {await orders(after)}
          {after ? null : <OwnSeats path={path} />}
          {after ? null : await billing()}
        </>
      )}
    </AccountPage>
  )
}

/** The way to the pages of the institutions that the person manages. */
async function institutions() {
  const { items } = await need((await api()).payments.listOwnInstitutions(), path)
  if (items.length === 0) return null
  const t = await getTranslations('ownInstitution')
  return (
    <Card as="section" className="flex flex-col gap-2">
      <h2 className="text-lg font-bold">{t('yours')}</h2>
      <ul className="flex flex-col">
        {items.map(({ id, name }) => (
          <li key={id}>
            <a
              href={`/institutions/${id}`}
              className="inline-block py-2 text-accent-ink underline underline-offset-4 wrap-anywhere"
            >
              {name}
            </a>
          </li>
        ))}
      </ul>
    </Card>
  )
}

async function billing() {
  const locale = await getLocale()
  const { details } = await need((await api()).payments.getBillingDetails(), path)
  return (
    <ClientMessages of={['billing']}>
      <BillingDetailsForm details={details} countries={countriesIn(locale)} />
    </ClientMessages>
  )
}

async function orders(after: string | undefined) {
  const [t, locale] = await Promise.all([getTranslations('orders'), getLocale()])
  const page = await need((await api()).payments.listOrders(after ? { cursor: after } : {}), path)
  if (page.items.length === 0 && !after)
    return (
      <EmptyState
        icon="receipt"
        title={t('empty')}
        action={<LinkButton href="/courses">{t('emptyAction')}</LinkButton>}
      >
        {t('emptyText')}
      </EmptyState>
    )
  return (
    <>
      <Card padded={false}>
        <ul className="divide-y divide-line">
          {page.items.map(order => (
            <li
              key={order.id}
              className="group relative flex flex-wrap items-start justify-between gap-x-6 gap-y-2 p-5 sm:px-6"
            >
              <div className="min-w-0 flex-1 basis-56">
                <h2 className="font-semibold wrap-anywhere">
                  <a
                    href={`${path}/${order.id}`}
                    className="after:absolute after:inset-0 group-hover:text-accent-ink"
                  >
                    {order.kind === 'deposit'
                      ? t('deposit')
                      : (order.bundle?.title ?? order.items.map(({ title }) => title).join(', '))}
                  </a>
                </h2>
                <p className="text-sm text-muted">
                  <Moment time={order.paidAt ?? order.createdAt} precision="day" />
                </p>
              </div>
              <p className="flex flex-wrap items-center gap-2">
                <OrderBadges order={order} />
                <span className="font-semibold tabular-nums">{formatMoney(order.total, locale)}</span>
              </p>
            </li>
          ))}
        </ul>
      </Card>
      {page.nextCursor || after ? (
        <p className="flex flex-wrap gap-3">
          {after ? (
            <LinkButton href={path} variant="quiet">
              {t('first')}
            </LinkButton>
          ) : null}
          {page.nextCursor ? (
            <LinkButton href={`${path}?after=${encodeURIComponent(page.nextCursor)}`} variant="secondary">
              {t('more')}
            </LinkButton>
          ) : null}
        </p>
      ) : null}
    </>
  )
}
