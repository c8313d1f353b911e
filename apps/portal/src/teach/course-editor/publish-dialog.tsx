'use client'
import { Button } from '@azora/ui/button.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { Spinner } from '@azora/ui/spinner.tsx'
import { useLoad } from '@azora/web/calls/use-load.ts'
import { LoadFailed } from '@azora/web/shell/load-failed.tsx'
import { useTranslations } from '../../i18n/client.tsx'
import { ApiError, call, type OutputOf } from '../../lib/api.browser.ts'
import { useAction } from '../use-action.ts'
import type { AuthoredCourse } from './authored-course.ts'

type Problem = OutputOf<'education.getPublishProblems'>['problems'][number]

type PublishDialogProps = {
  course: AuthoredCourse
  onClose: () => void
  onCourse: (course: AuthoredCourse) => void
  onPublished: () => void
}

/**
 * Looks whether a course is ready for learners. If it is, it can be published; otherwise it lists what is unfinished,
 * and each line leads to where it is done.
 */
export function PublishDialog({ course, onClose, onCourse, onPublished }: PublishDialogProps) {
  const t = useTranslations('publishing')
  const common = useTranslations('common')
  const { run, pending, fault } = useAction()
  const courseId = course.id
  const looked = useLoad(courseId, signal => call('education.getPublishProblems', { courseId }, { signal }))
  const problems = looked.value?.problems ?? null
  const publish = () =>
    run(async () => {
      try {
        onCourse(await call('education.publishCourse', { courseId }))
      } catch (failure) {
        // A question may have been deleted since the list was made.
        if (!(failure instanceof ApiError) || failure.code !== 'course_not_publishable') throw failure
        looked.replace({ problems: failure.data.problems ?? [] })
        return
      }
      onPublished()
      onClose()
    })
  const drafts = course.modules.flatMap(module =>
    module.status === 'published'
      ? module.lessons.filter(lesson => lesson.status === 'draft')
      : module.lessons,
  ).length
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={problems?.length ? t('unfinished') : t('title')}
      closeLabel={common('close')}
    >
      <div className="flex flex-col gap-5">
        {fault ? (
          <Notice tone="error" live>
            {fault}
          </Notice>
        ) : null}
        {looked.fault ? (
          <LoadFailed fault={looked.fault} onRetry={looked.reload} />
        ) : problems === null ? (
          <Spinner label={t('checking')} />
        ) : problems.length > 0 ? (
          <>
            <p>{t('unfinishedText')}</p>
            <ul className="flex flex-col gap-2">
              {problems.map(problem => (
                <li key={`${problem.code} ${problem.part.id}`}>
                  <a
                    href={addressOf(course.id, problem)}
                    onClick={onClose}
                    className="flex items-start gap-3 rounded-control border border-line p-3 no-underline hover:border-accent hover:bg-sunken"
                  >
                    <Icon name="warning" className="mt-1 shrink-0 text-amber-ink" />
                    <span className="min-w-0 flex-1">
                      <span className="block font-medium break-words">
                        {problem.part.kind === 'course' ? t('course') : problem.part.title}
                      </span>
                      <span className="block text-sm text-muted">{t(`problem_${problem.code}`)}</span>
                    </span>
                    <Icon name="forward" className="mt-1 shrink-0 text-muted" />
                  </a>
                </li>
              ))}
            </ul>
          </>
        ) : (
          <>
            <p className="flex items-start gap-3">
              <Icon name="check" className="mt-1 shrink-0 text-good" />
              {t('ready')}
            </p>
            {drafts > 0 ? <Notice>{t('drafts', { count: drafts })}</Notice> : null}
          </>
        )}
        <div className="flex flex-wrap justify-end gap-3">
          <Button variant="secondary" onPress={onClose}>
            {problems?.length ? common('close') : common('cancel')}
          </Button>
          {problems?.length === 0 ? (
            <Button onPress={publish} isPending={pending}>
              {t('publish')}
            </Button>
          ) : null}
        </div>
      </div>
    </Dialog>
  )
}

/** Where a problem is solved. */
function addressOf(courseId: string, { code, part }: Problem): string {
  const course = `/teach/courses/${courseId}`
  if (part.kind === 'lesson') return `${course}/lessons/${part.id}`
  if (part.kind === 'quiz') return `${course}/quizzes/${part.id}`
  return code === 'no_published_lesson' ? `${course}#outline` : `${course}#settings`
}
