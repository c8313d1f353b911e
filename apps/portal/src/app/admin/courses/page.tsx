import { EmptyState } from '@azora/ui/empty-state.tsx'
import { Table } from '@azora/ui/table.tsx'
import type { Metadata } from 'next'
import { AdminPage, administrator } from '../../../admin/admin-page.tsx'
import { getTranslations } from '../../../i18n/server.ts'
import { api, need } from '../../../lib/api.server.ts'
import { CourseStatus } from '../../../teach/course-status.tsx'
import { Moment } from '../../../teach/moment.tsx'
import { MoreLink } from '../../../teach/more-link.tsx'
import { NotForRole } from '../../../teach/not-for-role.tsx'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('admin'))('courses') }
}

export default async function AdminCoursesPage({ searchParams }: Props) {
  const path = '/admin/courses'
  if (!(await administrator(path))) return <NotForRole part="admin" />
  const { cursor } = await searchParams
  const client = await api()
  const [t, courses] = await Promise.all([
    getTranslations('admin'),
    need(
      client.education.listTaughtCourses({
        limit: 50,
        cursor: typeof cursor === 'string' ? cursor : undefined,
      }),
      path,
    ),
  ])
  return (
    <AdminPage section="courses">
      <Table
        caption={t('courses')}
        captionHidden
        rows={courses.items}
        rowKey={course => course.id}
        empty={<EmptyState title={t('noCourses')} />}
        columns={[
          {
            id: 'course',
            header: t('course'),
            rowHeader: true,
            cell: course => (
              <a href={`/teach/courses/${course.id}`} className="underline underline-offset-4">
                {course.title}
              </a>
            ),
          },
          {
            id: 'status',
            header: t('status'),
            cell: course => <CourseStatus status={course.status} label={t(`status_${course.status}`)} />,
          },
          { id: 'teacher', header: t('teacher'), cell: course => course.instructorName },
          { id: 'lessons', header: t('lessons'), align: 'end', cell: course => course.lessonCount },
          {
            id: 'learners',
            header: t('learners'),
            align: 'end',
            cell: course => (
              <a href={`/teach/courses/${course.id}/learners`} className="underline underline-offset-4">
                {course.learnerCount}
                <span className="sr-only">
                  {' '}
                  {t('learners')}: {course.title}
                </span>
              </a>
            ),
          },
          { id: 'updated', header: t('updated'), cell: course => <Moment time={course.updatedAt} /> },
        ]}
      />
      <MoreLink
        cursor={courses.nextCursor}
        address={next => `${path}?cursor=${next}`}
        label={t('moreCourses')}
      />
    </AdminPage>
  )
}
