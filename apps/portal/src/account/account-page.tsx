import { EmptyState } from '@azora/ui/empty-state.tsx'
import { Icon, type IconName } from '@azora/ui/icon.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import type { ReactNode } from 'react'
import { getTranslations } from '../i18n/server.ts'
import { requireAccount } from '../lib/session.server.ts'

const parts = [
  { id: 'profile', path: '/account', icon: 'person' },
  { id: 'security', path: '/account/security', icon: 'shield' },
  { id: 'sessions', path: '/account/sessions', icon: 'overview' },
  { id: 'payments', path: '/account/payments', icon: 'receipt' },
  { id: 'subscription', path: '/account/subscription', icon: 'refresh' },
  { id: 'wallet', path: '/account/wallet', icon: 'wallet' },
  { id: 'data', path: '/account/data', icon: 'download' },
] as const satisfies { id: string; path: string; icon: IconName }[]

type AccountPageProps = {
  part: (typeof parts)[number]['id']
  title: string
  description: string
  /** Made only for the owner of the account, not for anyone who looks through their eyes. */
  children: () => ReactNode | Promise<ReactNode>
}

/** The frame of the pages about one's own account, with the way from one to the other. */
export async function AccountPage({ part, title, description, children }: AccountPageProps) {
  const path = parts.find(({ id }) => id === part)?.path ?? '/account'
  const [t, account] = await Promise.all([getTranslations('ownAccount'), requireAccount(path)])
  return (
    <div className="page-width max-w-5xl!">
      <PageHeader title={title} description={description} />
      <div className="grid gap-6 lg:grid-cols-[13rem_1fr] lg:gap-10">
        <nav aria-label={t('navigation')} className="min-w-0">
          <ul className="grid grid-cols-2 gap-1.5 sm:grid-cols-3 lg:grid-cols-1">
            {parts.map(({ id, path: href, icon }) => (
              <li key={id}>
                <a
                  href={href}
                  {...(id === part ? { 'aria-current': 'page' as const } : {})}
                  className="flex min-h-11 items-center gap-2.5 rounded-control px-3 font-medium text-muted no-underline hover:bg-sunken hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent-ink"
                >
                  <Icon name={icon} />
                  {t(id)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div className="flex min-w-0 flex-col gap-6">
          {account.impersonatedBy ? (
            <EmptyState icon="eye" title={t('impersonated', { name: account.name })}>
              {t('impersonatedText')}
            </EmptyState>
          ) : (
            await children()
          )}
        </div>
      </div>
    </div>
  )
}
