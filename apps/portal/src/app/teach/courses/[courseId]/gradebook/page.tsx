import { EmptyState } from '@azora/ui/empty-state.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import type { Metadata } from 'next'
import { ClientMessages } from '../../../../../i18n/client-messages.tsx'
import { getTranslations } from '../../../../../i18n/server.ts'
import { api, need } from '../../../../../lib/api.server.ts'
import { ExportCsv } from '../../../../../teach/gradebook/export-csv.tsx'
import { GradebookView } from '../../../../../teach/gradebook/gradebook-view.tsx'
import { GroupFilter } from '../../../../../teach/groups/group-filter.tsx'
import { groupsFor } from '../../../../../teach/groups/groups.server.ts'
import { LearnerPages } from '../../../../../teach/learner-pages.tsx'
import { NotForRole } from '../../../../../teach/not-for-role.tsx'
import { titleFor } from '../../../../../teach/page-title.server.ts'
import { TeachBreadcrumbs } from '../../../../../teach/teach-breadcrumbs.tsx'
import { isTeacher } from '../../../../../teach/teacher.server.ts'

type Props = {
  params: Promise<{ courseId: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

// With a hundred columns these are five thousand cells, which a browser of today draws at once.
const learnersOfPage = 50

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { courseId } = await params
  const t = await getTranslations('gradebook')
  return titleFor(client => client.education.editCourse({ courseId }), t('title'))
}

export default async function GradebookPage({ params, searchParams }: Props) {
  const [{ courseId }, asked] = await Promise.all([params, searchParams])
  const address = `/teach/courses/${courseId}`
  const path = `${address}/gradebook`
  if (!(await isTeacher(path))) return <NotForRole />
  const client = await api()
  const cursor = typeof asked.cursor === 'string' ? asked.cursor : undefined
  const { groups, groupId } = await groupsFor(courseId, path, asked.group)
  const [t, course, book, roster] = await Promise.all([
    getTranslations('gradebook'),
    need(client.education.editCourse({ courseId }), path),
    need(client.assessment.getGradebook({ courseId }), path),
    need(client.education.getRoster({ courseId, groupId, limit: learnersOfPage, cursor }), path),
  ])
  const learners = roster.items.map(({ userId, name, email }) => ({ userId, name, email }))
  const setup = (
    <LinkButton href={`${path}/setup`} variant="secondary">
      <Icon name="sliders" />
      {t('setup')}
    </LinkButton>
  )
  return (
    <div className="page-width flex flex-col gap-4">
      <PageHeader
        above={<TeachBreadcrumbs items={[{ label: course.title, href: address }, { label: t('title') }]} />}
        title={t('title')}
        description={t('description')}
        actions={
          <>
            {setup}
            <LinkButton href={`${path}/import`} variant="secondary">
              <Icon name="upload" />
              {t('import')}
            </LinkButton>
            <LinkButton href={`${address}/standards`} variant="secondary">
              <Icon name="award" />
              {t('standards')}
            </LinkButton>
            <ClientMessages of={['gradebook']}>
              <ExportCsv courseId={courseId} fileName={course.slug} groupId={groupId} />
            </ClientMessages>
          </>
        }
      />
      {book.otherQuizzes.length > 0 ? (
        <Notice>
          {t('unused', { count: book.otherQuizzes.length })}{' '}
          <a href={`${path}/setup`} className="font-semibold underline underline-offset-4">
            {t('addThem')}
          </a>
        </Notice>
      ) : null}
      <GroupFilter groups={groups} groupId={groupId} path={path} />
      {book.items.length === 0 ? (
        <EmptyState icon="table" title={t('noItems')} action={setup}>
          {t('noItemsText')}
        </EmptyState>
      ) : learners.length === 0 ? (
        <EmptyState icon="person" title={t(groupId ? 'noneInGroup' : 'noLearners')}>
          {t(groupId ? 'noneInGroupText' : 'noLearnersText')}
        </EmptyState>
      ) : (
        <>
          <ClientMessages of={['gradebook']}>
            {/* Another page has other learners, whose grades are not those of this one. */}
            <GradebookView key={`${groupId} ${cursor}`} book={book} learners={learners} />
          </ClientMessages>
          <LearnerPages path={path} groupId={groupId} cursor={cursor} nextCursor={roster.nextCursor} t={t} />
        </>
      )}
    </div>
  )
}
