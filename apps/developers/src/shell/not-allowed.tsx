import { permissionsOf } from '@azora/contracts/permissions.ts'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { useAccount } from '@azora/web/session/signed-in.tsx'
import type { ReactNode } from 'react'
import { useTranslations } from '../messages.ts'

/** Whether the person who is signed in may look after the school's integrations. */
export const useManagesIntegrations = () => permissionsOf(useAccount()).includes('integrations.manage')

/** Shows a page to those who look after integrations, and tells everybody else why they do not see it. */
export function ForManagers({
  title,
  about,
  children,
}: {
  title: string
  about: string
  children: ReactNode
}) {
  const t = useTranslations('notAllowed')
  const school = useAccount().organization.name
  if (useManagesIntegrations()) return <>{children}</>
  return (
    <>
      <PageHeader title={title} description={about} />
      <EmptyState icon="shield" title={t('title')}>
        {t('text', { school })}
      </EmptyState>
    </>
  )
}
