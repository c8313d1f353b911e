import { useLocale } from '@azora/web/i18n/client.tsx'
import { amountText } from './amount-text.ts'

/** A sum of the ledger, in its currency; nothing for zero where `hideZero`. */
export function Amount({ of, currency, hideZero }: { of: string; currency: string; hideZero?: boolean }) {
  const locale = useLocale()
  if (hideZero && BigInt(of) === 0n) return null
  return <span className="whitespace-nowrap tabular-nums">{amountText(of, currency, locale)}</span>
}
