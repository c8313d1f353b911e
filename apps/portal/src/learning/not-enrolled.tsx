import { EmptyState } from '@azora/ui/empty-state.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { getTranslations } from '../i18n/server.ts'

/** Stands where a course's lessons would be, for who is not enrolled in it. */
export async function NotEnrolled({ course }: { course: string }) {
  const t = await getTranslations('learning')
  return (
    <div className="page-width pt-10">
      <h1 className="sr-only">{t('notEnrolled')}</h1>
      <EmptyState
        title={t('notEnrolled')}
        action={<LinkButton href={`/courses/${encodeURIComponent(course)}`}>{t('toOverview')}</LinkButton>}
      >
        {t('notEnrolledText')}
      </EmptyState>
    </div>
  )
}
