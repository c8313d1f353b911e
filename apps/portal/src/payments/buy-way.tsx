import { formatMoney, type Price } from '@azora/contracts/money.ts'
import { Badge } from '@azora/ui/badge.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { ClientMessages } from '../i18n/client-messages.tsx'
import { getLocale, getTranslations } from '../i18n/server.ts'
import { api, unless } from '../lib/api.server.ts'
import { currentAccount } from '../lib/session.server.ts'
import { BuyButton, type Way } from './buy-button.tsx'
import type { Goods } from './goods.ts'
import { priceFor } from './price-for.ts'

/** Each price with what it comes to for the reader, tax and all; null where that cannot be said now. */
async function quoted(goods: Goods, prices: Price[]): Promise<Way[]> {
  const { payments } = await api()
  const quoteIn = (currency: string) =>
    'bundleId' in goods
      ? payments.getBundleQuote({ bundleId: goods.bundleId, currency })
      : payments.getQuote({ courseId: goods.courseId, currency })
  return Promise.all(
    prices.map(async price => ({
      price,
      quote: await unless(
        quoteIn(price.currency),
        'price_changed',
        'not_found',
        'conflict',
        'unavailable',
        'internal',
      ),
    })),
  )
}

/** What a course or a bundle costs, and the way to buy it: at once for who is signed in, after signing in for others. */
export async function BuyWay({ goods, prices, path }: { goods: Goods; prices: Price[]; path: string }) {
  const [t, locale, account] = await Promise.all([getTranslations('pricing'), getLocale(), currentAccount()])
  const price = priceFor(prices, locale)
  if (!price) return null
  const settings = account
    ? await unless((await api()).payments.getPaymentSettings(), 'unavailable', 'internal')
    : null
  const balances = settings ? await balancesOf(settings.sandbox) : []
  const ways = account ? await quoted(goods, [price, ...prices.filter(other => other !== price)]) : []
  const after = `next=${encodeURIComponent(path)}`
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="text-2xl font-bold">{formatMoney(price, locale)}</span>
        {settings?.sandbox ? <Badge tone="amber">{t('sandbox')}</Badge> : null}
      </p>
      {account ? (
        <ClientMessages of={['pricing', 'walletPay']}>
          <BuyButton goods={goods} ways={ways} balances={balances} />
        </ClientMessages>
      ) : (
        <>
          <LinkButton href={`/signup?${after}`} size="large">
            {t('signUpToBuy')}
          </LinkButton>
          <LinkButton href={`/signin?${after}`} variant="quiet">
            {t('signInToBuy')}
          </LinkButton>
        </>
      )}
      <p className="text-sm text-muted max-lg:hidden">{t('secure')}</p>
    </>
  )
}

/** What the reader has in wallets to pay with; nothing while that cannot be asked. */
async function balancesOf(sandbox: boolean): Promise<Price[]> {
  const wallets = await unless((await api()).mint.listWallets(), 'unavailable', 'internal')
  return (wallets?.items ?? []).filter(one => one.sandbox === sandbox).map(({ available }) => available)
}
