import { EmptyState } from '@azora/ui/empty-state.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ClientMessages } from '../../../../../../../i18n/client-messages.tsx'
import { getTranslations } from '../../../../../../../i18n/server.ts'
import { api, need } from '../../../../../../../lib/api.server.ts'
import { NotForRole } from '../../../../../../../teach/not-for-role.tsx'
import { titleFor } from '../../../../../../../teach/page-title.server.ts'
import { AlignView } from '../../../../../../../teach/standards/align/align-view.tsx'
import { TeachBreadcrumbs } from '../../../../../../../teach/teach-breadcrumbs.tsx'
import { isTeacher } from '../../../../../../../teach/teacher.server.ts'

type Props = { params: Promise<{ courseId: string; quizId: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { quizId } = await params
  const t = await getTranslations('quizStandards')
  return titleFor(client => client.assessment.editQuiz({ quizId }), t('title'))
}

/** Which standards the questions of a quiz show. */
export default async function QuizStandardsPage({ params }: Props) {
  const { courseId, quizId } = await params
  const address = `/teach/courses/${courseId}`
  const path = `${address}/quizzes/${quizId}/standards`
  if (!(await isTeacher(path))) return <NotForRole />
  const client = await api()
  const [t, course, quiz] = await Promise.all([
    getTranslations('quizStandards'),
    need(client.education.editCourse({ courseId }), path),
    need(client.assessment.getQuizStandards({ quizId }), path),
  ])
  if (quiz.courseId !== courseId) notFound()
  const items = [
    { label: course.title, href: `${address}#quizzes` },
    { label: quiz.quizTitle, href: `${address}/quizzes/${quizId}` },
    { label: t('title') },
  ]
  return (
    <div className="page-width flex max-w-4xl flex-col gap-4">
      <PageHeader
        above={<TeachBreadcrumbs items={items} />}
        title={t('title')}
        description={t('description')}
      />
      {quiz.counts ? null : <Notice>{t('noCount')}</Notice>}
      {quiz.standards.length === 0 ? (
        <EmptyState
          icon="award"
          title={t('noStandards')}
          action={<LinkButton href={`${address}/standards/edit`}>{t('toStandards')}</LinkButton>}
        >
          {t('noStandardsText')}
        </EmptyState>
      ) : quiz.questions.length === 0 ? (
        <EmptyState icon="quiz" title={t('noQuestions')}>
          {t('noQuestionsText')}
        </EmptyState>
      ) : (
        <ClientMessages of={['quizStandards']}>
          <AlignView quiz={quiz} />
        </ClientMessages>
      )}
    </div>
  )
}
