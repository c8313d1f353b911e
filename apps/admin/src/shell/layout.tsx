import { may } from '@azora/contracts/permissions.ts'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { useAccount } from '@azora/web/session/signed-in.tsx'
import { AppShell } from '@azora/web/shell/app-shell.tsx'
import { useEffect } from 'react'
import { Navigate, Outlet, useLocation } from 'react-router'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'
import { sections } from '../sections.ts'
import { sectionAt, titleOf } from './page-title.ts'
import { useSearchKey } from './use-shortcuts.ts'

/** The frame around every page: only the sections that one's roles open, and nothing within another's. */
export function Layout() {
  const t = useTranslations('admin')
  const account = useAccount()
  const { mfaEnrolmentRequired, organization } = account
  const { pathname } = useLocation()
  useSearchKey()
  const open = sections.filter(section => may(account, section.permission))
  const asked = sectionAt(pathname)
  const title = titleOf(asked ? t(asked.name) : null, t('title'))
  useEffect(() => {
    document.title = title
  }, [title])
  const allowed = asked ? may(account, asked.permission) : open.length > 0
  return (
    <AppShell
      call={call}
      title={t('title')}
      sections={open.map(({ name, path, icon }) => ({ path, icon, label: t(name) }))}
    >
      {mfaEnrolmentRequired ? (
        <div className="py-12">
          <EmptyState
            icon="key"
            level={1}
            title={t('factorMissing')}
            action={<LinkButton href="/account/security">{t('addFactor')}</LinkButton>}
          >
            {t('factorMissingText', { school: organization.name })}
          </EmptyState>
        </div>
      ) : allowed ? (
        <Outlet />
      ) : pathname === '/' && open[0] ? (
        // Whose work is elsewhere in the panel starts there.
        <Navigate to={open[0].path} replace />
      ) : (
        <div className="py-12">
          <EmptyState
            icon="shield"
            level={1}
            title={t('notAdmin')}
            action={<LinkButton href="/learn">{t('toLearning')}</LinkButton>}
          >
            {t('notAdminText')}
          </EmptyState>
        </div>
      )}
    </AppShell>
  )
}
