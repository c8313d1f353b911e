import { PageHeader } from '@azora/ui/page-header.tsx'
import type { Metadata } from 'next'
import { ClientMessages } from '../../../../i18n/client-messages.tsx'
import { getTranslations } from '../../../../i18n/server.ts'
import { api, need } from '../../../../lib/api.server.ts'
import { ImportProgress } from '../../../../teach/imports/import-progress.tsx'
import { NotForRole } from '../../../../teach/not-for-role.tsx'
import { TeachBreadcrumbs } from '../../../../teach/teach-breadcrumbs.tsx'
import { isTeacher } from '../../../../teach/teacher.server.ts'

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('imports'))('reportTitle') }
}

export default async function ImportPage({ params }: Props) {
  const { id } = await params
  const path = `/teach/imports/${id}`
  if (!(await isTeacher(path))) return <NotForRole />
  const [t, found] = await Promise.all([
    getTranslations('imports'),
    need((await api()).education.getImport({ importId: id }), path),
  ])
  return (
    <div className="page-width">
      <PageHeader
        above={
          <TeachBreadcrumbs
            items={[{ label: t('title'), href: '/teach/import' }, { label: t('reportTitle') }]}
          />
        }
        title={found.fileName}
      />
      <ClientMessages of={['imports', 'importTexts']}>
        <ImportProgress initial={found} />
      </ClientMessages>
    </div>
  )
}
