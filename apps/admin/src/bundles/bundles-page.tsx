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
import { BundleDialog } from './bundle-dialog.tsx'
import type { SchoolBundle } from './school-bundle.ts'

const tones: Record<SchoolBundle['status'], Tone> = { draft: 'neutral', offered: 'good', retired: 'amber' }

/** Courses that are sold together; who holds the office of finance makes and offers bundles here. */
export function BundlesPage() {
  const t = useTranslations('bundles')
  const locale = useLocale()
  const say = useToast()
  const mayEdit = may(useAccount(), 'office:finance')
  const [edited, setEdited] = useState<SchoolBundle | 'new' | null>(null)
  const [saves, setSaves] = useState(0)
  const list = usePage(`bundles ${saves}`, async (_cursor, signal) => {
    const { items } = await call('payments.listSchoolBundles', {}, { signal })
    return { items, nextCursor: null }
  })
  const offer = async (bundle: SchoolBundle) => {
    const status = bundle.status === 'offered' ? 'retired' : 'offered'
    const changed = await call('payments.setBundleStatus', { bundleId: bundle.id, status })
    list.replace(one => one.id === bundle.id, changed)
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
        rowKey={bundle => bundle.id}
        columns={[
          { id: 'name', header: t('name'), rowHeader: true, cell: bundle => bundle.title },
          {
            id: 'status',
            header: t('status'),
            cell: bundle => <Badge tone={tones[bundle.status]}>{t(`status_${bundle.status}`)}</Badge>,
          },
          {
            id: 'price',
            header: t('price'),
            align: 'end',
            cell: ({ prices }) =>
              prices.map(price => (
                <span key={price.currency} className="block">
                  {formatMoney(price, locale)}
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
            id: 'sold',
            header: t('sold'),
            align: 'end',
            cell: ({ sold }) => sold.toLocaleString(locale),
          },
          {
            id: 'actions',
            header: t('actions'),
            headerHidden: true,
            align: 'end',
            cell: bundle =>
              mayEdit ? (
                <span className="flex flex-wrap justify-end gap-2">
                  <Button
                    variant="secondary"
                    size="small"
                    aria-label={t('editBundle', { bundle: bundle.title })}
                    onPress={() => setEdited(bundle)}
                  >
                    {t('edit')}
                  </Button>
                  <Button
                    variant="secondary"
                    size="small"
                    aria-label={t(bundle.status === 'offered' ? 'retireBundle' : 'offerBundle', {
                      bundle: bundle.title,
                    })}
                    onPress={() => offer(bundle)}
                  >
                    {t(bundle.status === 'offered' ? 'retire' : 'offer')}
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
        <BundleDialog
          bundle={edited === 'new' ? null : edited}
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
