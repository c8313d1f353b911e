'use client'
import { SubmitButton } from '@azora/ui/form.tsx'
import { DraftForm } from '@azora/web/drafts/draft-form.tsx'
import { useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/api.browser.ts'
import { CourseFields, courseBasics } from './course-fields.tsx'

type NewCourseProps = { language: string; languages: { id: string; label: string }[]; subjects: string[] }

/** Creates a draft course and opens it in the editor. */
export function NewCourse({ language, languages, subjects }: NewCourseProps) {
  const t = useTranslations('teach')
  const common = useTranslations('common')
  const submit = async (data: FormData) => {
    const course = await call('education.createCourse', courseBasics(data))
    location.assign(`/teach/courses/${course.id}`)
  }
  return (
    <DraftForm thing="new-course" onSubmit={submit} failure={common('connectionLost')}>
      <CourseFields
        initial={{ title: '', summary: '', category: '', level: 'beginner', language }}
        languages={languages}
        subjects={subjects}
      />
      <SubmitButton size="large">{t('create')}</SubmitButton>
    </DraftForm>
  )
}
