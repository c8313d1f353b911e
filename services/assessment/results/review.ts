import { AppError } from '@azora/kit/errors.ts'
import { actorOf, type RequestContext } from '@azora/kit/http.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { requireAuthoredQuiz } from '../quizzes/authored-quiz.ts'
import type { AskedQuestions } from '../submissions/asked-questions.ts'
import { summaryOf } from '../submissions/attempt-view.ts'
import { optionsInOrder } from '../submissions/option-order.ts'
import { selectOptionalSubmission } from '../submissions/submissions.store.ts'
import { selectCurrentVersions } from './results.store.ts'

/**
 * A learner's attempt for who teaches the course, whatever the learner is shown of it: what was asked, in the versions
 * and the order they saw, what they answered, and their points.
 *
 * @throws AppError `not_found`, also for a survey; `forbidden`.
 */
export async function getReview(
  tools: Pick<ServiceKit, 'db' | 'others'> & { questionsOf: AskedQuestions },
  context: RequestContext,
  submissionId: string,
) {
  const db = tools.db.in(actorOf(context).organizationId)
  const attempt = await selectOptionalSubmission(db, submissionId)
  if (!attempt) throw new AppError('not_found')
  const quiz = await requireAuthoredQuiz(tools, context, attempt.quizId)
  if (quiz.kind === 'survey') throw new AppError('not_found')
  const questions = await tools.questionsOf(db, attempt)
  const current = new Map(
    (await selectCurrentVersions(db, attempt.questionIds)).map(({ id, version }) => [id, version]),
  )
  return {
    ...summaryOf(attempt, 'all'),
    quizId: quiz.id,
    courseId: quiz.courseId,
    title: quiz.title,
    userId: attempt.userId,
    passingScore: quiz.passingScore,
    score: attempt.score,
    maxScore: attempt.maxScore,
    questions: questions.map(question => ({
      id: question.id,
      version: question.version,
      currentVersion: current.get(question.id) ?? null,
      type: question.type,
      content: question.content,
      points: question.points,
      options: optionsInOrder(attempt, question).map(({ id, content }) => ({ id, content })),
      chosen: attempt.answers[question.id] ?? [],
      correct: question.correctAnswer,
      awarded: attempt.grading ? (attempt.grading.awarded[question.id] ?? 0) : null,
    })),
  }
}
