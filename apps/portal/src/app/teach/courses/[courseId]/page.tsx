import type { Metadata } from 'next'
import { ClientMessages } from '../../../../i18n/client-messages.tsx'
import { getLocale, getTranslations } from '../../../../i18n/server.ts'
import { api, need } from '../../../../lib/api.server.ts'
import { CourseEditor } from '../../../../teach/course-editor/course-editor.tsx'
import { languageOptions } from '../../../../teach/language-options.ts'
import { NotForRole } from '../../../../teach/not-for-role.tsx'
import { titleFor } from '../../../../teach/page-title.server.ts'
import { isTeacher, knownSubjects } from '../../../../teach/teacher.server.ts'

type Props = { params: Promise<{ courseId: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { courseId } = await params
  const t = await getTranslations('preview')
  return titleFor(client => client.education.editCourse({ courseId }), t('toCourse'))
}

export default async function EditCoursePage({ params }: Props) {
  const { courseId } = await params
  const path = `/teach/courses/${courseId}`
  if (!(await isTeacher(path))) return <NotForRole />
  const client = await api()
  const [course, quizzes, locale, subjects] = await Promise.all([
    need(client.education.editCourse({ courseId }), path),
    need(client.assessment.listQuizzes({ courseId }), path),
    getLocale(),
    knownSubjects(),
  ])
  return (
    <ClientMessages
      of={[
        'teach',
        'editor',
        'priceEditor',
        'coupons',
        'freeSeats',
        'partStatus',
        'publishing',
        'lessonEditor',
        'richText',
        'uploads',
        'files',
        'drafts',
      ]}
    >
      <CourseEditor
        initial={course}
        quizzes={quizzes.items}
        languages={languageOptions(locale, course.language)}
        subjects={subjects}
      />
    </ClientMessages>
  )
}
