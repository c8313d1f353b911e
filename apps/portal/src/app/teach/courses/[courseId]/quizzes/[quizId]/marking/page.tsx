import { PageHeader } from '@azora/ui/page-header.tsx'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ClientMessages } from '../../../../../../../i18n/client-messages.tsx'
import { getTranslations } from '../../../../../../../i18n/server.ts'
import { api, need } from '../../../../../../../lib/api.server.ts'
import { GroupFilter } from '../../../../../../../teach/groups/group-filter.tsx'
import { groupsFor } from '../../../../../../../teach/groups/groups.server.ts'
import { MarkingDesk } from '../../../../../../../teach/marking/marking-desk.tsx'
import { NotForRole } from '../../../../../../../teach/not-for-role.tsx'
import { titleFor } from '../../../../../../../teach/page-title.server.ts'
import { rosterOf } from '../../../../../../../teach/roster/roster.server.ts'
import { TeachBreadcrumbs } from '../../../../../../../teach/teach-breadcrumbs.tsx'
import { isTeacher } from '../../../../../../../teach/teacher.server.ts'

type Props = {
  params: Promise<{ courseId: string; quizId: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  const { quizId } = await params
  const t = await getTranslations('marking')
  return titleFor(client => client.assessment.listAnswersToMark({ quizId }), t('title'))
}

/** The desk on which the answers of a quiz are marked. */
export default async function MarkingDeskPage({ params, searchParams }: Props) {
  const [{ courseId, quizId }, asked] = await Promise.all([params, searchParams])
  const path = `/teach/courses/${courseId}/quizzes/${quizId}/marking`
  if (!(await isTeacher(path))) return <NotForRole />
  const client = await api()
  const { groups, groupId } = await groupsFor(courseId, path, asked.group)
  const [t, course, whole] = await Promise.all([
    getTranslations('marking'),
    need(client.education.editCourse({ courseId }), path),
    need(client.assessment.listAnswersToMark({ quizId }), path),
  ])
  // Where names are hidden there are no groups either.
  const desk =
    groupId && !whole.anonymous
      ? await need(client.assessment.listAnswersToMark({ quizId, groupId }), path)
      : whole
  if (desk.courseId !== courseId) notFound()
  // Where names are hidden none is sent to the page.
  const entries = desk.anonymous || desk.items.length === 0 ? [] : (await rosterOf(courseId, path)).entries
  const names = Object.fromEntries(entries.map(entry => [entry.userId, entry.name]))
  const grouped = entries.filter(({ groupIds }) => groupIds.length > 0)
  const groupsOf = Object.fromEntries(
    grouped.map(({ userId, groupIds }) => [userId, groups.filter(({ id }) => groupIds.includes(id))]),
  )
  return (
    <div className="page-width flex flex-col gap-6">
      <PageHeader
        above={
          <TeachBreadcrumbs
            items={[
              { label: course.title, href: `/teach/courses/${courseId}#quizzes` },
              { label: t('title'), href: `/teach/courses/${courseId}/marking` },
              { label: desk.title },
            ]}
          />
        }
        title={t('deskOf', { title: desk.title })}
      />
      {desk.anonymous ? null : <GroupFilter groups={groups} groupId={groupId} path={path} />}
      <ClientMessages of={['marking', 'quiz', 'viewer']}>
        <MarkingDesk
          key={groupId ?? ''}
          desk={desk}
          names={names}
          groupsOf={groupsOf}
          ofGroup={groupId ?? null}
        />
      </ClientMessages>
    </div>
  )
}
