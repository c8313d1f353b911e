import { formatMoney } from '@azora/contracts/money.ts'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'
import { OffersPage } from '../offers/offers-page.tsx'
import { BundleDialog } from './bundle-dialog.tsx'
import type { SchoolBundle } from './school-bundle.ts'

/** Courses that are sold together. */
export function BundlesPage() {
  const t = useTranslations('bundles')
  const locale = useLocale()
  return (
    <OffersPage<SchoolBundle>
      name="bundles"
      texts={{
        title: t('title'),
        text: t('text'),
        new: t('new'),
        saved: t('saved'),
        done_offered: t('done_offered'),
        done_retired: t('done_retired'),
        taken: t('sold'),
        none: t('none'),
        noneText: t('noneText'),
      }}
      read={signal => call('payments.listSchoolBundles', {}, { signal })}
      setStatus={({ id }, status) => call('payments.setBundleStatus', { bundleId: id, status })}
      nameOf={({ title }) => title}
      priceText={price => formatMoney(price, locale)}
      takenBy={({ sold }) => sold}
      dialog={({ offer, ...close }) => <BundleDialog bundle={offer} {...close} />}
    />
  )
}
