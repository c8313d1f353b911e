import { EmptyState } from '@azora/ui/empty-state.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { getTranslations } from '../i18n/server.ts'
import { api, need, unless } from '../lib/api.server.ts'

/** Stands where a course's lessons would be, for who is not enrolled in it, or no more. */
export async function NotEnrolled({ course }: { course: string }) {
  const path = `/courses/${encodeURIComponent(course)}`
  const [t, shown] = await Promise.all([
    getTranslations('learning'),
    need(unless((await api()).education.getCourse({ course }), 'not_found'), path),
  ])
  const [title, text] = shown?.accessEnded
    ? (['accessEnded', 'accessEndedText'] as const)
    : (['notEnrolled', 'notEnrolledText'] as const)
  return (
    <div className="page-width pt-10">
      <h1 className="sr-only">{t(title)}</h1>
      <EmptyState title={t(title)} action={<LinkButton href={path}>{t('toOverview')}</LinkButton>}>
        {t(text)}
      </EmptyState>
    </div>
  )
}
