import type { Metadata } from 'next'
import { ClientMessages } from '../../../../../../i18n/client-messages.tsx'
import { getTranslations } from '../../../../../../i18n/server.ts'
import { api, need } from '../../../../../../lib/api.server.ts'
import { NotForRole } from '../../../../../../teach/not-for-role.tsx'
import { QuizEditor } from '../../../../../../teach/quiz-editor/quiz-editor.tsx'
import { isTeacher } from '../../../../../../teach/teacher.server.ts'

type Props = { params: Promise<{ courseId: string }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('quizEditor'))('newTitle') }
}

export default async function NewQuizPage({ params }: Props) {
  const { courseId } = await params
  const path = `/teach/courses/${courseId}/quizzes/new`
  if (!(await isTeacher(path))) return <NotForRole />
  const course = await need((await api()).education.editCourse({ courseId }), path)
  return (
    <ClientMessages of={['teach', 'quizEditor', 'code', 'codeEditor', 'uploads', 'files', 'drafts']}>
      <QuizEditor course={{ id: course.id, title: course.title }} quiz={null} />
    </ClientMessages>
  )
}
