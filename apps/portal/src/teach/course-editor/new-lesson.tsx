'use client'
import { Button } from '@azora/ui/button.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { SubmitButton } from '@azora/ui/form.tsx'
import { Select } from '@azora/ui/select.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { DraftForm } from '@azora/web/drafts/draft-form.tsx'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { call, type InputOf } from '../../lib/api.browser.ts'
import { FileChoice } from '../file-choice.tsx'
import type { StoredFile } from '../files/stored-file.ts'
import type { AuthoredCourse, QuizEntry } from './authored-course.ts'

type LessonKind = InputOf<'education.createLesson'>['kind']

/** What can be added as a lesson: a survey is a quiz to the API, and something else to teachers. */
export type NewKind = LessonKind | 'survey'

type NewLessonProps = {
  kind: NewKind
  moduleId: string
  course: AuthoredCourse
  quizzes: QuizEntry[]
  onClose: () => void
}

const fresh = 'new'

/** Asks for what a lesson of this kind cannot be without, adds it and opens its editor. */
export function NewLesson({ kind, moduleId, course, quizzes, onClose }: NewLessonProps) {
  const t = useTranslations('editor')
  const common = useTranslations('common')
  const [file, setFile] = useState<StoredFile | null>(null)
  const asks = kind === 'quiz' || kind === 'survey'
  const usable = quizzes.filter(quiz => !quiz.bank && quiz.kind === kind)
  const submit = async (data: FormData) => {
    const title = String(data.get('title'))
    const chosen = String(data.get('quizId') ?? fresh)
    const created =
      asks && chosen === fresh
        ? await call('assessment.createQuiz', { courseId: course.id, title, kind })
        : null
    const lesson = await call('education.createLesson', {
      moduleId,
      kind: asks ? 'quiz' : kind,
      title,
      fileId: file?.id ?? null,
      linkUrl: kind === 'link' ? String(data.get('linkUrl')) : null,
      quizId: asks ? (created?.id ?? chosen) : null,
    })
    const address = `/teach/courses/${course.id}`
    location.assign(created ? `${address}/quizzes/${created.id}` : `${address}/lessons/${lesson.id}`)
  }
  return (
    <Dialog isOpen onOpenChange={onClose} title={t(`newLesson_${kind}`)} closeLabel={common('close')}>
      <DraftForm
        thing={`new-lesson:${moduleId}:${kind}`}
        onSubmit={submit}
        failure={common('connectionLost')}
      >
        <TextField label={t('lessonTitle')} name="title" maxLength={300} isRequired autoFocus />
        {kind === 'link' ? (
          <TextField label={t('linkUrl')} name="linkUrl" type="url" placeholder="https://" isRequired />
        ) : null}
        {asks && usable.length ? (
          <Select
            label={t(`which_${kind}`)}
            name="quizId"
            defaultValue={fresh}
            options={[
              { id: fresh, label: t(`newOption_${kind}`) },
              ...usable.map(quiz => ({ id: quiz.id, label: quiz.title })),
            ]}
          />
        ) : null}
        {kind === 'file' || kind === 'video' ? (
          <FileChoice courseId={course.id} kind={kind} chosen={file} onChoose={setFile} />
        ) : null}
        <div className="flex flex-wrap justify-end gap-3">
          <Button variant="secondary" onPress={onClose}>
            {common('cancel')}
          </Button>
          <SubmitButton>{t('createLesson')}</SubmitButton>
        </div>
      </DraftForm>
    </Dialog>
  )
}
