import { Button } from '@azora/ui/button.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { Spinner } from '@azora/ui/spinner.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { useAction } from '@azora/web/calls/use-action.ts'
import { Moment } from '@azora/web/moment.tsx'
import { useEffect, useRef, useState } from 'react'
import { call } from '../api.ts'
import { CodeBlock } from '../code/code-block.tsx'
import { useTranslations } from '../messages.ts'
import { DeliveryState } from './states.tsx'

type Whole = OutputOf<'integrations.getDelivery'>

/** JSON over lines; anything else as it is. */
function laidOut(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

/** One delivery: what was sent and what came back; it can be sent again. */
export function DeliveryDialog({
  deliveryId,
  onClose,
  onReplayed,
}: {
  deliveryId: string
  onClose: () => void
  onReplayed: () => void
}) {
  const t = useTranslations('deliveries')
  const common = useTranslations('common')
  const say = useToast()
  const { run, pending, fault } = useAction()
  const [delivery, setDelivery] = useState<Whole | null>(null)
  const latestRun = useRef(run)
  latestRun.current = run
  useEffect(() => {
    void latestRun.current(async () => setDelivery(await call('integrations.getDelivery', { deliveryId })))
  }, [deliveryId])
  const replay = () =>
    run(async () => {
      await call('integrations.replayDelivery', { deliveryId })
      say(t('replayed'))
      onReplayed()
      onClose()
    })
  return (
    <Dialog
      isOpen
      onOpenChange={open => !open && onClose()}
      title={delivery?.event ?? t('one')}
      closeLabel={common('close')}
    >
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
      {delivery ? (
        <>
          <p className="flex flex-wrap items-center gap-3 text-sm text-muted">
            <DeliveryState status={delivery.status} />
            <Moment time={delivery.lastAttemptAt ?? delivery.createdAt} precision="second" />
            <span>{t('attemptCount', { count: delivery.attempts })}</span>
          </p>
          <CodeBlock
            title={t('requestHeaders')}
            language="http"
            code={
              Object.entries(delivery.requestHeaders)
                .map(([name, value]) => `${name}: ${value}`)
                .join('\n') || '—'
            }
          />
          <CodeBlock title={t('requestBody')} language="json" code={laidOut(delivery.requestBody)} bounded />
          {delivery.responseStatus === null ? (
            <Notice tone={delivery.error ? 'error' : 'info'}>{delivery.error ?? t('noAnswer')}</Notice>
          ) : (
            <CodeBlock
              title={t('response', { status: delivery.responseStatus })}
              language="json"
              code={delivery.responseBody ? laidOut(delivery.responseBody) : t('noBody')}
              bounded
            />
          )}
          <Button onPress={replay} isPending={pending}>
            <Icon name="redo" />
            {t('replay')}
          </Button>
        </>
      ) : fault ? null : (
        <Spinner label={common('loading')} />
      )}
    </Dialog>
  )
}
