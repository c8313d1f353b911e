import { Badge, type Tone } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import { ConfirmDialog } from '@azora/ui/confirm-dialog.tsx'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { useAction } from '@azora/web/calls/use-action.ts'
import { usePage } from '@azora/web/calls/use-page.ts'
import { Moment } from '@azora/web/moment.tsx'
import { useState } from 'react'
import { call } from '../api.ts'
import { List } from '../lists/list.tsx'
import { useTranslations } from '../messages.ts'

type Course = OutputOf<'education.listTaughtCourses'>['items'][number]

const tones: Record<Course['status'], Tone> = { draft: 'amber', published: 'good', archived: 'neutral' }
const link = 'underline decoration-line underline-offset-4 hover:decoration-current'

/** All courses of the school: put into the catalogue and taken out of it here, edited in the portal. */
export function CoursesPage() {
  const t = useTranslations('courses')
  const common = useTranslations('common')
  const say = useToast()
  const [archiving, setArchiving] = useState<Course | null>(null)
  const { run, pending } = useAction({ onFault: message => say(message, 'error') })
  const list = usePage('courses', (cursor, signal) =>
    call('education.listTaughtCourses', { limit: 50, cursor }, { signal }),
  )
  const change = (course: Course, name: 'publish' | 'archive') =>
    run(async () => {
      const { status, updatedAt } = await call(`education.${name}Course`, { courseId: course.id })
      list.replace(one => one.id === course.id, { ...course, status, updatedAt })
      say(t(`${name}Done`, { title: course.title }))
    })
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} />
      <List
        list={list}
        caption={t('title')}
        rowKey={course => course.id}
        columns={[
          {
            id: 'course',
            header: t('course'),
            rowHeader: true,
            cell: course => (
              <>
                <a href={`/teach/courses/${course.id}`} className={link}>
                  {course.title}
                </a>
                <span className="block text-sm font-normal text-muted">
                  {t('lessons', { n: course.lessonCount })}
                </span>
              </>
            ),
          },
          {
            id: 'status',
            header: t('status'),
            cell: course => <Badge tone={tones[course.status]}>{t(`status_${course.status}`)}</Badge>,
          },
          { id: 'teacher', header: t('teacher'), cell: course => course.instructorName },
          {
            id: 'learners',
            header: t('learners'),
            align: 'end',
            cell: course => (
              <a href={`/teach/courses/${course.id}/learners`} className={link}>
                {course.learnerCount}
                <span className="sr-only">{t('learnersOf', { title: course.title })}</span>
              </a>
            ),
          },
          { id: 'updated', header: t('updated'), cell: course => <Moment time={course.updatedAt} /> },
          {
            id: 'actions',
            header: t('actions'),
            headerHidden: true,
            align: 'end',
            cell: course =>
              course.status === 'published' ? (
                <Button
                  variant="secondary"
                  size="small"
                  isDisabled={pending}
                  aria-label={t('archiveOf', { title: course.title })}
                  onPress={() => setArchiving(course)}
                >
                  {t('archive')}
                </Button>
              ) : (
                <Button
                  variant="secondary"
                  size="small"
                  isDisabled={pending}
                  aria-label={t('publishOf', { title: course.title })}
                  onPress={() => change(course, 'publish')}
                >
                  {t('publish')}
                </Button>
              ),
          },
        ]}
        empty={
          <EmptyState
            title={t('none')}
            action={
              <LinkButton href="/teach/new">
                <Icon name="plus" />
                {t('make')}
              </LinkButton>
            }
          >
            {t('noneText')}
          </EmptyState>
        }
      />
      <ConfirmDialog
        isOpen={archiving !== null}
        onOpenChange={() => setArchiving(null)}
        title={t('archiveTitle', { title: archiving?.title ?? '' })}
        confirmLabel={t('archive')}
        cancelLabel={common('cancel')}
        danger
        onConfirm={async () => {
          if (archiving) await change(archiving, 'archive')
        }}
      >
        {t('archiveText')}
      </ConfirmDialog>
    </>
  )
}
