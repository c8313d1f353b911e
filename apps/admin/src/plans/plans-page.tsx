import { formatMoney } from '@azora/contracts/money.ts'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'
import { OffersPage } from '../offers/offers-page.tsx'
import { PlanDialog } from './plan-dialog.tsx'
import type { SchoolPlan } from './school-plan.ts'

/** What people can subscribe to. */
export function PlansPage() {
  const t = useTranslations('plans')
  const locale = useLocale()
  return (
    <OffersPage<SchoolPlan>
      name="plans"
      texts={{
        title: t('title'),
        text: t('text'),
        new: t('new'),
        saved: t('saved'),
        done_offered: t('done_offered'),
        done_retired: t('done_retired'),
        taken: t('subscribers'),
        none: t('none'),
        noneText: t('noneText'),
      }}
      read={signal => call('payments.listSchoolPlans', {}, { signal })}
      setStatus={({ id }, status) => call('payments.setPlanStatus', { planId: id, status })}
      nameOf={({ name }) => name}
      priceText={(price, { interval: { unit, count } }) =>
        t(`each_${unit}`, { price: formatMoney(price, locale), count })
      }
      takenBy={({ subscribers }) => subscribers}
      dialog={({ offer, ...close }) => <PlanDialog plan={offer} {...close} />}
    />
  )
}
