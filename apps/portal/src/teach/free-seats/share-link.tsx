'use client'
import { formatSeatCode } from '@azora/contracts/payments/seat-code.ts'
import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { ApiError, call } from '../../lib/api.browser.ts'
import { CopyLink } from '../../seats/copy-link.tsx'
import type { SeatPool } from './seat-pool.ts'

/** The link by which anyone takes a seat, until all are taken. */
export function ShareLink({ pool, onChanged }: { pool: SeatPool; onChanged: (pool: SeatPool) => void }) {
  const t = useTranslations('freeSeats')
  const common = useTranslations('common')
  const say = useToast()
  const [busy, setBusy] = useState(false)
  const make = async () => {
    setBusy(true)
    try {
      onChanged(await call('payments.shareSeatPool', { poolId: pool.id }))
    } catch (failure) {
      say(failure instanceof ApiError ? failure.message : common('connectionLost'), 'error')
    }
    setBusy(false)
  }
  return (
    <section className="flex flex-col gap-3">
      <div>
        <h3 className="font-bold">{t('linkTitle')}</h3>
        <p className="text-sm text-muted">{t('linkText')}</p>
      </div>
      {pool.code ? (
        <>
          <p className="font-mono">{formatSeatCode(pool.code)}</p>
          <div className="flex flex-wrap gap-3">
            <CopyLink code={pool.code} copy={t('copy')} copied={t('copied')} />
            <Button variant="quiet" onPress={make} isPending={busy}>
              <Icon name="refresh" />
              {t('linkNew')}
            </Button>
          </div>
          <p className="text-sm text-muted">{t('linkNewText')}</p>
        </>
      ) : (
        <div>
          <Button variant="secondary" onPress={make} isPending={busy}>
            <Icon name="link" />
            {t('linkMake')}
          </Button>
        </div>
      )}
    </section>
  )
}
