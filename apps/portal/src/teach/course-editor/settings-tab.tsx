'use client'
import { Button } from '@azora/ui/button.tsx'
import { Card } from '@azora/ui/card.tsx'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { FileDrop } from '@azora/ui/file-drop.tsx'
import { SubmitButton } from '@azora/ui/form.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { DraftForm } from '@azora/web/drafts/draft-form.tsx'
import { useState } from 'react'
import { Cover } from '../../catalogue/cover.tsx'
import { useTranslations } from '../../i18n/client.tsx'
import { ApiError, call } from '../../lib/api.browser.ts'
import { CourseFields, courseBasics } from '../course-fields.tsx'
import { FilePicker } from '../files/file-picker.tsx'
import { HtmlEditor } from '../lesson-editor/html-editor.tsx'
import { UploadState, useUploads } from '../uploads.tsx'
import { useAction } from '../use-action.ts'
import type { CourseTabProps } from './authored-course.ts'

type SettingsTabProps = CourseTabProps & {
  languages: { id: string; label: string }[]
  subjects: string[]
}

/** What describes a course, when it counts as completed, and its cover. */
export function SettingsTab({ course, onCourse, onConflict, languages, subjects }: SettingsTabProps) {
  const t = useTranslations('editor')
  const common = useTranslations('common')
  const say = useToast()
  const [description, setDescription] = useState(course.description)
  const [generation, setGeneration] = useState(0)
  const [requireQuizzes, setRequireQuizzes] = useState(course.completionRule.requireQuizzes)
  const { uploads, send } = useUploads(course.id)
  const { run, pending } = useAction({ onConflict, onFault: message => say(message, 'error') })
  /** Answers false when the course was changed elsewhere meanwhile: nothing is saved then. */
  const save = async (data: FormData): Promise<boolean> => {
    try {
      onCourse(
        await call('education.saveCourse', {
          courseId: course.id,
          ...courseBasics(data),
          description,
          completionRule: { requireQuizzes },
        }),
      )
      say(t('settingsSaved'))
      return true
    } catch (failure) {
      if (!(failure instanceof ApiError && failure.code === 'conflict')) throw failure
      await onConflict()
      return false
    }
  }
  const setCover = (coverFileId: string | null) =>
    run(async () => {
      onCourse(await call('education.saveCourse', { courseId: course.id, coverFileId }))
      say(t('settingsSaved'))
    })
  const uploadCover = async (files: File[]) => {
    const [stored] = await send(files)
    if (stored) await setCover(stored.id)
  }
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <Card>
        <DraftForm
          thing={`course-settings:${course.id}`}
          onSubmit={save}
          failure={common('connectionLost')}
          extra={{ description }}
          onExtra={kept => {
            setDescription(kept.description ?? description)
            setGeneration(current => current + 1)
          }}
        >
          <CourseFields initial={course} languages={languages} subjects={subjects} />
          <div className="flex flex-col gap-1.5">
            <span id="description-label" className="text-sm font-semibold">
              {t('description')}
            </span>
            <span className="text-sm text-muted">{t('descriptionHelp')}</span>
            <HtmlEditor
              key={generation}
              courseId={course.id}
              initial={description}
              labelledBy="description-label"
              onChange={setDescription}
            />
          </div>
          <fieldset className="flex flex-col gap-1.5">
            <legend className="mb-1.5 text-sm font-semibold">{t('completion')}</legend>
            <Checkbox isSelected={requireQuizzes} onChange={setRequireQuizzes}>
              {t('requireQuizzes')}
              <span className="block text-sm text-muted">{t('requireQuizzesHelp')}</span>
            </Checkbox>
          </fieldset>
          <div>
            <SubmitButton size="large">{t('saveSettings')}</SubmitButton>
          </div>
        </DraftForm>
      </Card>
      <Card as="section" className="flex flex-col gap-4">
        <h2 className="font-bold">{t('cover')}</h2>
        <Cover url={course.coverUrl} title={course.title} className="rounded-control" />
        <p className="text-sm text-muted">{t('coverHelp')}</p>
        <FileDrop
          label={t('addFiles')}
          browseLabel={t('chooseCover')}
          accept={['image/jpeg', 'image/png', 'image/webp']}
          onFiles={uploadCover}
        />
        <UploadState uploads={uploads} />
        <FilePicker courseId={course.id} kind="image" onPick={file => void setCover(file.id)} />
        {course.coverUrl ? (
          <Button variant="quiet" isPending={pending} onPress={() => setCover(null)}>
            {t('removeCover')}
          </Button>
        ) : null}
      </Card>
    </div>
  )
}
