import { Notice } from '@azora/ui/notice.tsx'
import { ClientMessages } from '../../i18n/client-messages.tsx'
import { getTranslations } from '../../i18n/server.ts'
import { api, need, unless } from '../../lib/api.server.ts'
import { QuizTrial } from './quiz-trial.tsx'

type PreviewQuizProps = {
  quizId: string
  /** The address of this page. */
  path: string
  /** Where a learner would go on: the next lesson, or without one the course. */
  course: string
  next: string | null
  /** The number of a variant; null for what its author sees at first. */
  variant?: number | null
}

/** A quiz as a learner meets it who has not tried it yet. */
export async function PreviewQuiz({ quizId, path, course, next, variant = null }: PreviewQuizProps) {
  const overview = await need(unless((await api()).assessment.getQuiz({ quizId }), 'not_found'), path)
  if (!overview || overview.questionCount === 0) {
    return <Notice>{(await getTranslations('quiz'))('notReady')}</Notice>
  }
  const untried = {
    ...overview,
    attempts: [],
    attemptsLeft: overview.maxAttempts,
    bestScorePercent: null,
    passed: false,
  }
  return (
    <ClientMessages of={['quiz', 'code', 'upload', 'viewer', 'lesson', 'progress', 'preview']}>
      <QuizTrial overview={untried} path={path} course={course} next={next} variant={variant} />
    </ClientMessages>
  )
}
