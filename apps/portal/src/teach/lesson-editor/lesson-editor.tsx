'use client'
import { Breadcrumbs } from '@azora/ui/breadcrumbs.tsx'
import { Button } from '@azora/ui/button.tsx'
import { Card } from '@azora/ui/card.tsx'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { NumberField } from '@azora/ui/number-field.tsx'
import { Select } from '@azora/ui/select.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { DraftNotice } from '@azora/web/drafts/draft-notice.tsx'
import { useEffect, useState } from 'react'
import { Form as AriaForm } from 'react-aria-components/Form'
import { useTranslations } from '../../i18n/client.tsx'
import { showsVideo } from '../../learning/shows-video.ts'
import { FileChoice } from '../file-choice.tsx'
import type { StoredFile } from '../files/stored-file.ts'
import { LessonAttachments } from './attachments.tsx'
import { HtmlEditor } from './html-editor.tsx'
import { type Lesson, useLesson } from './use-lesson.ts'

type LessonEditorProps = {
  lesson: Lesson
  files: StoredFile[]
  quizzes: { id: string; title: string; bank: boolean; kind: 'quiz' | 'survey' }[]
}

const noQuiz = 'none'

/** The editor of one lesson. What is written is kept on this device until it is saved. */
export function LessonEditor({ lesson, files, quizzes }: LessonEditorProps) {
  const t = useTranslations('lessonEditor')
  const teach = useTranslations('teach')
  const common = useTranslations('common')
  const editing = useLesson(lesson)
  const { value, change, save, saving, dirty } = editing
  const [known, setKnown] = useState(files)
  const courseAddress = `/teach/courses/${lesson.courseId}`
  const learn = (file: StoredFile) =>
    setKnown(before => (before.some(one => one.id === file.id) ? before : [...before, file]))
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      if (event.key !== 's' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      void save()
    }
    addEventListener('keydown', keys)
    return () => removeEventListener('keydown', keys)
  }, [save])
  const { kind } = lesson
  const survey = quizzes.some(quiz => quiz.id === value.quizId && quiz.kind === 'survey')
  return (
    <div className="page-width">
      <div className="flex flex-col gap-3 pt-8 pb-4">
        <Breadcrumbs
          label={common('breadcrumbs')}
          items={[
            { label: teach('title'), href: '/teach' },
            { label: lesson.courseTitle, href: courseAddress },
            { label: value.title || lesson.title },
          ]}
        />
        <h1 className="sr-only">{value.title || lesson.title}</h1>
      </div>
      <div className="sticky top-16 z-30 -mx-2 mb-5 flex flex-wrap items-center justify-between gap-x-4 gap-y-2 bg-ground/95 px-2 py-2">
        <p role="status" className={`text-sm ${dirty ? 'font-semibold text-amber-ink' : 'text-muted'}`}>
          {saving ? t('saving') : dirty ? t('unsaved') : t('saved')}
        </p>
        <div className="flex gap-3">
          <LinkButton href={`${courseAddress}/preview/${lesson.id}`} variant="secondary">
            <Icon name="eye" />
            {t('preview')}
          </LinkButton>
          <Button onPress={save} isPending={saving} isDisabled={!dirty}>
            {t('save')}
          </Button>
        </div>
      </div>
      <div className="flex flex-col gap-4 pb-4 empty:hidden">
        <DraftNotice draft={editing.draft} />
        {kind === 'video' && lesson.status === 'published' && !value.fileId && !showsVideo(value.content) ? (
          <Notice tone="warning">{t('noVideo')}</Notice>
        ) : null}
        {editing.fault ? (
          <Notice tone="error" live>
            {editing.fault}
          </Notice>
        ) : null}
      </div>
      <AriaForm
        validationErrors={editing.faults}
        onSubmit={event => {
          event.preventDefault()
          void save()
        }}
        className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]"
      >
        <div className="flex min-w-0 flex-col gap-5">
          <TextField
            label={t('title')}
            name="title"
            value={value.title}
            onChange={title => change({ title })}
            maxLength={300}
            isRequired
          />
          {kind === 'link' ? (
            <TextField
              label={t('linkUrl')}
              description={t('linkHelp')}
              name="linkUrl"
              type="url"
              value={value.linkUrl ?? ''}
              onChange={linkUrl => change({ linkUrl: linkUrl.trim() || null })}
              isRequired
            />
          ) : null}
          {kind === 'video' || kind === 'file' ? (
            <Card>
              <FileChoice
                courseId={lesson.courseId}
                kind={kind}
                fault={editing.faults.fileId}
                chosen={known.find(file => file.id === value.fileId) ?? null}
                onChoose={file => {
                  if (file) learn(file)
                  change({ fileId: file?.id ?? null })
                }}
              />
            </Card>
          ) : null}
          {kind === 'quiz' ? (
            <Card className="flex flex-col gap-4">
              <Select
                label={t(survey ? 'survey' : 'quiz')}
                name="quizId"
                value={value.quizId ?? noQuiz}
                onChange={id => change({ quizId: id === noQuiz ? null : id })}
                options={[
                  { id: noQuiz, label: t('noQuiz') },
                  ...quizzes
                    .filter(quiz => !quiz.bank || quiz.id === value.quizId)
                    .map(quiz => ({
                      id: quiz.id,
                      label: quiz.kind === 'survey' ? t('surveyOption', { title: quiz.title }) : quiz.title,
                    })),
                ]}
              />
              <div className="flex flex-wrap gap-3">
                {value.quizId ? (
                  <LinkButton href={`${courseAddress}/quizzes/${value.quizId}`} variant="secondary">
                    <Icon name="edit" />
                    {t(survey ? 'editSurvey' : 'editQuiz')}
                  </LinkButton>
                ) : null}
                <LinkButton href={`${courseAddress}/quizzes/new`} variant="quiet">
                  <Icon name="plus" />
                  {t('newQuiz')}
                </LinkButton>
              </div>
            </Card>
          ) : (
            <div className="flex min-w-0 flex-col gap-1.5">
              <span id="lesson-text" className="text-sm font-semibold">
                {t(`contentHelp_${kind}`)}
              </span>
              <HtmlEditor
                key={editing.generation}
                courseId={lesson.courseId}
                initial={value.content}
                labelledBy="lesson-text"
                onChange={content => change({ content })}
              />
            </div>
          )}
        </div>
        <Card as="section" className="flex min-w-0 flex-col gap-5">
          <h2 className="font-bold">{t('settings')}</h2>
          <NumberField
            label={t('duration')}
            name="durationMinutes"
            minValue={0}
            maxValue={1440}
            value={value.durationMinutes}
            onChange={minutes => change({ durationMinutes: Number.isNaN(minutes) ? 0 : minutes })}
          />
          <Checkbox isSelected={value.required} onChange={required => change({ required })}>
            {t('required')}
          </Checkbox>
          <LessonAttachments
            courseId={lesson.courseId}
            files={known}
            chosen={value.attachmentIds}
            onFile={learn}
            onChange={attachmentIds => change({ attachmentIds })}
          />
        </Card>
      </AriaForm>
    </div>
  )
}
