import { EmptyState } from '@azora/ui/empty-state.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import type { Metadata } from 'next'
import { ClientMessages } from '../../../../../i18n/client-messages.tsx'
import { getTranslations } from '../../../../../i18n/server.ts'
import { api, need } from '../../../../../lib/api.server.ts'
import { AccommodationsButton } from '../../../../../teach/accommodations/accommodations-button.tsx'
import { GroupFilter } from '../../../../../teach/groups/group-filter.tsx'
import { groupsFor } from '../../../../../teach/groups/groups.server.ts'
import { LearnerPages } from '../../../../../teach/learner-pages.tsx'
import { NotForRole } from '../../../../../teach/not-for-role.tsx'
import { titleFor } from '../../../../../teach/page-title.server.ts'
import { CsvDownload } from '../../../../../teach/roster/csv-download.tsx'
import { ProgressChart } from '../../../../../teach/roster/progress-chart.tsx'
import { rosterOf } from '../../../../../teach/roster/roster.server.ts'
import { RosterList } from '../../../../../teach/roster/roster-list.tsx'
import { TeachBreadcrumbs } from '../../../../../teach/teach-breadcrumbs.tsx'
import { isTeacher } from '../../../../../teach/teacher.server.ts'

type Props = {
  params: Promise<{ courseId: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { courseId } = await params
  const t = await getTranslations('roster')
  return titleFor(client => client.education.editCourse({ courseId }), t('title'))
}

export default async function LearnersPage({ params, searchParams }: Props) {
  const [{ courseId }, asked] = await Promise.all([params, searchParams])
  const address = `/teach/courses/${courseId}`
  const path = `${address}/learners`
  if (!(await isTeacher(path))) return <NotForRole />
  const client = await api()
  const cursor = typeof asked.cursor === 'string' ? asked.cursor : undefined
  const { groups, groupId } = await groupsFor(courseId, path, asked.group)
  const [t, course, roster, all] = await Promise.all([
    getTranslations('roster'),
    need(client.education.editCourse({ courseId }), path),
    need(client.education.getRoster({ courseId, groupId, limit: 50, cursor }), path),
    rosterOf(courseId, path, groupId),
  ])
  const names = new Map(groups.map(({ id, name }) => [id, name]))
  return (
    <div className="page-width">
      <PageHeader
        above={<TeachBreadcrumbs items={[{ label: course.title, href: address }, { label: t('title') }]} />}
        title={t('title')}
        description={t('description', { count: course.learnerCount })}
        actions={
          course.learnerCount ? (
            <>
              <LinkButton href={`${path}/groups`} variant="secondary">
                <Icon name="people" />
                {t('groups')}
              </LinkButton>
              <ClientMessages of={['roster', 'accommodations']}>
                <AccommodationsButton courseId={courseId} />
                <CsvDownload
                  courseId={courseId}
                  fileName={course.slug}
                  groupId={groupId}
                  groupNames={Object.fromEntries(names)}
                />
              </ClientMessages>
            </>
          ) : undefined
        }
      />
      {course.learnerCount ? (
        <div className="flex flex-col gap-6">
          <GroupFilter groups={groups} groupId={groupId} path={path} />
          <ProgressChart percents={all.entries.map(entry => entry.progressPercent)} complete={all.complete} />
          {roster.items.length ? (
            <RosterList entries={roster.items} groupNames={names} />
          ) : (
            <p className="text-muted">{t('inGroup', { count: 0 })}</p>
          )}
          <LearnerPages path={path} groupId={groupId} cursor={cursor} nextCursor={roster.nextCursor} t={t} />
        </div>
      ) : (
        <EmptyState
          icon="person"
          title={t('empty')}
          action={<LinkButton href={address}>{t('toCourse')}</LinkButton>}
        >
          {t('emptyText')}
        </EmptyState>
      )}
    </div>
  )
}
