import { PageHeader } from '@azora/ui/page-header.tsx'
import type { Metadata } from 'next'
import { ClientMessages } from '../../../../../../i18n/client-messages.tsx'
import { getTranslations } from '../../../../../../i18n/server.ts'
import { api, need } from '../../../../../../lib/api.server.ts'
import { NotForRole } from '../../../../../../teach/not-for-role.tsx'
import { titleFor } from '../../../../../../teach/page-title.server.ts'
import { StandardsForm } from '../../../../../../teach/standards/setup/standards-form.tsx'
import { TeachBreadcrumbs } from '../../../../../../teach/teach-breadcrumbs.tsx'
import { isTeacher } from '../../../../../../teach/teacher.server.ts'

type Props = { params: Promise<{ courseId: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { courseId } = await params
  const t = await getTranslations('standardsSetup')
  return titleFor(client => client.education.editCourse({ courseId }), t('title'))
}

export default async function EditStandardsPage({ params }: Props) {
  const { courseId } = await params
  const address = `/teach/courses/${courseId}`
  const path = `${address}/standards/edit`
  if (!(await isTeacher(path))) return <NotForRole />
  const client = await api()
  const [t, standards, course, initial] = await Promise.all([
    getTranslations('standardsSetup'),
    getTranslations('standards'),
    need(client.education.editCourse({ courseId }), path),
    need(client.assessment.getStandards({ courseId }), path),
  ])
  const items = [
    { label: course.title, href: address },
    { label: standards('title'), href: `${address}/standards` },
    { label: t('title') },
  ]
  return (
    <div className="page-width max-w-4xl">
      <PageHeader
        above={<TeachBreadcrumbs items={items} />}
        title={t('title')}
        description={t('description')}
      />
      <ClientMessages of={['standardsSetup']}>
        <StandardsForm initial={initial} />
      </ClientMessages>
    </div>
  )
}
