import { formatMoney } from '@azora/contracts/money.ts'
import { may } from '@azora/contracts/permissions.ts'
import { Badge, type Tone } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { usePage } from '@azora/web/calls/use-page.ts'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { useAccount } from '@azora/web/session/signed-in.tsx'
import { useState } from 'react'
import { call } from '../api.ts'
import { EmptyList } from '../lists/empty-list.tsx'
import { List } from '../lists/list.tsx'
import { useTranslations } from '../messages.ts'
import { PlanDialog } from './plan-dialog.tsx'
import type { SchoolPlan } from './school-plan.ts'

const tones: Record<SchoolPlan['status'], Tone> = { draft: 'neutral', offered: 'good', retired: 'amber' }

/** What people can subscribe to; who holds the office of finance makes and offers plans here. */
export function PlansPage() {
  const t = useTranslations('plans')
  const locale = useLocale()
  const say = useToast()
  const mayEdit = may(useAccount(), 'office:finance')
  const [edited, setEdited] = useState<SchoolPlan | 'new' | null>(null)
  const [saves, setSaves] = useState(0)
  const list = usePage(`plans ${saves}`, async (_cursor, signal) => {
    const { items } = await call('payments.listSchoolPlans', {}, { signal })
    return { items, nextCursor: null }
  })
  const offer = async (plan: SchoolPlan) => {
    const status = plan.status === 'offered' ? 'retired' : 'offered'
    const changed = await call('payments.setPlanStatus', { planId: plan.id, status })
    list.replace(one => one.id === plan.id, changed)
    say(t(`done_${status}`))
  }
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        actions={mayEdit ? <Button onPress={() => setEdited('new')}>{t('new')}</Button> : null}
      />
      <List
        list={list}
        caption={t('title')}
        rowKey={plan => plan.id}
        columns={[
          { id: 'name', header: t('name'), rowHeader: true, cell: plan => plan.name },
          {
            id: 'status',
            header: t('status'),
            cell: plan => <Badge tone={tones[plan.status]}>{t(`status_${plan.status}`)}</Badge>,
          },
          {
            id: 'price',
            header: t('price'),
            align: 'end',
            cell: ({ prices, interval: { unit, count } }) =>
              prices.map(price => (
                <span key={price.currency} className="block">
                  {t(`each_${unit}`, { price: formatMoney(price, locale), count })}
                </span>
              )),
          },
          {
            id: 'courses',
            header: t('courses'),
            align: 'end',
            cell: ({ courses }) => courses.length.toLocaleString(locale),
          },
          {
            id: 'subscribers',
            header: t('subscribers'),
            align: 'end',
            cell: ({ subscribers }) => subscribers.toLocaleString(locale),
          },
          {
            id: 'actions',
            header: t('actions'),
            headerHidden: true,
            align: 'end',
            cell: plan =>
              mayEdit ? (
                <span className="flex flex-wrap justify-end gap-2">
                  <Button
                    variant="secondary"
                    size="small"
                    aria-label={t('editPlan', { plan: plan.name })}
                    onPress={() => setEdited(plan)}
                  >
                    {t('edit')}
                  </Button>
                  <Button
                    variant="secondary"
                    size="small"
                    aria-label={t(plan.status === 'offered' ? 'retirePlan' : 'offerPlan', {
                      plan: plan.name,
                    })}
                    onPress={() => offer(plan)}
                  >
                    {t(plan.status === 'offered' ? 'retire' : 'offer')}
                  </Button>
                </span>
              ) : null,
          },
        ]}
        empty={
          <EmptyList filtered={false} clear={() => {}} icon="receipt" title={t('none')}>
            {t('noneText')}
          </EmptyList>
        }
      />
      {edited ? (
        <PlanDialog
          plan={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
          onSaved={() => {
            setEdited(null)
            setSaves(count => count + 1)
            say(t('saved'))
          }}
        />
      ) : null}
    </>
  )
}
