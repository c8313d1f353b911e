import type { Metadata } from 'next'
import { ClientMessages } from '../../../../../../i18n/client-messages.tsx'
import { getTranslations } from '../../../../../../i18n/server.ts'
import { api, need } from '../../../../../../lib/api.server.ts'
import { GradebookPage } from '../../../../../../teach/gradebook/gradebook-page.tsx'
import { SetupForm } from '../../../../../../teach/gradebook/setup/setup-form.tsx'
import { NotForRole } from '../../../../../../teach/not-for-role.tsx'
import { titleFor } from '../../../../../../teach/page-title.server.ts'
import { isTeacher } from '../../../../../../teach/teacher.server.ts'

type Props = { params: Promise<{ courseId: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { courseId } = await params
  const t = await getTranslations('gradebookSetup')
  return titleFor(client => client.education.editCourse({ courseId }), t('title'))
}

export default async function GradebookSetupPage({ params }: Props) {
  const { courseId } = await params
  const path = `/teach/courses/${courseId}/gradebook/setup`
  if (!(await isTeacher(path))) return <NotForRole />
  const client = await api()
  const [t, course, book] = await Promise.all([
    getTranslations('gradebookSetup'),
    need(client.education.editCourse({ courseId }), path),
    need(client.assessment.getGradebook({ courseId }), path),
  ])
  return (
    <GradebookPage course={course} title={t('title')} description={t('description')}>
      <ClientMessages of={['gradebookSetup']}>
        <SetupForm initial={book} />
      </ClientMessages>
    </GradebookPage>
  )
}
