import type { Metadata } from 'next'
import { ClientMessages } from '../../../../../../i18n/client-messages.tsx'
import { getTranslations } from '../../../../../../i18n/server.ts'
import { api, need } from '../../../../../../lib/api.server.ts'
import { GradebookPage } from '../../../../../../teach/gradebook/gradebook-page.tsx'
import { ImportGrades } from '../../../../../../teach/gradebook/import/import-grades.tsx'
import { NotForRole } from '../../../../../../teach/not-for-role.tsx'
import { titleFor } from '../../../../../../teach/page-title.server.ts'
import { isTeacher } from '../../../../../../teach/teacher.server.ts'

type Props = { params: Promise<{ courseId: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { courseId } = await params
  const t = await getTranslations('gradebookImport')
  return titleFor(client => client.education.editCourse({ courseId }), t('title'))
}

export default async function ImportGradesPage({ params }: Props) {
  const { courseId } = await params
  const path = `/teach/courses/${courseId}/gradebook/import`
  if (!(await isTeacher(path))) return <NotForRole />
  const [t, course] = await Promise.all([
    getTranslations('gradebookImport'),
    need((await api()).education.editCourse({ courseId }), path),
  ])
  return (
    <GradebookPage course={course} title={t('title')} description={t('description')}>
      <ClientMessages of={['gradebook', 'gradebookImport']}>
        <ImportGrades courseId={courseId} />
      </ClientMessages>
    </GradebookPage>
  )
}
