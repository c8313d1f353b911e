import { NavLink } from 'react-router'
import { useTranslations } from '../messages.ts'

const parts = [
  { to: '/payments', text: 'orders' },
  { to: '/payments/subscriptions', text: 'subscriptions' },
  { to: '/payments/seats', text: 'seats' },
  { to: '/payments/requests', text: 'requests' },
  { to: '/payments/disputes', text: 'disputes' },
  { to: '/payments/invoices', text: 'invoices' },
  { to: '/payments/tax', text: 'tax' },
  { to: '/payments/reconciliation', text: 'reconciliation' },
  { to: '/payments/settings', text: 'settings' },
] as const

/** The pages about what the school sells. */
export function PaymentsNav() {
  const t = useTranslations('payments')
  return (
    <nav aria-label={t('title')} className="mb-6 flex gap-1 overflow-x-auto border-b border-line">
      {parts.map(({ to, text }) => (
        <NavLink
          key={to}
          to={to}
          end
          className={({ isActive }) =>
            `-mb-px whitespace-nowrap border-b-3 px-3 py-3 font-semibold hover:text-ink ${isActive ? 'border-accent text-accent-ink' : 'border-transparent text-muted'}`
          }
        >
          {t(text)}
        </NavLink>
      ))}
    </nav>
  )
}
