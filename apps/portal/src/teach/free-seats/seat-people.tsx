'use client'
import { Button } from '@azora/ui/button.tsx'
import { ConfirmDialog } from '@azora/ui/confirm-dialog.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { usePage } from '@azora/web/calls/use-page.ts'
import { LoadFailed } from '@azora/web/shell/load-failed.tsx'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { ApiError, call, type OutputOf } from '../../lib/api.browser.ts'
import { PageButtons } from './page-buttons.tsx'
import type { SeatPool } from './seat-pool.ts'

type Seat = OutputOf<'payments.withdrawSeat'>
type SeatPeopleProps = { pool: SeatPool; onRevoked: (taken: number) => void }

/** Who was invited to seats and who has one. */
export function SeatPeople({ pool, onRevoked }: SeatPeopleProps) {
  const t = useTranslations('freeSeats')
  const common = useTranslations('common')
  const say = useToast()
  const [asked, setAsked] = useState<Seat | null>(null)
  const list = usePage(`people ${pool.id}`, (cursor, signal) =>
    call('payments.listSeats', { poolId: pool.id, cursor }, { signal }),
  )
  const { items, fault, loading, reload, next, previous } = list
  const nameOf = ({ holder, email }: Seat) => holder?.name || email || t('former')
  const revoke = async () => {
    if (!asked) return
    try {
      await call('payments.withdrawSeat', { poolId: pool.id, seatId: asked.id })
      say(t('revoked'))
      onRevoked(pool.taken - 1)
      reload()
    } catch (failure) {
      say(failure instanceof ApiError ? failure.message : common('connectionLost'), 'error')
    }
  }
  return (
    <section className="flex flex-col gap-2 border-t border-line pt-4">
      <h3 className="font-bold">{t('peopleTitle')}</h3>
      {fault ? <LoadFailed fault={fault} onRetry={reload} /> : null}
      {items.length === 0 && !loading && !fault ? <p className="text-muted">{t('people')}</p> : null}
      <ul className="flex flex-col divide-y divide-line">
        {items.map(seat => (
          <li key={seat.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
            <span className="min-w-0 flex-1 basis-40 wrap-anywhere">
              {nameOf(seat)}
              <span className="block text-sm text-muted">
                {t(seat.status === 'claimed' ? 'has' : 'waiting')}
                {seat.holder && seat.email ? ` · ${seat.email}` : ''}
              </span>
            </span>
            <Button
              variant="quiet"
              size="small"
              aria-label={t('revokeOf', { name: nameOf(seat) })}
              onPress={() => setAsked(seat)}
            >
              {t('revoke')}
            </Button>
          </li>
        ))}
      </ul>
      <PageButtons next={next} previous={previous} />
      <ConfirmDialog
        isOpen={asked !== null}
        onOpenChange={open => {
          if (!open) setAsked(null)
        }}
        title={t('revokeTitle')}
        confirmLabel={t('revoke')}
        cancelLabel={t('keep')}
        danger
        onConfirm={revoke}
      >
        {asked
          ? t(asked.status === 'claimed' ? 'revokeText' : 'revokeInvitedText', { name: nameOf(asked) })
          : null}
      </ConfirmDialog>
    </section>
  )
}
