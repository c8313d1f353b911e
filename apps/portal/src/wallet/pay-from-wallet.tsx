'use client'
import { formatMoney, type Price } from '@azora/contracts/money.ts'
import { Button } from '@azora/ui/button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useAction } from '@azora/web/calls/use-action.ts'
import { useLocale, useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/api.browser.ts'
import { type Goods, startCheckout } from '../payments/goods.ts'

type Props = {
  goods: Goods
  price: Price
  /** What it comes to with tax and less a coupon, as it is shown. */
  total: Price
  coupon: string | undefined
  /** What the wallets have, one for each currency. */
  balances: readonly Price[]
}

/** Pays a course or a bundle from the wallet, where it has enough. */
export function PayFromWallet({ goods, price, total, coupon, balances }: Props) {
  const t = useTranslations('walletPay')
  const locale = useLocale()
  const { run, pending, fault } = useAction()
  const balance = balances.find(({ currency }) => currency === total.currency)
  // What costs nothing is not paid.
  if (!balance || total.amountMinor === 0 || balance.amountMinor < total.amountMinor) return null
  const pay = () =>
    run(async () => {
      const order = await startCheckout(goods, { price, total, coupon, from: 'wallet' })
      if (order.status === 'open') await call('payments.payFromWallet', { orderId: order.id })
      location.assign(`/account/payments/${order.id}?paid`)
    })
  return (
    <>
      <Button size="large" variant="secondary" onPress={pay} isPending={pending}>
        {pending ? t('paying') : t('pay', { price: formatMoney(total, locale) })}
      </Button>
      <p className="text-sm text-muted">{t('balance', { balance: formatMoney(balance, locale) })}</p>
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
    </>
  )
}
