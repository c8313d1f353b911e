import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useAction } from '@azora/web/calls/use-action.ts'
import { useEffect, useRef, useState } from 'react'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'
import type { Delivery } from './states.tsx'

// An endpoint has fifteen seconds to answer; after a little more there is nothing to wait for.
const looks = 40
const betweenLooksMs = 500

/** Sends a message that says nothing, and tells how the endpoint took it. */
export function TestWebhook({ webhookId, onSent }: { webhookId: string; onSent: () => void }) {
  const t = useTranslations('webhooks')
  const { run, pending, fault } = useAction()
  const [result, setResult] = useState<Delivery | null>(null)
  const leaving = useRef(new AbortController())
  useEffect(() => {
    const controller = new AbortController()
    leaving.current = controller
    return () => controller.abort()
  }, [])
  const test = () =>
    run(async () => {
      setResult(null)
      const { signal } = leaving.current
      let delivery: Delivery = await call('integrations.testWebhook', { webhookId })
      for (let look = 0; look < looks && delivery.status === 'waiting' && !signal.aborted; look++) {
        await new Promise(resolve => setTimeout(resolve, betweenLooksMs))
        if (signal.aborted) return
        delivery = await call('integrations.getDelivery', { deliveryId: delivery.id })
      }
      if (signal.aborted) return
      setResult(delivery)
      onSent()
    })
  const took = result?.durationMs ?? 0
  return (
    <section className="mt-8 flex flex-col items-start gap-3">
      <h2 className="text-lg font-bold">{t('test')}</h2>
      <p className="max-w-2xl text-muted">{t('testText')}</p>
      <Button variant="secondary" onPress={test} isPending={pending}>
        <Icon name="forward" />
        {t('sendTest')}
      </Button>
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
      {result ? (
        <Notice
          tone={result.status === 'delivered' ? 'success' : result.status === 'failed' ? 'error' : 'info'}
          live
        >
          {result.status === 'waiting'
            ? t('testWaits')
            : result.responseStatus === null
              ? t('testSilent', { error: result.error ?? '' })
              : t(result.status === 'delivered' ? 'testArrived' : 'testRefused', {
                  status: result.responseStatus,
                  ms: took,
                })}
        </Notice>
      ) : null}
    </section>
  )
}
