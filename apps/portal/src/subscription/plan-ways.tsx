import { LinkButton } from '@azora/ui/link-button.tsx'
import { getLocale, getTranslations } from '../i18n/server.ts'
import { api, unless } from '../lib/api.server.ts'
import { priceFor } from '../payments/price-for.ts'
import { planPrice } from './plan-price.ts'

/** The plans that open a course, beside its price. Nothing where there is none. */
export async function PlanWays({ courseId }: { courseId: string }) {
  const [t, locale, client] = await Promise.all([getTranslations('subscription'), getLocale(), api()])
  const plans = await unless(client.payments.listPlans({ courseId }), 'unavailable', 'internal')
  if (!plans?.items.length) return null
  return (
    <section className="flex flex-col gap-2 border-t border-line pt-4">
      <h2 className="font-semibold">{t('inPlans')}</h2>
      <ul className="flex flex-col gap-1 text-sm">
        {plans.items.map(plan => {
          const price = priceFor(plan.prices, locale)
          return price ? (
            <li key={plan.id}>
              {t('inPlan', { plan: plan.name, price: planPrice(t, price, plan.interval, locale) })}
            </li>
          ) : null
        })}
      </ul>
      <LinkButton href="/account/subscription" variant="secondary">
        {t('seePlans')}
      </LinkButton>
    </section>
  )
}
