import { formatMoney, type Price } from '@azora/contracts/money.ts'
import { useLocale } from '@azora/web/i18n/client.tsx'

/** Amounts in several currencies, one below the other. */
export function Amounts({ of, none }: { of: readonly Price[]; none: string }) {
  const locale = useLocale()
  if (of.length === 0) return <span className="text-muted">{none}</span>
  return of.map(amount => (
    <span key={amount.currency} className="block">
      {formatMoney(amount, locale)}
    </span>
  ))
}
