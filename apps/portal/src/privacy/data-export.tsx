'use client'
import { Badge } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { ProgressBar } from '@azora/ui/progress-bar.tsx'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { useAction } from '@azora/web/calls/use-action.ts'
import { Moment } from '@azora/web/moment.tsx'
import { sizeText } from '@azora/web/size.ts'
import { useEffect, useState } from 'react'
import { useLocale, useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/account-api.browser.ts'
import { confirmIdentity } from '../lib/api.browser.ts'

type Export = NonNullable<OutputOf<'auth.getExport'>['export']>

const lookEveryMs = 2000
// A proof that ends while the browser sets out would answer with a refusal in place of the file.
const marginMs = 30_000

/** Asks for a copy of one's data, tells how far it is, and fetches it. */
export function DataExport({ last }: { last: Export | null }) {
  const t = useTranslations('privacy')
  const locale = useLocale()
  const { run, pending, fault } = useAction()
  const [shown, setShown] = useState(last)
  const [cancelled, setCancelled] = useState(false)
  const gathering = shown?.status === 'gathering'
  useEffect(() => {
    if (!gathering) return
    // What was asked before it ended is answered too late.
    let ended = false
    const timer = setInterval(() => {
      // The next look may succeed; an email tells in any case.
      call('auth.getExport', {}).then(
        ({ export: now }) => {
          if (!ended) setShown(now)
        },
        () => undefined,
      )
    }, lookEveryMs)
    return () => {
      ended = true
      clearInterval(timer)
    }
  }, [gathering])
  const ask = () =>
    run(async () => {
      setCancelled(false)
      setShown(await call('auth.requestExport', {}))
    })
  const cancel = (exportId: string) =>
    run(async () => {
      const { export: now } = await call('auth.cancelExport', { exportId })
      setShown(now)
      setCancelled(now === null)
    })
  const fetchIt = (id: string) =>
    run(async () => {
      const { stepUpUntil } = await call('auth.getSecurity', {})
      const proven = stepUpUntil !== null && Date.parse(stepUpUntil) > Date.now() + marginMs
      if (proven || (await confirmIdentity())) location.assign(`/api/v1/auth/me/export/${id}`)
    })
  return (
    <>
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
      <div role="status" className="flex flex-col gap-3 empty:-mt-4">
        {gathering ? <p>{t('gathering')}</p> : null}
        {cancelled && shown === null ? <p className="text-muted">{t('cancelled')}</p> : null}
        {shown?.status === 'expired' ? <p className="text-muted">{t('expired')}</p> : null}
        {shown?.status === 'ready' ? (
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Badge tone="good">
              {shown.bytes === null ? t('readyUnsized') : t('ready', { size: sizeText(locale, shown.bytes) })}
            </Badge>
            {shown.expiresAt ? (
              <span className="text-sm text-muted">
                {t('until')} <Moment time={shown.expiresAt} />
              </span>
            ) : null}
          </p>
        ) : null}
      </div>
      {gathering ? (
        <ProgressBar
          label={t('progress')}
          percent={(100 * shown.partsDone) / shown.partsTotal}
          note={t('parts', { done: shown.partsDone, total: shown.partsTotal })}
        />
      ) : null}
      <div className="flex flex-wrap gap-3">
        {shown?.status === 'ready' ? (
          <Button onPress={() => fetchIt(shown.id)} isPending={pending}>
            <Icon name="download" />
            {t('download')}
          </Button>
        ) : null}
        {gathering ? (
          <Button variant="secondary" onPress={() => cancel(shown.id)} isPending={pending}>
            {t('cancel')}
          </Button>
        ) : (
          <Button
            variant={shown?.status === 'ready' ? 'quiet' : 'secondary'}
            onPress={ask}
            isPending={pending}
          >
            {shown ? t('askAgain') : t('ask')}
          </Button>
        )}
      </div>
    </>
  )
}
