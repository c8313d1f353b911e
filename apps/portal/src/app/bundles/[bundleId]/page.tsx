import { formatMoney, type Price, sum } from '@azora/contracts/money.ts'
import { Badge } from '@azora/ui/badge.tsx'
import { Breadcrumbs } from '@azora/ui/breadcrumbs.tsx'
import { Card } from '@azora/ui/card.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import type { Metadata } from 'next'
import { cache } from 'react'
import { getLocale, getTranslations } from '../../../i18n/server.ts'
import { api, need } from '../../../lib/api.server.ts'
import { BuyWay } from '../../../payments/buy-way.tsx'
import { priceFor } from '../../../payments/price-for.ts'

type Props = { params: Promise<{ bundleId: string }> }

const pathOf = (bundleId: string) => `/bundles/${encodeURIComponent(bundleId)}`
const bundleOf = cache(async (bundleId: string) =>
  need((await api()).payments.getBundle({ bundleId }), pathOf(bundleId)),
)
type Bundle = Awaited<ReturnType<typeof bundleOf>>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { title, description } = await bundleOf((await params).bundleId)
  return { title, description }
}

/** What a bundle opens, what that costs one by one, and the way to buy all of it. */
export default async function BundlePage({ params }: Props) {
  const bundle = await bundleOf((await params).bundleId)
  const [t, common, catalogue, locale] = await Promise.all([
    getTranslations('bundle'),
    getTranslations('common'),
    getTranslations('catalogue'),
    getLocale(),
  ])
  const shown = priceFor(bundle.prices, locale)
  const saved = shown ? savedBy(bundle, shown) : null
  const hasAll = bundle.owned.length === bundle.courses.length
  const titles = bundle.courses.filter(({ courseId }) => bundle.owned.includes(courseId))
  return (
    <div className="page-width grid gap-x-12 gap-y-8 pt-6 lg:grid-cols-[minmax(0,1fr)_21rem]">
      <div className="flex min-w-0 flex-col gap-4">
        <Breadcrumbs
          label={common('breadcrumbs')}
          items={[{ label: catalogue('title'), href: '/courses' }, { label: bundle.title }]}
        />
        <h1 className="text-display font-bold wrap-anywhere">{bundle.title}</h1>
        {bundle.description ? (
          <p className="max-w-2xl text-lg whitespace-pre-line text-muted wrap-anywhere">
            {bundle.description}
          </p>
        ) : null}
        <section aria-labelledby="courses" className="mt-4">
          <h2 id="courses" className="mb-3 text-2xl font-bold">
            {t('count', { count: bundle.courses.length })}
          </h2>
          <ul className="flex flex-col divide-y divide-line">
            {bundle.courses.map(({ courseId, title, prices }) => {
              const price = prices.find(({ currency }) => currency === shown?.currency)
              return (
                <li key={courseId} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-3">
                  <a
                    href={`/courses/${courseId}`}
                    className="me-auto min-w-0 py-1 text-accent-ink underline underline-offset-4 wrap-anywhere"
                  >
                    {title}
                  </a>
                  {bundle.owned.includes(courseId) ? <Badge tone="good">{t('yours')}</Badge> : null}
                  <span className="ms-auto tabular-nums">{price ? formatMoney(price, locale) : '–'}</span>
                </li>
              )
            })}
          </ul>
        </section>
      </div>
      <aside>
        <Card className="flex flex-col gap-4 lg:sticky lg:top-20">
          {saved ? (
            <p className="text-sm text-muted">
              {t('alone', {
                total: formatMoney(saved.alone, locale),
                saved: formatMoney(saved.less, locale),
              })}
            </p>
          ) : null}
          {hasAll ? (
            <>
              <Notice tone="success">{t('hasAll')}</Notice>
              <LinkButton href="/learn">{t('toLearning')}</LinkButton>
            </>
          ) : bundle.available ? (
            <>
              {titles.length > 0 ? (
                <Notice tone="warning" title={t('hasSome')}>
                  <ul className="list-disc ps-5">
                    {titles.map(({ courseId, title }) => (
                      <li key={courseId} className="wrap-anywhere">
                        {title}
                      </li>
                    ))}
                  </ul>
                  <p className="mt-2">{t('samePrice')}</p>
                </Notice>
              ) : null}
              <BuyWay
                goods={{ bundleId: bundle.id, version: bundle.version }}
                prices={bundle.prices}
                path={pathOf(bundle.id)}
              />
            </>
          ) : (
            <Notice>{t('notSold')}</Notice>
          )}
        </Card>
      </aside>
    </div>
  )
}

/** What the courses cost one by one, and how much less all of them are; null unless each has a price and it is less. */
function savedBy({ courses }: Bundle, price: Price): { alone: Price; less: Price } | null {
  const { currency, amountMinor } = price
  const prices = courses.flatMap(course => course.prices.filter(one => one.currency === currency))
  const alone = sum(prices, currency)
  if (prices.length < courses.length || alone.amountMinor <= amountMinor) return null
  return { alone, less: { amountMinor: alone.amountMinor - amountMinor, currency } }
}
