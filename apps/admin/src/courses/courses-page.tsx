import { Badge, type Tone } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { Table } from '@azora/ui/table.tsx'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { usePage } from '@azora/web/calls/use-page.ts'
import { Moment } from '@azora/web/moment.tsx'
import { PageButtons } from '@azora/web/shell/page-buttons.tsx'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'

type Course = OutputOf<'education.listTaughtCourses'>['items'][number]

const tones: Record<Course['status'], Tone> = { draft: 'amber', published: 'good', archived: 'neutral' }

/** All courses of the school; they are edited in the portal. */
export function CoursesPage() {
  const t = useTranslations('admin')
  const common = useTranslations('common')
  const list = usePage('courses', (cursor, signal) =>
    call('education.listTaughtCourses', { limit: 50, cursor }, { signal }),
  )
  return (
    <>
      <PageHeader title={t('courses')} />
      {list.fault ? (
        <Notice tone="error" live>
          {list.fault}{' '}
          <Button size="small" variant="secondary" onPress={list.reload}>
            {common('retry')}
          </Button>
        </Notice>
      ) : null}
      <Table
        caption={t('courses')}
        captionHidden
        rows={list.items}
        rowKey={course => course.id}
        empty={list.loading || list.fault ? <span /> : <EmptyState title={t('noCourses')} />}
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
            cell: course => <Badge tone={tones[course.status]}>{t(`status_${course.status}`)}</Badge>,
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
      <PageButtons next={list.next} previous={list.previous} />
    </>
  )
}
