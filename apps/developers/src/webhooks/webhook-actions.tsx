import { Button } from '@azora/ui/button.tsx'
import { ConfirmDialog } from '@azora/ui/confirm-dialog.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { useAction } from '@azora/web/calls/use-action.ts'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'
import type { Webhook } from './states.tsx'

type WebhookActionsProps = {
  webhook: Webhook
  onEdit: () => void
  onSecret: (secret: string) => void
  onChanged: () => void
}

/** What can be done with a webhook as a whole. */
export function WebhookActions({ webhook, onEdit, onSecret, onChanged }: WebhookActionsProps) {
  const t = useTranslations('webhooks')
  const say = useToast()
  const navigate = useNavigate()
  const { run, pending, fault } = useAction()
  const [asked, setAsked] = useState<'rotate' | 'delete' | null>(null)
  const webhookId = webhook.id
  const runs = webhook.status === 'active' || webhook.status === 'failing'
  const toggle = () =>
    run(async () => {
      await call('integrations.saveWebhook', { webhookId, status: runs ? 'paused' : 'active' })
      say(t(runs ? 'pausedNow' : 'resumedNow'))
      onChanged()
    })
  const confirm = () =>
    run(async () => {
      if (asked === 'rotate') {
        onSecret((await call('integrations.rotateWebhookSecret', { webhookId })).secret)
      } else {
        await call('integrations.deleteWebhook', { webhookId })
        say(t('deleted'))
        await navigate('/webhooks')
      }
    })
  return (
    <>
      <p className="flex flex-wrap gap-3">
        <Button variant="secondary" onPress={onEdit}>
          <Icon name="edit" />
          {t('edit')}
        </Button>
        <Button variant="secondary" onPress={toggle} isPending={pending}>
          {t(runs ? 'pause' : 'resume')}
        </Button>
        <Button variant="secondary" onPress={() => setAsked('rotate')}>
          <Icon name="key" />
          {t('rotate')}
        </Button>
        <Button variant="danger" onPress={() => setAsked('delete')}>
          <Icon name="trash" />
          {t('delete')}
        </Button>
      </p>
      {fault ? (
        <div className="mt-4">
          <Notice tone="error" live>
            {fault}
          </Notice>
        </div>
      ) : null}
      <ConfirmDialog
        isOpen={asked !== null}
        onOpenChange={open => !open && setAsked(null)}
        title={t(asked === 'rotate' ? 'rotateTitle' : 'deleteTitle')}
        confirmLabel={t(asked === 'rotate' ? 'rotate' : 'delete')}
        cancelLabel={t('keep')}
        danger
        onConfirm={async () => void (await confirm())}
      >
        {t(asked === 'rotate' ? 'rotateText' : 'deleteText')}
      </ConfirmDialog>
    </>
  )
}
