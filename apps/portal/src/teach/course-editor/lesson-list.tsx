'use client'
import { ConfirmDialog } from '@azora/ui/confirm-dialog.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Menu } from '@azora/ui/menu.tsx'
import { useState } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { GridList, GridListItem } from 'react-aria-components/GridList'
import { DropIndicator, useDragAndDrop } from 'react-aria-components/useDragAndDrop'
import { useTranslations } from '../../i18n/client.tsx'
import { LessonKindIcon } from '../../learning/lesson-kind-icon.tsx'
import { call } from '../../lib/api.browser.ts'
import { durationText } from '../../text/duration.ts'
import { lessonKindText } from '../../text/lesson-kind.ts'
import type { AuthoredCourse } from './authored-course.ts'
import { placeLessons, stepLesson } from './outline.ts'
import { asPartStatus, type PartStatus, PartStatusBadge, partStatusItems } from './part-status.tsx'

type Module = AuthoredCourse['modules'][number]
type Lesson = Module['lessons'][number]

type LessonListProps = {
  module: Module
  course: AuthoredCourse
  run: (work: () => Promise<void>) => Promise<boolean>
  onCourse: (course: AuthoredCourse) => void
  onArrange: (modules: Module[]) => void
  onStatus: (parts: { lessonIds?: string[]; moduleIds?: string[] }, status: PartStatus) => void
}

// Only our own lessons may be dropped into an outline.
const dragType = 'application/x-azora-lesson'

/**
 * The lessons of a module. They are put in order by dragging, within and between modules, also by keyboard (Enter
 * on the handle, then the arrows or Tab), or by the steps in each lesson's menu.
 */
export function LessonList({ module, course, run, onCourse, onArrange, onStatus }: LessonListProps) {
  const t = useTranslations('editor')
  const common = useTranslations('common')
  const [deleting, setDeleting] = useState<Lesson | null>(null)
  const place = (ids: Iterable<string>, beside?: { lessonId: string; position: 'before' | 'after' }) =>
    onArrange(
      placeLessons<Lesson, Module>(course.modules, new Set(ids), {
        moduleId: module.id,
        ...(beside ? { beside } : {}),
      }),
    )
  const idsOf = (items: { kind: string; getText?: (type: string) => Promise<string> }[]) =>
    Promise.all(items.map(item => item.getText?.(dragType) ?? '')).then(found => found.filter(Boolean))
  const side = (target: { key: string | number; dropPosition: string }) => ({
    lessonId: String(target.key),
    position: target.dropPosition === 'before' ? ('before' as const) : ('after' as const),
  })
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: keys => [...keys].map(key => ({ [dragType]: String(key) })),
    acceptedDragTypes: [dragType],
    getDropOperation: () => 'move',
    onReorder: event => place([...event.keys].map(String), side(event.target)),
    onInsert: async event => place(await idsOf(event.items), side(event.target)),
    onRootDrop: async event => place(await idsOf(event.items)),
    renderDropIndicator: target => (
      <DropIndicator
        target={target}
        className="-my-px h-0.5 data-drop-target:bg-accent data-drop-target:outline-2 data-drop-target:outline-accent"
      />
    ),
  })
  const remove = async () => {
    if (!deleting) return
    await run(async () => onCourse(await call('education.deleteLesson', { lessonId: deleting.id })))
  }
  const lessons = course.modules.flatMap(one => one.lessons)
  const status = useTranslations('partStatus')
  const act = (lesson: Lesson, id: string) => {
    const wanted = asPartStatus(id)
    if (wanted) onStatus({ lessonIds: [lesson.id] }, wanted)
    else if (id === 'delete') setDeleting(lesson)
    else if (id === 'up' || id === 'down')
      onArrange(stepLesson<Lesson, Module>(course.modules, lesson.id, id === 'up' ? -1 : 1))
  }
  return (
    <>
      <GridList
        aria-label={t('lessonsOf', { module: module.title })}
        items={module.lessons}
        dragAndDropHooks={dragAndDropHooks}
        className="flex flex-col data-drop-target:bg-accent-soft"
        renderEmptyState={() => <p className="px-5 py-6 text-muted">{t('emptyModule')}</p>}
      >
        {lesson => (
          <GridListItem
            id={lesson.id}
            textValue={lesson.title}
            className="group flex items-center gap-2 border-b border-line py-1.5 ps-2 pe-2 last:border-0 data-dragging:opacity-50 data-focus-visible:-outline-offset-3"
          >
            <AriaButton
              slot="drag"
              aria-label={t('drag', { lesson: lesson.title })}
              className="grid size-10 shrink-0 cursor-grab place-items-center rounded-control text-muted hover:bg-sunken"
            >
              <Icon name="grip" />
            </AriaButton>
            <LessonKindIcon kind={lesson.kind} label={lessonKindText(common, lesson)} />
            <a
              href={`/teach/courses/${course.id}/lessons/${lesson.id}`}
              // The row is what is dragged, not its address.
              draggable={false}
              className="min-w-0 flex-1 py-2 break-words underline-offset-4 hover:underline"
            >
              {lesson.title}
            </a>
            <PartStatusBadge status={lesson.status} />
            <span className="shrink-0 text-sm text-muted max-sm:hidden">
              {lesson.required ? '' : `${t('optional')} · `}
              {durationText(common, lesson.durationMinutes)}
            </span>
            <Menu
              variant="quiet"
              trigger={<Icon name="more" />}
              label={t('lessonActions', { lesson: lesson.title })}
              items={[
                {
                  id: 'edit',
                  label: t('edit'),
                  icon: <Icon name="edit" />,
                  href: `/teach/courses/${course.id}/lessons/${lesson.id}`,
                },
                {
                  id: 'up',
                  label: t('moveUp'),
                  icon: <Icon name="up" />,
                  isDisabled: lesson.id === lessons[0]?.id && module.id === course.modules[0]?.id,
                },
                {
                  id: 'down',
                  label: t('moveDown'),
                  icon: <Icon name="down" />,
                  isDisabled: lesson.id === lessons.at(-1)?.id && module.id === course.modules.at(-1)?.id,
                },
                ...partStatusItems(status, lesson.status),
                { id: 'delete', label: t('deleteLesson'), icon: <Icon name="trash" />, danger: true },
              ]}
              onAction={id => act(lesson, id)}
            />
          </GridListItem>
        )}
      </GridList>
      <ConfirmDialog
        isOpen={deleting !== null}
        onOpenChange={() => setDeleting(null)}
        title={t('deleteLessonTitle', { lesson: deleting?.title ?? '' })}
        confirmLabel={t('deleteLesson')}
        cancelLabel={common('cancel')}
        danger
        onConfirm={remove}
      >
        {t('deleteLessonText')}
      </ConfirmDialog>
    </>
  )
}
