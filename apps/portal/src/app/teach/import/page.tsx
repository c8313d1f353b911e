import { PageHeader } from '@azora/ui/page-header.tsx'
import type { Metadata } from 'next'
import { ClientMessages } from '../../../i18n/client-messages.tsx'
import { getTranslations } from '../../../i18n/server.ts'
import { StorageLine } from '../../../teach/files/storage-line.tsx'
import { ImportUpload } from '../../../teach/imports/import-upload.tsx'
import { NotForRole } from '../../../teach/not-for-role.tsx'
import { TeachBreadcrumbs } from '../../../teach/teach-breadcrumbs.tsx'
import { isTeacher } from '../../../teach/teacher.server.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('imports'))('title') }
}

export default async function ImportPage() {
  if (!(await isTeacher('/teach/import'))) return <NotForRole />
  const t = await getTranslations('imports')
  return (
    <div className="page-narrow">
      <PageHeader
        above={<TeachBreadcrumbs items={[{ label: t('title') }]} />}
        title={t('title')}
        description={t('description')}
      />
      <ClientMessages of={['imports', 'uploads', 'files']}>
        <ImportUpload />
        <div className="mt-6">
          <StorageLine />
        </div>
      </ClientMessages>
      <section aria-labelledby="what-comes" className="mt-10">
        <h2 id="what-comes" className="mb-3 text-lg font-bold">
          {t('whatComes')}
        </h2>
        <ul className="grid gap-3 text-muted sm:grid-cols-2">
          {(['comes1', 'comes2', 'comes3', 'comes4'] as const).map(key => (
            <li key={key} className="rounded-control bg-sunken px-4 py-3 text-sm">
              {t(key)}
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}
