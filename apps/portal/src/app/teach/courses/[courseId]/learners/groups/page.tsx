import { EmptyState } from '@azora/ui/empty-state.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import type { Metadata } from 'next'
import { ClientMessages } from '../../../../../../i18n/client-messages.tsx'
import { getTranslations } from '../../../../../../i18n/server.ts'
import { api, need } from '../../../../../../lib/api.server.ts'
import { GroupsView } from '../../../../../../teach/groups/groups-view.tsx'
import { NotForRole } from '../../../../../../teach/not-for-role.tsx'
import { titleFor } from '../../../../../../teach/page-title.server.ts'
import { rosterOf } from '../../../../../../teach/roster/roster.server.ts'
import { TeachBreadcrumbs } from '../../../../../../teach/teach-breadcrumbs.tsx'
import { isTeacher } from '../../../../../../teach/teacher.server.ts'

type Props = { params: Promise<{ courseId: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { courseId } = await params
  const t = await getTranslations('groups')
  return titleFor(client => client.education.editCourse({ courseId }), t('title'))
}

/** The groups of a course and who is in them. */
export default async function GroupsPage({ params }: Props) {
  const { courseId } = await params
  const address = `/teach/courses/${courseId}`
  const path = `${address}/learners/groups`
  if (!(await isTeacher(path))) return <NotForRole />
  const client = await api()
  const [t, roster, course, groups, all] = await Promise.all([
    getTranslations('groups'),
    getTranslations('roster'),
    need(client.education.editCourse({ courseId }), path),
    need(client.education.listGroups({ courseId }), path),
    rosterOf(courseId, path),
  ])
  const learners = all.entries
    .map(({ userId, name, email, groupIds }) => ({ userId, name, email, groupIds }))
    .sort((a, b) => a.name.localeCompare(b.name))
  return (
    <div className="page-width flex flex-col gap-6">
      <PageHeader
        above={
          <TeachBreadcrumbs
            items={[
              { label: course.title, href: address },
              { label: roster('title'), href: `${address}/learners` },
              { label: t('title') },
            ]}
          />
        }
        title={t('title')}
        description={t('description')}
      />
      {all.complete ? null : <Notice>{t('notAll', { count: learners.length })}</Notice>}
      {learners.length === 0 && groups.items.length === 0 ? (
        <EmptyState
          icon="person"
          title={roster('empty')}
          action={<LinkButton href={address}>{roster('toCourse')}</LinkButton>}
        >
          {roster('emptyText')}
        </EmptyState>
      ) : (
        <ClientMessages of={['groups', 'drafts']}>
          {/* Groups that a plan made are read again, and with them who is in which. */}
          <GroupsView key={groups.revision} initial={groups} learners={learners} />
        </ClientMessages>
      )}
    </div>
  )
}
