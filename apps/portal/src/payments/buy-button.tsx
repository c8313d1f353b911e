'use client'
import { formatMoney, type Price } from '@azora/contracts/money.ts'
import { Button } from '@azora/ui/button.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { useLocale, useTranslations } from '../i18n/client.tsx'
import { ApiError, call } from '../lib/api.browser.ts'
import { PayFromWallet } from '../wallet/pay-from-wallet.tsx'

/** Opens the page on which a course is paid, at the price that is shown here and no other. */
export function BuyButton({
  courseId,
  prices,
  balances,
}: {
  courseId: string
  prices: Price[]
  /** What the buyer has in wallets. */
  balances: Price[]
}) {
  const t = useTranslations('pricing')
  const common = useTranslations('common')
  const locale = useLocale()
  const [at, setAt] = useState(0)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const price = prices[at] ?? (prices[0] as Price)
  const router = useRouter()
  // Who comes back from the payment page may find this page as they left it.
  useEffect(() => {
    const shown = ({ persisted }: PageTransitionEvent) => persisted && setBusy(false)
    addEventListener('pageshow', shown)
    return () => removeEventListener('pageshow', shown)
  }, [])
  const buy = async () => {
    setBusy(true)
    setFault(null)
    try {
      const order = await call('payments.startCheckout', { courseId, price })
      location.assign(order.checkoutUrl ?? `/account/payments/${order.id}`)
    } catch (failure) {
      setFault(failure instanceof ApiError ? failure.message : common('connectionLost'))
      setBusy(false)
      // The page has to show the new price, or the same is refused for ever.
      if (failure instanceof ApiError && failure.code === 'price_changed') router.refresh()
    }
  }
  return (
    <>
      {prices.length > 1 ? (
        <NativeSelect
          label={t('currency')}
          value={String(at)}
          onChange={({ target }) => setAt(Number(target.value))}
          options={prices.map((one, index) => ({ id: String(index), label: formatMoney(one, locale) }))}
        />
      ) : null}
      <Button size="large" onPress={buy} isPending={busy}>
        {busy ? t('opening') : t('buy', { price: formatMoney(price, locale) })}
      </Button>
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
      <PayFromWallet courseId={courseId} price={price} balances={balances} />
    </>
  )
}
