import { formatMoney } from '@azora/contracts/money.ts'
import { Badge } from '@azora/ui/badge.tsx'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { getLocale, getTranslations } from '../i18n/server.ts'

export type Wallet = OutputOf<'mint.listWallets'>['items'][number]

/** What is in each wallet; the one whose history is shown is marked, the others lead to theirs. */
export async function Balances({ wallets, chosen }: { wallets: Wallet[]; chosen: Wallet }) {
  const [t, locale] = await Promise.all([getTranslations('wallet'), getLocale()])
  const names = new Intl.DisplayNames(locale, { type: 'currency', fallback: 'code' })
  return (
    <ul className="grid gap-4 sm:grid-cols-2">
      {wallets.map(wallet => {
        const { id, balance, available, sandbox, currency } = wallet
        const isHeld = available.amountMinor < balance.amountMinor
        return (
          <li key={id}>
            <a
              href={`/account/wallet?wallet=${id}`}
              aria-current={id === chosen.id ? 'true' : undefined}
              className="flex h-full flex-col gap-1 rounded-card border border-line bg-surface p-5 text-ink no-underline hover:border-edge aria-[current=true]:border-accent aria-[current=true]:bg-accent-soft"
            >
              <span className="flex flex-wrap items-center justify-between gap-2 text-sm text-muted">
                {names.of(currency)}
                {sandbox ? <Badge tone="amber">{t('sandbox')}</Badge> : null}
              </span>
              <span className="text-3xl font-bold tabular-nums">{formatMoney(balance, locale)}</span>
              {isHeld ? (
                <span className="text-sm text-muted">
                  {t('available', { amount: formatMoney(available, locale) })}
                </span>
              ) : null}
            </a>
          </li>
        )
      })}
    </ul>
  )
}
