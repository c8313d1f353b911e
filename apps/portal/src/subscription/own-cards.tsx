'use client'
import { Badge } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useEffect, useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/account-api.browser.ts'
import { ApiError, type OutputOf } from '../lib/api.browser.ts'

type SavedCard = OutputOf<'payments.listCards'>['items'][number]

type OwnCardsProps = {
  initial: SavedCard[]
  /** The page on which a card was just left; null for none. */
  setupId: string | null
  /** Whether its owner has just come back from paying with a card. */
  justPaid: boolean
}

/** The saved cards of a person: which one is charged, and the way to add and to remove one. */
export function OwnCards({ initial, setupId, justPaid }: OwnCardsProps) {
  const t = useTranslations('cards')
  const common = useTranslations('common')
  const [cards, setCards] = useState(initial)
  const [busy, setBusy] = useState<string | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  useEffect(() => {
    if (!setupId && !justPaid) return
    // What the page shows is from before the card was known to be there.
    const settled = setupId
      ? call('payments.checkCardSetup', { setupId })
      : call('payments.checkSubscription', {})
    settled
      .then(() => call('payments.listCards', {}))
      .then(({ items }) => setCards(items))
      .catch(() => {})
  }, [setupId, justPaid])
  const does = async (what: string, work: () => Promise<unknown>) => {
    setBusy(what)
    setFault(null)
    try {
      await work()
      setCards((await call('payments.listCards', {})).items)
    } catch (failure) {
      setFault(failure instanceof ApiError ? failure.message : common('connectionLost'))
    }
    setBusy(null)
  }
  const add = async () => {
    const { checkoutUrl } = await call('payments.addCard', {})
    if (checkoutUrl) location.assign(checkoutUrl)
  }
  return (
    <div className="flex flex-col gap-4">
      {cards.length === 0 ? <p className="text-muted">{t('none')}</p> : null}
      <ul className="divide-y divide-line">
        {cards.map(card => {
          const named = t('named', { brand: card.brand, last4: card.last4 })
          return (
            <li key={card.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
              <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <span className="font-medium">{named}</span>
                <span className="text-sm text-muted">
                  {t('expires', {
                    month: String(card.expMonth).padStart(2, '0'),
                    year: String(card.expYear),
                  })}
                </span>
                {card.isDefault ? <Badge tone="good">{t('default')}</Badge> : null}
              </p>
              <p className="flex flex-wrap gap-2">
                {card.isDefault ? null : (
                  <Button
                    variant="secondary"
                    size="small"
                    aria-label={t('makeDefault', { card: named })}
                    isDisabled={busy !== null}
                    onPress={() => does(card.id, () => call('payments.setDefaultCard', { cardId: card.id }))}
                  >
                    {t('use')}
                  </Button>
                )}
                <Button
                  variant="quiet"
                  size="small"
                  aria-label={t('removeCard', { card: named })}
                  isDisabled={busy !== null}
                  onPress={() => does(card.id, () => call('payments.removeCard', { cardId: card.id }))}
                >
                  {t('remove')}
                </Button>
              </p>
            </li>
          )
        })}
      </ul>
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
      <p>
        <Button variant="secondary" isPending={busy === 'add'} onPress={() => does('add', add)}>
          {t('add')}
        </Button>
      </p>
    </div>
  )
}
