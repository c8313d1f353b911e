'use client'
import { Button } from '@azora/ui/button.tsx'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { call } from '../../lib/api.browser.ts'
import { useAction } from '../use-action.ts'
import type { AuthoredCourse, CourseTabProps, QuizEntry } from './authored-course.ts'
import { ModuleCard } from './module-card.tsx'
import type { PartStatus } from './part-status.tsx'
import { TitleDialog } from './title-dialog.tsx'

type Modules = AuthoredCourse['modules']

/** The outline of a course: modules and lessons, added, named, ordered and deleted. */
export function OutlineTab({
  course,
  onCourse,
  onConflict,
  quizzes,
}: CourseTabProps & { quizzes: QuizEntry[] }) {
  const t = useTranslations('editor')
  const word = useTranslations('partStatus')
  const say = useToast()
  const { run, fault, pending } = useAction({ onConflict })
  const [adding, setAdding] = useState(false)
  // Shown at once, before the API has answered; put back when it refuses.
  const arrange = (modules: Modules) => {
    if (modules === course.modules) return
    onCourse({ ...course, modules })
    void run(async () => {
      const order = modules.map(({ id, lessons }) => ({ id, lessonIds: lessons.map(lesson => lesson.id) }))
      onCourse(await call('education.arrangeCourse', { courseId: course.id, modules: order }))
      say(t('moved'))
    }).then(done => {
      if (!done) onCourse({ ...course })
    })
  }
  const setStatus = (parts: { lessonIds?: string[]; moduleIds?: string[] }, status: PartStatus) =>
    void run(async () => {
      onCourse(await call('education.setPartStatus', { courseId: course.id, status, ...parts }))
      say(word(`done_${status}`))
    })
  const drafts = course.modules.flatMap(module => module.lessons).filter(lesson => lesson.status === 'draft')
  const add = (title: string) =>
    run(async () => onCourse(await call('education.createModule', { courseId: course.id, title })))
  const addButton = (
    <Button variant={course.modules.length ? 'secondary' : 'primary'} onPress={() => setAdding(true)}>
      <Icon name="plus" />
      {t('newModule')}
    </Button>
  )
  return (
    <div className="flex max-w-4xl flex-col gap-5">
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
      {course.status === 'published' && drafts.length > 0 ? (
        <Notice>
          <span className="flex flex-wrap items-center justify-between gap-3">
            {word('drafts', { count: drafts.length })}
            <Button
              size="small"
              variant="secondary"
              isPending={pending}
              onPress={() => setStatus({ lessonIds: drafts.map(({ id }) => id) }, 'published')}
            >
              {word('publishAll')}
            </Button>
          </span>
        </Notice>
      ) : null}
      {course.modules.length ? (
        <>
          {course.modules.map((module, index) => (
            <ModuleCard
              key={module.id}
              module={module}
              index={index}
              course={course}
              quizzes={quizzes}
              run={run}
              busy={pending}
              onCourse={onCourse}
              onArrange={arrange}
              onStatus={setStatus}
            />
          ))}
          <div>{addButton}</div>
        </>
      ) : (
        <EmptyState title={t('noModules')} action={addButton}>
          {t('noModulesText')}
        </EmptyState>
      )}
      {adding ? (
        <TitleDialog
          thing={`new-module:${course.id}`}
          heading={t('newModule')}
          label={t('moduleTitle')}
          confirmLabel={t('addModule')}
          onClose={() => setAdding(false)}
          onTitle={add}
        />
      ) : null}
    </div>
  )
}
