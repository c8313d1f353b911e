'use client'
import { Button } from '@azora/ui/button.tsx'
import { ConfirmDialog } from '@azora/ui/confirm-dialog.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { Menu } from '@azora/ui/menu.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { call } from '../../lib/api.browser.ts'
import { useAction } from '../use-action.ts'
import type { CourseTabProps } from './authored-course.ts'

const PublishDialog = dynamic(() => import('./publish-dialog.tsx').then(module => module.PublishDialog))

/** Looking at a course, publishing, archiving and deleting it. */
export function CourseActions({ course, onCourse, onConflict }: CourseTabProps) {
  const t = useTranslations('editor')
  const common = useTranslations('common')
  const say = useToast()
  const { run, pending } = useAction({ onConflict, onFault: message => say(message, 'error') })
  const [asking, setAsking] = useState<'archive' | 'delete' | 'publish' | null>(null)
  const courseId = course.id
  const first = course.modules.flatMap(module => module.lessons)[0]
  const archive = async () => {
    await run(async () => {
      onCourse(await call('education.archiveCourse', { courseId }))
      say(t('archived'), 'info')
    })
  }
  const remove = async () => {
    await run(async () => {
      await call('education.deleteCourse', { courseId })
      location.assign('/teach')
    })
  }
  return (
    <>
      <LinkButton href={`/teach/courses/${courseId}/learners`} variant="secondary" className="max-sm:grow">
        <Icon name="person" />
        {t('learners')}
      </LinkButton>
      <LinkButton href={`/teach/courses/${courseId}/gradebook`} variant="secondary" className="max-sm:grow">
        <Icon name="table" />
        {t('gradebook')}
      </LinkButton>
      {first ? (
        <LinkButton href={`/teach/courses/${courseId}/preview`} variant="secondary" className="max-sm:grow">
          <Icon name="eye" />
          {t('preview')}
        </LinkButton>
      ) : null}
      {course.status === 'published' ? null : (
        <Button onPress={() => setAsking('publish')} isPending={pending} className="max-sm:grow">
          {course.status === 'archived' ? t('publishAgain') : t('publish')}
        </Button>
      )}
      <Menu
        trigger={<Icon name="more" />}
        label={t('more')}
        items={[
          ...(course.status === 'published'
            ? [
                {
                  id: 'catalogue',
                  label: t('inCatalogue'),
                  icon: <Icon name="link" />,
                  href: `/courses/${course.slug}`,
                },
                { id: 'archive', label: t('archive'), icon: <Icon name="download" /> },
              ]
            : []),
          { id: 'delete', label: t('delete'), icon: <Icon name="trash" />, danger: true },
        ]}
        onAction={id => setAsking(id === 'archive' || id === 'delete' ? id : null)}
      />
      {asking === 'publish' ? (
        <PublishDialog
          course={course}
          onClose={() => setAsking(null)}
          onCourse={onCourse}
          onPublished={() => say(t('published'))}
        />
      ) : null}
      <ConfirmDialog
        isOpen={asking === 'archive'}
        onOpenChange={open => setAsking(open ? 'archive' : null)}
        title={t('archiveTitle')}
        confirmLabel={t('archive')}
        cancelLabel={common('cancel')}
        onConfirm={archive}
      >
        {t('archiveText')}
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={asking === 'delete'}
        onOpenChange={open => setAsking(open ? 'delete' : null)}
        title={t('deleteTitle')}
        confirmLabel={t('delete')}
        cancelLabel={common('cancel')}
        danger
        onConfirm={remove}
      >
        {t('deleteText', { course: course.title })}
      </ConfirmDialog>
    </>
  )
}
