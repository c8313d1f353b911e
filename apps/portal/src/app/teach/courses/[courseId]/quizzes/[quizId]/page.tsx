import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ClientMessages } from '../../../../../../i18n/client-messages.tsx'
import { getTranslations } from '../../../../../../i18n/server.ts'
import { api, need } from '../../../../../../lib/api.server.ts'
import { NotForRole } from '../../../../../../teach/not-for-role.tsx'
import { titleFor } from '../../../../../../teach/page-title.server.ts'
import { QuizEditor } from '../../../../../../teach/quiz-editor/quiz-editor.tsx'
import { QuizResults } from '../../../../../../teach/quiz-editor/results.tsx'
import { rosterOf } from '../../../../../../teach/roster/roster.server.ts'
import { isTeacher } from '../../../../../../teach/teacher.server.ts'

type Props = {
  params: Promise<{ courseId: string; quizId: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { quizId } = await params
  const t = await getTranslations('quizEditor')
  return titleFor(client => client.assessment.editQuiz({ quizId }), t('editTitle'))
}

export default async function EditQuizPage({ params, searchParams }: Props) {
  const [{ courseId, quizId }, asked] = await Promise.all([params, searchParams])
  const path = `/teach/courses/${courseId}/quizzes/${quizId}`
  if (!(await isTeacher(path))) return <NotForRole />
  const client = await api()
  const cursor = typeof asked.cursor === 'string' ? asked.cursor : undefined
  const [course, quiz, submissions] = await Promise.all([
    need(client.education.editCourse({ courseId }), path),
    need(client.assessment.editQuiz({ quizId }), path),
    need(client.assessment.listSubmissions({ quizId, limit: 100, cursor }), path),
  ])
  if (quiz.courseId !== courseId) notFound()
  // Attempts name learners by id only; the roster knows what they are called.
  const names = new Map(
    submissions.items.length
      ? (await rosterOf(courseId, path)).entries.map(entry => [entry.userId, entry.name] as const)
      : [],
  )
  return (
    <ClientMessages of={['teach', 'quizEditor', 'code', 'codeEditor', 'uploads', 'files', 'drafts']}>
      <QuizEditor
        course={{ id: course.id, title: course.title }}
        quiz={quiz}
        atResults={cursor !== undefined || asked.tab === 'results'}
        results={<QuizResults kind={quiz.kind} submissions={submissions} names={names} address={path} />}
      />
    </ClientMessages>
  )
}
