import { useTranslations } from '../messages.ts'
import { PartNav } from '../shell/part-nav.tsx'

const parts = [
  { to: '/payments', text: 'orders' },
  { to: '/payments/subscriptions', text: 'subscriptions' },
  { to: '/payments/seats', text: 'seats' },
  { to: '/payments/requests', text: 'requests' },
  { to: '/payments/disputes', text: 'disputes' },
  { to: '/payments/invoices', text: 'invoices' },
  { to: '/payments/tax', text: 'tax' },
  { to: '/payments/reconciliation', text: 'reconciliation' },
  { to: '/payments/exchange-rates', text: 'exchangeRates' },
  { to: '/payments/settings', text: 'settings' },
] as const

/** The pages about what the school sells. */
export function PaymentsNav() {
  const t = useTranslations('payments')
  return <PartNav label={t('title')} parts={parts.map(({ to, text }) => ({ to, text: t(text) }))} />
}
