import { Notice } from '@azora/ui/notice.tsx'
import { ClientMessages } from '../i18n/client-messages.tsx'
import { getTranslations } from '../i18n/server.ts'
import { api, need, unless } from '../lib/api.server.ts'
import { Quiz } from './quiz.tsx'

type QuizLessonProps = {
  quizId: string
  /** The address of this lesson. */
  path: string
  course: string
  lessonId: string
  next: string | null
  /** An earlier attempt to show. */
  attemptId: string | null
}

/** A quiz within a lesson: the open attempt when there is one, an earlier one when asked for, else its beginning. */
export async function QuizLesson({ quizId, path, course, lessonId, next, attemptId }: QuizLessonProps) {
  const client = await api()
  const overview = await need(
    unless(client.assessment.getQuiz({ quizId }), 'forbidden', 'not_enrolled'),
    path,
  )
  const t = await getTranslations('quiz')
  if (!overview || overview.questionCount === 0) return <Notice>{t('notReady')}</Notice>
  const shown = attemptId ?? overview.attempts.find(attempt => attempt.state === 'in_progress')?.id
  const submission = shown
    ? await unless(client.assessment.getSubmission({ submissionId: shown }), 'not_found', 'invalid_input')
    : null
  return (
    <ClientMessages of={['quiz', 'attemptLog', 'code', 'upload', 'viewer', 'lesson', 'progress']}>
      <Quiz
        overview={overview}
        initial={submission}
        path={path}
        course={course}
        lessonId={lessonId}
        next={next}
      />
    </ClientMessages>
  )
}
