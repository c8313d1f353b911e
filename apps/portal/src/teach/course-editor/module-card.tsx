'use client'
import { Button } from '@azora/ui/button.tsx'
import { ConfirmDialog } from '@azora/ui/confirm-dialog.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Menu } from '@azora/ui/menu.tsx'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { call } from '../../lib/api.browser.ts'
import type { AuthoredCourse, QuizEntry } from './authored-course.ts'
import { LessonList } from './lesson-list.tsx'
import { type NewKind, NewLesson } from './new-lesson.tsx'
import { moveModule } from './outline.ts'
import { asPartStatus, type PartStatus, PartStatusBadge, partStatusItems } from './part-status.tsx'
import { TitleDialog } from './title-dialog.tsx'

type Module = AuthoredCourse['modules'][number]

type ModuleCardProps = {
  module: Module
  index: number
  course: AuthoredCourse
  quizzes: QuizEntry[]
  run: (work: () => Promise<void>) => Promise<boolean>
  busy: boolean
  onCourse: (course: AuthoredCourse) => void
  onArrange: (modules: Module[]) => void
  onStatus: (parts: { lessonIds?: string[]; moduleIds?: string[] }, status: PartStatus) => void
}

const kinds: NewKind[] = ['page', 'video', 'file', 'link', 'quiz', 'survey']
const icons = {
  page: 'book',
  video: 'video',
  file: 'file',
  link: 'link',
  quiz: 'quiz',
  survey: 'quiz',
} as const

/** One module of the outline with its lessons. */
export function ModuleCard({
  module,
  index,
  course,
  quizzes,
  run,
  busy,
  onCourse,
  onArrange,
  onStatus,
}: ModuleCardProps) {
  const t = useTranslations('editor')
  const common = useTranslations('common')
  const status = useTranslations('partStatus')
  const [dialog, setDialog] = useState<'rename' | 'delete' | null>(null)
  const [adding, setAdding] = useState<NewKind | null>(null)
  const step = (by: 1 | -1) => onArrange(moveModule(course.modules, index, by))
  const rename = (title: string) =>
    run(async () => onCourse(await call('education.saveModule', { moduleId: module.id, title })))
  const remove = async () => {
    await run(async () => onCourse(await call('education.deleteModule', { moduleId: module.id })))
  }
  return (
    <section
      aria-labelledby={`module-${module.id}`}
      className="rounded-card border border-line bg-surface shadow-card"
    >
      <header className="flex items-center gap-1 border-b border-line py-2 ps-5 pe-2">
        <h2 id={`module-${module.id}`} className="min-w-0 flex-1 text-lg leading-snug font-bold break-words">
          {module.title}
        </h2>
        <PartStatusBadge status={module.status} />
        <Button
          variant="quiet"
          className="w-10 px-0! max-sm:hidden"
          aria-label={t('moduleUp', { module: module.title })}
          isDisabled={index === 0 || busy}
          onPress={() => step(-1)}
        >
          <Icon name="up" />
        </Button>
        <Button
          variant="quiet"
          className="w-10 px-0! max-sm:hidden"
          aria-label={t('moduleDown', { module: module.title })}
          isDisabled={index === course.modules.length - 1 || busy}
          onPress={() => step(1)}
        >
          <Icon name="down" />
        </Button>
        <Menu
          variant="quiet"
          trigger={<Icon name="more" />}
          label={t('moduleActions', { module: module.title })}
          items={[
            { id: 'rename', label: t('rename'), icon: <Icon name="edit" /> },
            { id: 'up', label: t('moveUp'), icon: <Icon name="up" />, isDisabled: index === 0 },
            {
              id: 'down',
              label: t('moveDown'),
              icon: <Icon name="down" />,
              isDisabled: index === course.modules.length - 1,
            },
            ...partStatusItems(status, module.status),
            { id: 'delete', label: t('deleteModule'), icon: <Icon name="trash" />, danger: true },
          ]}
          onAction={id => {
            const wanted = asPartStatus(id)
            if (wanted) onStatus({ moduleIds: [module.id] }, wanted)
            else if (id === 'up' || id === 'down') step(id === 'up' ? -1 : 1)
            else setDialog(id === 'rename' ? 'rename' : 'delete')
          }}
        />
      </header>
      <LessonList
        module={module}
        course={course}
        run={run}
        onCourse={onCourse}
        onArrange={onArrange}
        onStatus={onStatus}
      />
      <footer className="border-t border-line p-2">
        <Menu
          variant="quiet"
          trigger={
            <>
              <Icon name="plus" />
              {t('addLesson')}
            </>
          }
          items={kinds.map(kind => ({
            id: kind,
            label: t(`kind_${kind}`),
            icon: <Icon name={icons[kind]} />,
          }))}
          onAction={id => setAdding(kinds.find(kind => kind === id) ?? null)}
        />
      </footer>
      {adding ? (
        <NewLesson
          kind={adding}
          moduleId={module.id}
          course={course}
          quizzes={quizzes}
          onClose={() => setAdding(null)}
        />
      ) : null}
      {dialog === 'rename' ? (
        <TitleDialog
          thing={`module:${module.id}`}
          heading={t('renameModule')}
          label={t('moduleTitle')}
          confirmLabel={common('save')}
          initial={module.title}
          onClose={() => setDialog(null)}
          onTitle={rename}
        />
      ) : null}
      <ConfirmDialog
        isOpen={dialog === 'delete'}
        onOpenChange={() => setDialog(null)}
        title={t('deleteModuleTitle', { module: module.title })}
        confirmLabel={t('deleteModule')}
        cancelLabel={common('cancel')}
        danger
        onConfirm={remove}
      >
        {t('deleteModuleText', { count: module.lessons.length })}
      </ConfirmDialog>
    </section>
  )
}
