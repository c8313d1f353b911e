'use client'
import { Button } from '@azora/ui/button.tsx'
import { ConfirmDialog } from '@azora/ui/confirm-dialog.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { ApiError, call } from '../../lib/api.browser.ts'
import { InviteForm } from './invite-form.tsx'
import { SeatPeople } from './seat-people.tsx'
import { isOpen, type SeatPool } from './seat-pool.ts'
import { ShareLink } from './share-link.tsx'

type ManageSeatsProps = {
  pool: SeatPool
  /** Whether their end is offered: seats that are paid for are not given up by a press. */
  closable?: boolean
  onChanged: (pool: SeatPool) => void
  onClose: () => void
}

/** Some seats: the link for all, invitations, who has one, and their end. */
export function ManageSeats({ pool, closable = true, onChanged, onClose }: ManageSeatsProps) {
  const t = useTranslations('freeSeats')
  const common = useTranslations('common')
  const say = useToast()
  const [asks, setAsks] = useState(false)
  // What changed who is on the list.
  const [changes, setChanges] = useState(0)
  const changed = (now: SeatPool) => {
    setChanges(count => count + 1)
    onChanged(now)
  }
  const close = async () => {
    try {
      changed(await call('payments.closeSeatPool', { poolId: pool.id }))
      say(t('closedDone'))
    } catch (failure) {
      say(failure instanceof ApiError ? failure.message : common('connectionLost'), 'error')
    }
  }
  return (
    <Dialog isOpen onOpenChange={onClose} title={pool.name} closeLabel={common('close')}>
      <p className="text-muted">{t('taken', { taken: pool.taken, seats: pool.seats })}</p>
      {isOpen(pool) ? (
        <>
          <ShareLink pool={pool} onChanged={onChanged} />
          <InviteForm pool={pool} onInvited={changed} />
        </>
      ) : null}
      <SeatPeople key={changes} pool={pool} onRevoked={taken => onChanged({ ...pool, taken })} />
      {closable && isOpen(pool) ? (
        <div className="border-t border-line pt-4">
          <Button variant="danger" onPress={() => setAsks(true)}>
            {t('close')}
          </Button>
        </div>
      ) : null}
      <ConfirmDialog
        isOpen={asks}
        onOpenChange={setAsks}
        title={t('closeTitle')}
        confirmLabel={t('close')}
        cancelLabel={t('keep')}
        danger
        onConfirm={close}
      >
        {t('closeText')}
      </ConfirmDialog>
    </Dialog>
  )
}
