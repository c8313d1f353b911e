import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ClientMessages } from '../../../../../../i18n/client-messages.tsx'
import { getTranslations } from '../../../../../../i18n/server.ts'
import { api, need } from '../../../../../../lib/api.server.ts'
import { LessonEditor } from '../../../../../../teach/lesson-editor/lesson-editor.tsx'
import { NotForRole } from '../../../../../../teach/not-for-role.tsx'
import { titleFor } from '../../../../../../teach/page-title.server.ts'
import { isTeacher } from '../../../../../../teach/teacher.server.ts'

type Props = { params: Promise<{ courseId: string; lessonId: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { lessonId } = await params
  const t = await getTranslations('preview')
  return titleFor(client => client.education.editLesson({ lessonId }), t('toLesson'))
}

export default async function EditLessonPage({ params }: Props) {
  const { courseId, lessonId } = await params
  const path = `/teach/courses/${courseId}/lessons/${lessonId}`
  if (!(await isTeacher(path))) return <NotForRole />
  const client = await api()
  const [lesson, course, quizzes] = await Promise.all([
    need(client.education.editLesson({ lessonId }), path),
    need(client.education.editCourse({ courseId }), path),
    need(client.assessment.listQuizzes({ courseId }), path),
  ])
  if (lesson.courseId !== courseId) notFound()
  // Files of the lesson that the course does not list by itself are known all the same.
  const own = [...lesson.attachments, ...(lesson.file ? [lesson.file] : [])]
  const files = [...new Map([...course.attachments, ...own].map(file => [file.id, file])).values()]
  return (
    <ClientMessages of={['teach', 'lessonEditor', 'richText', 'uploads', 'files', 'drafts']}>
      <LessonEditor lesson={lesson} files={files} quizzes={quizzes.items} />
    </ClientMessages>
  )
}
