import { formatMoney } from '@azora/contracts/money.ts'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import type { Metadata } from 'next'
import { cache } from 'react'
import { ClientMessages } from '../../../i18n/client-messages.tsx'
import { getLocale, getTranslations } from '../../../i18n/server.ts'
import { OrderSeats } from '../../../institutions/order-seats.tsx'
import { OwnOrders } from '../../../institutions/own-orders.tsx'
import { soldOf } from '../../../institutions/sold-course.ts'
import { api, need } from '../../../lib/api.server.ts'

type Props = {
  params: Promise<{ institutionId: string }>
  searchParams: Promise<{ after?: string }>
}

const pathOf = (institutionId: string) => `/institutions/${encodeURIComponent(institutionId)}`
const institutionOf = cache(async (institutionId: string) =>
  need((await api()).payments.getOwnInstitution({ institutionId }), pathOf(institutionId)),
)

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = await institutionOf((await params).institutionId)
  return { title: name }
}

/** What a manager of an institution sees: its seats with who has them, its invoices, and the way to order more. */
export default async function InstitutionPage({ params, searchParams }: Props) {
  const institution = await institutionOf((await params).institutionId)
  const { after } = await searchParams
  const { id: institutionId, name, status, open, termsDays } = institution
  const path = pathOf(institutionId)
  const [t, locale, client] = await Promise.all([getTranslations('ownInstitution'), getLocale(), api()])
  const [orders, courses] = await Promise.all([
    need(client.payments.listOwnAccountOrders({ institutionId, ...(after ? { cursor: after } : {}) }), path),
    need(client.education.listCourses({ limit: 100 }), path),
  ])
  return (
    <div className="page-width grid gap-x-12 gap-y-8 pt-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="flex min-w-0 flex-col gap-6">
        <PageHeader title={name} description={t('description')} />
        {open.length > 0 ? (
          <p>
            {t('owes')}{' '}
            <strong className="tabular-nums">
              {open.map(amount => formatMoney(amount, locale)).join(', ')}
            </strong>
          </p>
        ) : null}
        <h2 className="text-xl font-bold">{t('orders')}</h2>
        {orders.items.length > 0 ? (
          <ClientMessages of={['ownInstitution', 'freeSeats']}>
            <OwnOrders orders={orders.items} />
          </ClientMessages>
        ) : (
          <EmptyState icon="people" title={t('none')}>
            {t('noneText')}
          </EmptyState>
        )}
        {orders.nextCursor || after ? (
          <p className="flex flex-wrap gap-3">
            {after ? (
              <LinkButton href={path} variant="quiet">
                {t('newest')}
              </LinkButton>
            ) : null}
            {orders.nextCursor ? (
              <LinkButton href={`${path}?after=${encodeURIComponent(orders.nextCursor)}`} variant="secondary">
                {t('more')}
              </LinkButton>
            ) : null}
          </p>
        ) : null}
      </div>
      <aside>
        {status === 'active' ? (
          <ClientMessages of={['ownInstitution', 'orderSeats']}>
            <OrderSeats
              institutionId={institutionId}
              termsDays={termsDays}
              courses={soldOf(courses.items)}
              isPart={courses.total > courses.items.length}
            />
          </ClientMessages>
        ) : (
          <Notice>{t('closed')}</Notice>
        )}
      </aside>
    </div>
  )
}
