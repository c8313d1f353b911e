'use client'
import { formatSeatCode } from '@azora/contracts/payments/seat-code.ts'
import { Card } from '@azora/ui/card.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import dynamic from 'next/dynamic'
import { useTranslations } from '../i18n/client.tsx'
import type { OutputOf } from '../lib/api.browser.ts'

// Most orders are no gifts, and most of the script is in these.
const CopyLink = dynamic(() => import('./copy-link.tsx').then(module => module.CopyLink))
const SendGift = dynamic(() => import('./send-gift.tsx').then(module => module.SendGift))

type GiftCardProps = { orderId: string; gift: OutputOf<'payments.getGift'> }

/** The code of a gift, to be handed on or sent by email, and what became of it. */
export function GiftCard({ orderId, gift }: GiftCardProps) {
  const t = useTranslations('gift')
  if (gift.state === 'redeemed')
    return (
      <Notice tone="success" title={t('redeemedTitle')}>
        {t('redeemedText')}
      </Notice>
    )
  if (gift.state === 'ended')
    return (
      <Notice tone="info" title={t('endedTitle')}>
        {t('endedText')}
      </Notice>
    )
  return (
    <Card as="section" className="flex flex-col gap-4">
      <div>
        <h2 className="text-xl font-bold">{t('title')}</h2>
        <p className="mt-1 text-muted">{t('text')}</p>
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <p className="font-mono text-lg">{formatSeatCode(gift.code)}</p>
        <CopyLink code={gift.code} copy={t('copy')} copied={t('copied')} />
      </div>
      <SendGift orderId={orderId} />
    </Card>
  )
}
