import { EmptyState } from '@azora/ui/empty-state.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import type { Metadata } from 'next'
import { ClientMessages } from '../../../../../i18n/client-messages.tsx'
import { getTranslations } from '../../../../../i18n/server.ts'
import { api, need } from '../../../../../lib/api.server.ts'
import { GroupFilter } from '../../../../../teach/groups/group-filter.tsx'
import { groupsFor } from '../../../../../teach/groups/groups.server.ts'
import { LearnerPages } from '../../../../../teach/learner-pages.tsx'
import { NotForRole } from '../../../../../teach/not-for-role.tsx'
import { titleFor } from '../../../../../teach/page-title.server.ts'
import { ExportLevels } from '../../../../../teach/standards/export-levels.tsx'
import { LevelLegend } from '../../../../../teach/standards/level-legend.tsx'
import { LevelsView } from '../../../../../teach/standards/levels-view.tsx'
import { TeachBreadcrumbs } from '../../../../../teach/teach-breadcrumbs.tsx'
import { isTeacher } from '../../../../../teach/teacher.server.ts'

type Props = {
  params: Promise<{ courseId: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

// As in the gradebook: with a hundred standards these are five thousand cells.
const learnersOfPage = 50

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { courseId } = await params
  const t = await getTranslations('standards')
  return titleFor(client => client.education.editCourse({ courseId }), t('title'))
}

/** The levels of the learners of a course. */
export default async function StandardsPage({ params, searchParams }: Props) {
  const [{ courseId }, asked] = await Promise.all([params, searchParams])
  const address = `/teach/courses/${courseId}`
  const path = `${address}/standards`
  if (!(await isTeacher(path))) return <NotForRole />
  const client = await api()
  const cursor = typeof asked.cursor === 'string' ? asked.cursor : undefined
  const { groups, groupId } = await groupsFor(courseId, path, asked.group)
  const [t, course, standards, roster] = await Promise.all([
    getTranslations('standards'),
    need(client.education.editCourse({ courseId }), path),
    need(client.assessment.getStandards({ courseId }), path),
    need(client.education.getRoster({ courseId, groupId, limit: learnersOfPage, cursor }), path),
  ])
  const learners = roster.items.map(({ userId, name, email }) => ({ userId, name, email }))
  const none = standards.standards.length === 0
  return (
    <div className="page-width flex flex-col gap-4">
      <PageHeader
        above={<TeachBreadcrumbs items={[{ label: course.title, href: address }, { label: t('title') }]} />}
        title={t('title')}
        description={t('description')}
        actions={
          <>
            {none ? null : (
              <LinkButton href={`${path}/edit`} variant="secondary">
                <Icon name="edit" />
                {t('edit')}
              </LinkButton>
            )}
            <LinkButton href={`${address}/gradebook`} variant="secondary">
              <Icon name="table" />
              {t('gradebook')}
            </LinkButton>
            {none ? null : (
              <ClientMessages of={['standards']}>
                <ExportLevels courseId={courseId} fileName={course.slug} groupId={groupId} />
              </ClientMessages>
            )}
          </>
        }
      />
      {none || standards.standardsShown ? null : (
        <Notice>
          {t('hiddenNotice')}{' '}
          <a href={`${path}/edit`} className="font-semibold underline underline-offset-4">
            {t('show')}
          </a>
        </Notice>
      )}
      <GroupFilter groups={groups} groupId={groupId} path={path} />
      {none ? (
        <EmptyState
          icon="award"
          title={t('noStandards')}
          action={<LinkButton href={`${path}/edit`}>{t('addStandards')}</LinkButton>}
        >
          {t('noStandardsText')}
        </EmptyState>
      ) : learners.length === 0 ? (
        <EmptyState icon="person" title={t(groupId ? 'noneInGroup' : 'noLearners')}>
          {t(groupId ? 'noneInGroupText' : 'noLearnersText')}
        </EmptyState>
      ) : (
        <>
          <LevelLegend levels={standards.levels} />
          <ClientMessages of={['standards']}>
            {/* Another page has other learners. */}
            <LevelsView key={`${groupId} ${cursor}`} course={standards} learners={learners} />
          </ClientMessages>
          <LearnerPages path={path} groupId={groupId} cursor={cursor} nextCursor={roster.nextCursor} t={t} />
        </>
      )}
    </div>
  )
}
