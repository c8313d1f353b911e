'use client'
import { formatMoney, type Price } from '@azora/contracts/money.ts'
import { Button } from '@azora/ui/button.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { useLocale, useTranslations } from '../i18n/client.tsx'
import { ApiError, type OutputOf } from '../lib/api.browser.ts'
import { PayFromWallet } from '../wallet/pay-from-wallet.tsx'
import type { Applied } from './coupon-field.tsx'
import { type Goods, startCheckout } from './goods.ts'

// Few have a coupon, and its form needs more script than the rest of the page.
const CouponField = dynamic(() => import('./coupon-field.tsx').then(module => module.CouponField))

/** A price, and what it comes to for who reads this; null where that is not known, and only buying would tell. */
export type Way = { price: Price; quote: OutputOf<'payments.getQuote'> | null }

/** Opens the page on which a course or a bundle is paid, at the total that is shown here and no other. */
export function BuyButton({
  goods,
  ways,
  balances,
}: {
  goods: Goods
  ways: Way[]
  /** What the buyer has in wallets. */
  balances: Price[]
}) {
  const t = useTranslations('pricing')
  const common = useTranslations('common')
  const locale = useLocale()
  const [at, setAt] = useState(0)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const [typing, setTyping] = useState(false)
  const [applied, setApplied] = useState<Applied | null>(null)
  const { price, quote: plain } = ways[at] ?? (ways[0] as Way)
  const quote = applied?.quote ?? plain
  const total = quote?.total ?? price
  const coupon = applied?.code
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
      const order = await startCheckout(goods, { price, total, coupon })
      location.assign(order.checkoutUrl ?? `/account/payments/${order.id}`)
    } catch (failure) {
      setFault(failure instanceof ApiError ? failure.message : common('connectionLost'))
      setBusy(false)
      // The page has to show the new price, or the same is refused for ever.
      if (failure instanceof ApiError && (failure.code === 'price_changed' || 'bundleId' in goods)) {
        setApplied(null)
        router.refresh()
      }
    }
  }
  return (
    <>
      {ways.length > 1 ? (
        <NativeSelect
          label={t('currency')}
          value={String(at)}
          onChange={({ target }) => {
            setAt(Number(target.value))
            setApplied(null)
          }}
          options={ways.map((one, index) => ({ id: String(index), label: formatMoney(one.price, locale) }))}
        />
      ) : null}
      {!plain ? null : typing ? (
        <CouponField goods={goods} currency={price.currency} applied={applied} onApply={setApplied} />
      ) : (
        <Button variant="quiet" size="small" onPress={() => setTyping(true)}>
          {t('couponHave')}
        </Button>
      )}
      {quote?.taxName && quote.tax.amountMinor > 0 ? (
        <p className="text-sm text-muted">
          {t(quote.pricesIncludeTax ? 'taxWithin' : 'taxAdded', {
            tax: formatMoney(quote.tax, locale),
            name: quote.taxName,
          })}
        </p>
      ) : null}
      <Button size="large" onPress={buy} isPending={busy}>
        {busy
          ? t('opening')
          : total.amountMinor === 0
            ? t('getFree')
            : t('gift' in goods && goods.gift ? 'buyGift' : 'buy', { price: formatMoney(total, locale) })}
      </Button>
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
      <PayFromWallet goods={goods} price={price} total={total} coupon={coupon} balances={balances} />
    </>
  )
}
