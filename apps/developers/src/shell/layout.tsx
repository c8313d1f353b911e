import { AppShell } from '@azora/web/shell/app-shell.tsx'
import { Outlet } from 'react-router'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'
import { sections } from '../sections.ts'

/** The frame around every page. */
export function Layout() {
  const t = useTranslations('developers')
  return (
    <AppShell
      call={call}
      title={t('title')}
      sections={sections.map(({ name, path, icon }) => ({ path, icon, label: t(name) }))}
    >
      <Outlet />
    </AppShell>
  )
}
