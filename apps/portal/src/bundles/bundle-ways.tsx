import { formatMoney } from '@azora/contracts/money.ts'
import { getLocale, getTranslations } from '../i18n/server.ts'
import { api, unless } from '../lib/api.server.ts'
import { priceFor } from '../payments/price-for.ts'

/** The bundles that a course is in, as links; all that are offered, without a course. Nothing where there is none. */
export async function BundleWays({ courseId }: { courseId?: string }) {
  const [t, locale, client] = await Promise.all([getTranslations('bundle'), getLocale(), api()])
  const bundles = await unless(client.payments.listBundles({ courseId }), 'unavailable', 'internal')
  if (!bundles?.items.length) return null
  return (
    <section className={courseId ? 'flex flex-col gap-2 border-t border-line pt-4' : 'mb-8'}>
      <h2 className={courseId ? 'font-semibold' : 'mb-3 text-xl font-bold'}>
        {t(courseId ? 'inBundles' : 'all')}
      </h2>
      <ul className="flex flex-col gap-1 text-sm">
        {bundles.items.map(({ id, title, prices, courses }) => {
          const price = priceFor(prices, locale)
          return (
            <li key={id} className="flex flex-wrap gap-x-3">
              <a
                href={`/bundles/${id}`}
                className="min-w-0 py-1 text-accent-ink underline underline-offset-4 wrap-anywhere"
              >
                {title}
              </a>
              <span className="py-1 text-muted">
                {t('count', { count: courses.length })}
                {price ? `, ${formatMoney(price, locale)}` : null}
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
