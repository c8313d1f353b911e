import { EmptyState } from '@azora/ui/empty-state.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import type { Metadata } from 'next'
import { getTranslations } from '../../../../../i18n/server.ts'
import { api, need } from '../../../../../lib/api.server.ts'
import { NotForRole } from '../../../../../teach/not-for-role.tsx'
import { titleFor } from '../../../../../teach/page-title.server.ts'
import { TeachBreadcrumbs } from '../../../../../teach/teach-breadcrumbs.tsx'
import { isTeacher } from '../../../../../teach/teacher.server.ts'

type Props = { params: Promise<{ courseId: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { courseId } = await params
  const t = await getTranslations('marking')
  return titleFor(client => client.education.editCourse({ courseId }), t('title'))
}

/** What waits to be marked in a course, quiz by quiz. */
export default async function MarkingPage({ params }: Props) {
  const { courseId } = await params
  const path = `/teach/courses/${courseId}/marking`
  if (!(await isTeacher(path))) return <NotForRole />
  const client = await api()
  const [t, course, { items }] = await Promise.all([
    getTranslations('marking'),
    need(client.education.editCourse({ courseId }), path),
    need(client.assessment.listQuizzesToMark({ courseId }), path),
  ])
  return (
    <div className="page-width flex flex-col gap-6">
      <PageHeader
        above={
          <TeachBreadcrumbs
            items={[
              { label: course.title, href: `/teach/courses/${courseId}#quizzes` },
              { label: t('title') },
            ]}
          />
        }
        title={t('title')}
        description={t('description')}
      />
      {items.length === 0 ? (
        <EmptyState icon="check" title={t('none')}>
          {t('noneText')}
        </EmptyState>
      ) : (
        <ul className="flex max-w-3xl flex-col gap-3">
          {items.map(quiz => (
            <li
              key={quiz.quizId}
              className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 rounded-card border border-line bg-surface px-5 py-4"
            >
              <div className="min-w-0">
                <h2 className="font-semibold break-words">{quiz.title}</h2>
                <p className="text-sm text-muted">{t('toMark', { count: quiz.waitingCount })}</p>
                {quiz.decideCount > 0 ? (
                  <p className="text-sm text-amber-ink">{t('decide', { count: quiz.decideCount })}</p>
                ) : null}
                {quiz.readyCount > 0 ? (
                  <p className="text-sm text-amber-ink">{t('ready', { count: quiz.readyCount })}</p>
                ) : null}
              </div>
              <LinkButton
                href={`/teach/courses/${courseId}/quizzes/${quiz.quizId}/marking`}
                variant={quiz.waitingCount + quiz.readyCount > 0 ? 'primary' : 'secondary'}
                aria-label={t('open', { title: quiz.title })}
              >
                {t('title')}
              </LinkButton>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
