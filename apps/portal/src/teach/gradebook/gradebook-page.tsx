import { PageHeader } from '@azora/ui/page-header.tsx'
import type { ReactNode } from 'react'
import { getTranslations } from '../../i18n/server.ts'
import { TeachBreadcrumbs } from '../teach-breadcrumbs.tsx'

type GradebookPageProps = {
  course: { id: string; title: string }
  title: string
  description: string
  children: ReactNode
}

/** A page that stands below the gradebook of a course. */
export async function GradebookPage({ course, title, description, children }: GradebookPageProps) {
  const t = await getTranslations('gradebook')
  const address = `/teach/courses/${course.id}`
  const items = [
    { label: course.title, href: address },
    { label: t('title'), href: `${address}/gradebook` },
    { label: title },
  ]
  return (
    <div className="page-width max-w-4xl">
      <PageHeader above={<TeachBreadcrumbs items={items} />} title={title} description={description} />
      {children}
    </div>
  )
}
