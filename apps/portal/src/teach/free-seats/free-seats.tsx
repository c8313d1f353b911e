'use client'
import { Badge } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import { Card } from '@azora/ui/card.tsx'
import { usePage } from '@azora/web/calls/use-page.ts'
import { LoadFailed } from '@azora/web/shell/load-failed.tsx'
import { useTimeZone } from '@azora/web/time-zone.ts'
import { useState } from 'react'
import { useLocale, useTranslations } from '../../i18n/client.tsx'
import { call } from '../../lib/api.browser.ts'
import { ManageSeats } from './manage-seats.tsx'
import { NewSeats } from './new-seats.tsx'
import { PageButtons } from './page-buttons.tsx'
import { isOpen, type SeatPool } from './seat-pool.ts'

/** The free seats of a course: those that were given, and others. */
export function FreeSeats({ courseId }: { courseId: string }) {
  const t = useTranslations('freeSeats')
  const [managed, setManaged] = useState<SeatPool | null>(null)
  const list = usePage(`seats ${courseId}`, (cursor, signal) =>
    call('payments.listSeatPools', { courseId, cursor }, { signal }),
  )
  const { items, fault, reload, next, previous } = list
  if (fault) return <LoadFailed fault={fault} onRetry={reload} />
  return (
    <Card as="section" className="flex flex-col gap-5">
      <div>
        <h2 className="text-xl font-bold">{t('title')}</h2>
        <p className="mt-1 text-muted">{t('text')}</p>
      </div>
      {items.length > 0 ? (
        <ul className="flex flex-col divide-y divide-line">
          {items.map(pool => (
            <PoolLine key={pool.id} pool={pool} onManage={() => setManaged(pool)} />
          ))}
        </ul>
      ) : null}
      <PageButtons next={next} previous={previous} />
      <NewSeats courseId={courseId} onMade={reload} />
      {managed ? (
        <ManageSeats
          pool={managed}
          onChanged={pool => {
            setManaged(pool)
            list.replace(one => one.id === pool.id, pool)
          }}
          onClose={() => setManaged(null)}
        />
      ) : null}
    </Card>
  )
}

function PoolLine({ pool, onManage }: { pool: SeatPool; onManage: () => void }) {
  const t = useTranslations('freeSeats')
  const locale = useLocale()
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: useTimeZone() })
  const { name, taken, seats, endsAt, closedAt } = pool
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
      <span className="min-w-0 flex-1 basis-48 wrap-anywhere">
        <span className="font-semibold">{name}</span>{' '}
        {isOpen(pool) ? null : <Badge tone="neutral">{t(closedAt ? 'closed' : 'over')}</Badge>}
        <span className="block text-sm text-muted">
          {t('taken', { taken, seats })}
          {endsAt ? ` · ${t('until', { day: day.format(new Date(endsAt)) })}` : ''}
        </span>
      </span>
      <Button variant="secondary" size="small" aria-label={t('manageOf', { name })} onPress={onManage}>
        {t('manage')}
      </Button>
    </li>
  )
}
