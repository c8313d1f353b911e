import { EmptyState } from '@azora/ui/empty-state.tsx'
import type { Metadata } from 'next'
import { AccountPage } from '../../../account/account-page.tsx'
import { Section } from '../../../account/section.tsx'
import { ClientMessages } from '../../../i18n/client-messages.tsx'
import { getTranslations } from '../../../i18n/server.ts'
import { api, need } from '../../../lib/api.server.ts'
import { OwnCards } from '../../../subscription/own-cards.tsx'
import { OwnSubscription } from '../../../subscription/own-subscription.tsx'
import { PlanList } from '../../../subscription/plan-list.tsx'

type Wanted = { paid?: string; card?: string }
type Props = { searchParams: Promise<Wanted> }

const path = '/account/subscription'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('subscription')
  return { title: t('title') }
}

export default async function SubscriptionPage({ searchParams }: Props) {
  const [t, wanted] = await Promise.all([getTranslations('subscription'), searchParams])
  return (
    <AccountPage part="subscription" title={t('title')} description={t('description')}>
      {() => shown(wanted)}
    </AccountPage>
  )
}

async function shown({ paid, card }: Wanted) {
  const [t, cardsText, client] = await Promise.all([
    getTranslations('subscription'),
    getTranslations('cards'),
    api(),
  ])
  const [{ subscription }, plans, cards] = await Promise.all([
    need(client.payments.getSubscription(), path),
    need(client.payments.listPlans({}), path),
    need(client.payments.listCards(), path),
  ])
  const over = subscription === null || ['cancelled', 'expired'].includes(subscription.status)
  return (
    <ClientMessages of={['subscription', 'cards']}>
      {subscription && subscription.status !== 'expired' ? (
        <OwnSubscription
          initial={subscription}
          plans={plans.items}
          justBack={paid !== undefined || card !== undefined}
        />
      ) : null}
      {over ? (
        plans.items.length > 0 ? (
          <Section title={t('plansTitle')} text={t('plansText')}>
            <PlanList plans={plans.items} />
          </Section>
        ) : (
          <EmptyState icon="receipt" title={t('noPlans')}>
            {t('noPlansText')}
          </EmptyState>
        )
      ) : null}
      {cards.items.length > 0 || !over ? (
        <Section title={cardsText('title')} text={cardsText('text')}>
          <OwnCards initial={cards.items} setupId={card ?? null} justPaid={paid !== undefined} />
        </Section>
      ) : null}
    </ClientMessages>
  )
}
