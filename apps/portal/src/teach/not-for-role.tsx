import { EmptyState } from '@azora/ui/empty-state.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { getTranslations } from '../i18n/server.ts'

/** Stands in place of a page that the signed-in person's role does not open: says so, and where to go instead. */
export async function NotForRole() {
  const t = await getTranslations('teach')
  return (
    <div className="page-narrow py-12">
      <EmptyState
        icon="shield"
        level={1}
        title={t('notTeacher')}
        action={<LinkButton href="/learn">{t('toLearning')}</LinkButton>}
      >
        {t('notTeacherText')}
      </EmptyState>
    </div>
  )
}
