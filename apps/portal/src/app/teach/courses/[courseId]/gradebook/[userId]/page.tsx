import { Card } from '@azora/ui/card.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import type { Metadata } from 'next'
import { Breakdown } from '../../../../../../grades/breakdown.tsx'
import { GradeCard } from '../../../../../../grades/grade-card.tsx'
import { ClientMessages } from '../../../../../../i18n/client-messages.tsx'
import { getTranslations } from '../../../../../../i18n/server.ts'
import { api, need } from '../../../../../../lib/api.server.ts'
import { GradeHistory } from '../../../../../../teach/gradebook/grade-history.tsx'
import { NotForRole } from '../../../../../../teach/not-for-role.tsx'
import { titleFor } from '../../../../../../teach/page-title.server.ts'
import { rosterOf } from '../../../../../../teach/roster/roster.server.ts'
import { TeachBreadcrumbs } from '../../../../../../teach/teach-breadcrumbs.tsx'
import { isTeacher } from '../../../../../../teach/teacher.server.ts'

type Props = { params: Promise<{ courseId: string; userId: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { courseId } = await params
  const t = await getTranslations('grades')
  return titleFor(client => client.education.editCourse({ courseId }), t('ofLearner'))
}

/** How the course grade of one learner comes about, for their teacher. */
export default async function LearnerGradesPage({ params }: Props) {
  const { courseId, userId } = await params
  const address = `/teach/courses/${courseId}`
  const path = `${address}/gradebook/${userId}`
  if (!(await isTeacher(path))) return <NotForRole />
  const client = await api()
  const [t, course, grades, roster] = await Promise.all([
    getTranslations('grades'),
    need(client.education.editCourse({ courseId }), path),
    need(client.assessment.getGrade({ courseId, userId }), path),
    rosterOf(courseId, path),
  ])
  const learner = roster.entries.find(entry => entry.userId === userId)
  const name = learner?.name ?? t('ofLearner')
  return (
    <div className="page-width flex max-w-4xl flex-col gap-6">
      <PageHeader
        above={
          <TeachBreadcrumbs
            items={[
              { label: course.title, href: address },
              { label: t('toGradebook'), href: `${address}/gradebook` },
              { label: name },
            ]}
          />
        }
        title={name}
        description={learner?.email}
      />
      <ClientMessages of={['grades']}>
        <div className="flex">
          <GradeCard title={t('courseGrade')} percent={grades.percent} letter={grades.letter}>
            {grades.overridden ? (
              <p className="text-sm text-muted">
                {grades.calculatedPercent === null
                  ? t('decided')
                  : t('decidedFor', { percent: grades.calculatedPercent })}
                {grades.overrideReason ? ` ${t('reason', { reason: grades.overrideReason })}` : ''}
              </p>
            ) : null}
          </GradeCard>
        </div>
        {/* Its teacher sees what it adds up to, also where learners do not. */}
        <Breakdown grades={{ ...grades, courseGradeShown: true }} />
      </ClientMessages>
      <Card as="section">
        <h2 className="mb-3 text-lg font-bold">{t('history')}</h2>
        <GradeHistory grades={grades} />
      </Card>
    </div>
  )
}
