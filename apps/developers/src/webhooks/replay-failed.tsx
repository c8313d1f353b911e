import { Button } from '@azora/ui/button.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { Radio, RadioGroup } from '@azora/ui/radio-group.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { useAction } from '@azora/web/calls/use-action.ts'
import { useState } from 'react'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'

const spans = { '1': 3_600_000, '24': 86_400_000, '168': 7 * 86_400_000, '720': 30 * 86_400_000 } as const
type Span = keyof typeof spans

/** Sends everything again that failed since a moment, such as after an outage of the endpoint. */
export function ReplayFailed({ webhookId, onReplayed }: { webhookId: string; onReplayed: () => void }) {
  const t = useTranslations('deliveries')
  const common = useTranslations('common')
  const say = useToast()
  const { run, pending, fault } = useAction()
  const [open, setOpen] = useState(false)
  const [span, setSpan] = useState<Span>('24')
  const replay = () =>
    run(async () => {
      const since = new Date(Date.now() - spans[span]).toISOString()
      const { replayed } = await call('integrations.replayFailed', { webhookId, since })
      setOpen(false)
      say(t('replayedCount', { count: replayed }))
      onReplayed()
    })
  return (
    <>
      <Button variant="secondary" onPress={() => setOpen(true)}>
        <Icon name="redo" />
        {t('replayFailed')}
      </Button>
      <Dialog isOpen={open} onOpenChange={setOpen} title={t('replayFailed')} closeLabel={common('close')}>
        <p>{t('replayFailedText')}</p>
        {fault ? (
          <Notice tone="error" live>
            {fault}
          </Notice>
        ) : null}
        <RadioGroup label={t('since')} value={span} onChange={value => setSpan(value as Span)}>
          {(Object.keys(spans) as Span[])
            .sort((a, b) => spans[a] - spans[b])
            .map(id => (
              <Radio key={id} value={id}>
                {t(`since_${id}`)}
              </Radio>
            ))}
        </RadioGroup>
        <Button onPress={replay} isPending={pending}>
          {t('replayNow')}
        </Button>
      </Dialog>
    </>
  )
}
