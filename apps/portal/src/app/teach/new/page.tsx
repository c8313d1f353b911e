import { Breadcrumbs } from '@azora/ui/breadcrumbs.tsx'
import { Card } from '@azora/ui/card.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import type { Metadata } from 'next'
import { ClientMessages } from '../../../i18n/client-messages.tsx'
import { getLocale, getTranslations } from '../../../i18n/server.ts'
import { languageOptions } from '../../../teach/language-options.ts'
import { NewCourse } from '../../../teach/new-course.tsx'
import { NotForRole } from '../../../teach/not-for-role.tsx'
import { isTeacher, knownSubjects } from '../../../teach/teacher.server.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('teach'))('newTitle') }
}

export default async function NewCoursePage() {
  if (!(await isTeacher('/teach/new'))) return <NotForRole />
  const [t, common, locale, subjects] = await Promise.all([
    getTranslations('teach'),
    getTranslations('common'),
    getLocale(),
    knownSubjects(),
  ])
  return (
    <div className="page-narrow">
      <PageHeader
        above={
          <Breadcrumbs
            label={common('breadcrumbs')}
            items={[{ label: t('title'), href: '/teach' }, { label: t('newTitle') }]}
          />
        }
        title={t('newTitle')}
        description={t('newText')}
      />
      <Card>
        <ClientMessages of={['teach', 'drafts']}>
          <NewCourse languages={languageOptions(locale, locale)} language={locale} subjects={subjects} />
        </ClientMessages>
      </Card>
    </div>
  )
}
