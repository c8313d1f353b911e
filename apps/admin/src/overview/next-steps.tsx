import { may } from '@azora/contracts/permissions.ts'
import { Icon } from '@azora/ui/icon.tsx'
import { useAccount } from '@azora/web/session/signed-in.tsx'
import { Link } from 'react-router'
import { useTranslations } from '../messages.ts'

const steps = [
  { name: 'invite', to: '/invitations?new=1', icon: 'mail', permission: 'people.manage' },
  { name: 'people', to: '/people', icon: 'people', permission: 'people.read' },
  { name: 'courses', to: '/courses', icon: 'book', permission: 'course.manage_all' },
  { name: 'settings', to: '/settings', icon: 'sliders', permission: 'organization.manage' },
] as const

/** Where an administrator most often goes from the first page. */
export function NextSteps() {
  const t = useTranslations('overview')
  const account = useAccount()
  const open = steps.filter(({ permission }) => may(account, permission))
  if (open.length === 0) return null
  return (
    <nav aria-label={t('steps')} className="grid gap-3 sm:grid-cols-2 xl:grid-cols-4">
      {open.map(({ name, to, icon }) => (
        <Link
          key={name}
          to={to}
          className="flex items-start gap-3.5 rounded-card border border-line bg-surface p-4 no-underline shadow-card transition-colors hover:border-accent"
        >
          <span className="grid size-10 shrink-0 place-items-center rounded-full bg-accent-soft text-accent-ink">
            <Icon name={icon} />
          </span>
          <span className="min-w-0">
            <span className="block font-semibold">{t(`step_${name}`)}</span>
            <span className="block text-sm text-muted">{t(`step_${name}Text`)}</span>
          </span>
        </Link>
      ))}
    </nav>
  )
}
