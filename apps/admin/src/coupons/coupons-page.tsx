import { formatMoney } from '@azora/contracts/money.ts'
import { may } from '@azora/contracts/permissions.ts'
import { Badge, type Tone } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import { ConfirmDialog } from '@azora/ui/confirm-dialog.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { ApiError } from '@azora/web/calls/failures.ts'
import { usePage } from '@azora/web/calls/use-page.ts'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { useAccount } from '@azora/web/session/signed-in.tsx'
import { useState } from 'react'
import { call } from '../api.ts'
import { EmptyList } from '../lists/empty-list.tsx'
import { List } from '../lists/list.tsx'
import { SearchField } from '../lists/search-field.tsx'
import { useFilters } from '../lists/use-filters.ts'
import { useTranslations } from '../messages.ts'
import { CouponDialog } from './coupon-dialog.tsx'
import { CouponCourses, CouponOff, CouponUses } from './coupon-texts.tsx'
import type { SchoolCoupon } from './school-coupon.ts'

const tones = {
  active: 'good',
  upcoming: 'info',
  expired: 'neutral',
  used_up: 'amber',
  ended: 'neutral',
} as const satisfies Record<string, Tone>
const states = ['active', 'upcoming', 'expired', 'used_up', 'ended'] as const
const stateOf = ({ state }: SchoolCoupon) => states.find(name => name === state) ?? 'ended'

/** The coupons of the school; who holds the office of finance makes and ends them here. */
export function CouponsPage() {
  const t = useTranslations('coupons')
  const common = useTranslations('common')
  const locale = useLocale()
  const say = useToast()
  const mayEdit = may(useAccount(), 'office:finance')
  const [isMaking, setMaking] = useState(false)
  const [ending, setEnding] = useState<SchoolCoupon | null>(null)
  const { values, set, clear, about, filtered } = useFilters(['q', 'state'])
  const state = states.find(name => name === values.state)
  const list = usePage(`coupons ${about}`, (cursor, signal) =>
    call('payments.listCoupons', { limit: 50, cursor, q: values.q, state }, { signal }),
  )
  const end = async ({ id }: SchoolCoupon) => {
    try {
      const ended = await call('payments.endCoupon', { couponId: id })
      const before = list.items.find(one => one.id === id)
      if (before) list.replace(one => one.id === id, { ...before, ...ended, state: 'ended' })
      say(t('ended'))
    } catch (failure) {
      say(failure instanceof ApiError ? failure.message : common('connectionLost'), 'error')
    }
  }
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        actions={mayEdit ? <Button onPress={() => setMaking(true)}>{t('new')}</Button> : null}
      />
      <div className="mb-4 grid max-w-2xl gap-4 sm:grid-cols-2">
        <SearchField label={t('search')} value={values.q ?? ''} onSearch={q => set({ q })} />
        <NativeSelect
          label={t('state')}
          value={state ?? ''}
          onChange={({ target }) => set({ state: target.value })}
          options={[{ id: '', label: t('all') }, ...states.map(id => ({ id, label: t(`state_${id}`) }))]}
        />
      </div>
      <List
        list={list}
        caption={t('title')}
        rowKey={coupon => coupon.id}
        columns={[
          {
            id: 'code',
            header: t('code'),
            rowHeader: true,
            cell: coupon => (
              <>
                <span className="break-all">{coupon.code}</span>
                <CouponOff coupon={coupon} />
              </>
            ),
          },
          { id: 'courses', header: t('courses'), cell: coupon => <CouponCourses coupon={coupon} /> },
          {
            id: 'state',
            header: t('state'),
            cell: coupon => <Badge tone={tones[stateOf(coupon)]}>{t(`state_${stateOf(coupon)}`)}</Badge>,
          },
          { id: 'uses', header: t('uses'), align: 'end', cell: coupon => <CouponUses coupon={coupon} /> },
          {
            id: 'tookOff',
            header: t('tookOff'),
            align: 'end',
            cell: ({ discounts }) =>
              discounts.length > 0
                ? discounts.map(discount => (
                    <span key={discount.currency} className="block">
                      {formatMoney(discount, locale)}
                    </span>
                  ))
                : t('nothing'),
          },
          {
            id: 'actions',
            header: t('actions'),
            headerHidden: true,
            align: 'end',
            cell: coupon =>
              mayEdit && coupon.endedAt === null ? (
                <Button
                  variant="secondary"
                  size="small"
                  aria-label={t('endOf', { code: coupon.code })}
                  onPress={() => setEnding(coupon)}
                >
                  {t('end')}
                </Button>
              ) : null,
          },
        ]}
        empty={
          <EmptyList filtered={filtered} clear={clear} icon="tag" title={t(filtered ? 'noMatch' : 'none')}>
            {t(filtered ? 'noMatchText' : 'noneText')}
          </EmptyList>
        }
      />
      {isMaking ? (
        <CouponDialog
          onClose={() => setMaking(false)}
          onMade={() => {
            setMaking(false)
            list.reload()
            say(t('made'))
          }}
        />
      ) : null}
      <ConfirmDialog
        isOpen={ending !== null}
        onOpenChange={() => setEnding(null)}
        title={t('endTitle', { code: ending?.code ?? '' })}
        confirmLabel={t('endConfirm')}
        cancelLabel={common('cancel')}
        danger
        onConfirm={async () => {
          if (ending) await end(ending)
        }}
      >
        {t('endText')}
      </ConfirmDialog>
    </>
  )
}
