import { ClientMessages } from '../i18n/client-messages.tsx'
import { api, unless } from '../lib/api.server.ts'
import { GiftCard } from './gift-card.tsx'

/** The gift of an order; nothing until it is paid. */
export async function Gift({ orderId }: { orderId: string }) {
  const gift = await unless((await api()).payments.getGift({ orderId }), 'not_found')
  if (!gift) return null
  return (
    <ClientMessages of={['gift']}>
      <GiftCard orderId={orderId} gift={gift} />
    </ClientMessages>
  )
}
