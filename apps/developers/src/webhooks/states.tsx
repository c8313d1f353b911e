import { Badge, type Tone } from '@azora/ui/badge.tsx'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { useTranslations } from '../messages.ts'

export type Webhook = OutputOf<'integrations.listWebhooks'>['items'][number]
export type Delivery = OutputOf<'integrations.listDeliveries'>['items'][number]

const webhookTones: Record<Webhook['status'], Tone> = {
  active: 'good',
  paused: 'neutral',
  failing: 'amber',
  disabled: 'bad',
}
const deliveryTones: Record<Delivery['status'], Tone> = { waiting: 'info', delivered: 'good', failed: 'bad' }

export function WebhookState({ status }: { status: Webhook['status'] }) {
  const t = useTranslations('webhooks')
  return <Badge tone={webhookTones[status]}>{t(`status_${status}`)}</Badge>
}

export function DeliveryState({ status }: { status: Delivery['status'] }) {
  const t = useTranslations('deliveries')
  return <Badge tone={deliveryTones[status]}>{t(`status_${status}`)}</Badge>
}
