import { EmptyState } from '@azora/ui/empty-state.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { signInAddress, useOptionalAccount } from '@azora/web/session/signed-in.tsx'
import { Outlet } from 'react-router'
import { useTranslations } from '../messages.ts'

/** Pages about what belongs to a person or a school. A visitor learns what is here and signs in. */
export function ForSignedIn() {
  const t = useTranslations('signInFirst')
  if (useOptionalAccount()) return <Outlet />
  return (
    <div className="pt-10">
      <EmptyState
        icon="key"
        level={1}
        title={t('title')}
        action={<LinkButton href={signInAddress()}>{t('signIn')}</LinkButton>}
      >
        {t('text')}
      </EmptyState>
    </div>
  )
}
