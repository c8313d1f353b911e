import type { order as orderShape } from '@azora/contracts/payments/shapes.ts'
import { Badge, type Tone } from '@azora/ui/badge.tsx'
import type { z } from 'zod'
import { getTranslations } from '../i18n/server.ts'

export type Order = z.infer<typeof orderShape>

const tones: Record<Order['status'], Tone> = {
  open: 'amber',
  paid: 'good',
  expired: 'neutral',
  refunded: 'info',
}

/** How an order stands, and whether its money was none. */
export async function OrderBadges({ order }: { order: Order }) {
  const t = await getTranslations('orders')
  return (
    <>
      {order.gift ? <Badge tone="accent">{t('gift')}</Badge> : null}
      {order.sandbox ? <Badge tone="amber">{t('sandbox')}</Badge> : null}
      <Badge tone={tones[order.status]}>{t(`status_${order.status}`)}</Badge>
    </>
  )
}
