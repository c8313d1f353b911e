import { EmptyState } from '@azora/ui/empty-state.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import type { Metadata } from 'next'
import { getTranslations } from '../../i18n/server.ts'
import { api, need } from '../../lib/api.server.ts'
import { RecentImports } from '../../teach/imports/recent-imports.tsx'
import { MoreLink } from '../../teach/more-link.tsx'
import { NotForRole } from '../../teach/not-for-role.tsx'
import { TaughtCourses } from '../../teach/taught-courses.tsx'
import { isTeacher } from '../../teach/teacher.server.ts'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('teach'))('title') }
}

export default async function TeachPage({ searchParams }: Props) {
  if (!(await isTeacher('/teach'))) return <NotForRole />
  const asked = (await searchParams).cursor
  const cursor = typeof asked === 'string' ? asked : undefined
  const client = await api()
  const [t, sales, courses, imports] = await Promise.all([
    getTranslations('teach'),
    getTranslations('sales'),
    need(client.education.listTaughtCourses({ cursor }), '/teach'),
    need(client.education.listImports({ limit: 5 }), '/teach'),
  ])
  const actions = (
    <>
      <LinkButton href="/teach/sales" variant="quiet">
        <Icon name="receipt" />
        {sales('link')}
      </LinkButton>
      <LinkButton href="/teach/import" variant="secondary">
        <Icon name="upload" />
        {t('importCourse')}
      </LinkButton>
      <LinkButton href="/teach/new">
        <Icon name="plus" />
        {t('newCourse')}
      </LinkButton>
    </>
  )
  return (
    <div className="page-width">
      <PageHeader title={t('title')} description={t('description')} actions={actions} />
      {courses.items.length ? (
        <TaughtCourses courses={courses.items} />
      ) : (
        <EmptyState
          title={t('empty')}
          action={<div className="flex flex-wrap justify-center gap-3">{actions}</div>}
        >
          {t('emptyText')}
        </EmptyState>
      )}
      <MoreLink
        cursor={courses.nextCursor}
        address={next => `/teach?cursor=${next}`}
        label={t('moreCourses')}
      />
      <RecentImports imports={imports.items} />
    </div>
  )
}
