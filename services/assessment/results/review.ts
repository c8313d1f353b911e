import type { AskingCaller } from '@azora/kit/caller.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { selectMarkings } from '../marking/given-marks.store.ts'
import { refuseWhileNameless } from '../marking/mark-answers.ts'
import { openedAfter } from '../questions/asked-question.ts'
import { passagesOf } from '../questions/passage.ts'
import { requireAuthoredQuiz } from '../quizzes/authored-quiz.ts'
import { selectMarkChanges } from '../regrading/mark-changes.store.ts'
import type { AskedQuestions } from '../submissions/asked-questions.ts'
import { outcomeOf, shownQuestion, summaryOf } from '../submissions/attempt-view.ts'
import { breaksTaken } from '../submissions/breaks.ts'
import { selectOptionalSubmission } from '../submissions/submissions.store.ts'
import { selectCurrentVersions } from './results.store.ts'

/**
 * A learner's attempt for who teaches the course, whatever the learner is shown of it: what was asked, in the versions
 * and the order they saw, what they answered, and their points.
 *
 * @throws AppError `not_found`, also for a survey; `forbidden`.
 */
export async function getReview(
  tools: Pick<ServiceKit, 'db'> & { questionsOf: AskedQuestions },
  by: AskingCaller,
  submissionId: string,
) {
  const db = tools.db.in(by.actor.organizationId)
  const attempt = await selectOptionalSubmission(db, submissionId)
  if (!attempt) throw new AppError('not_found')
  const quiz = await requireAuthoredQuiz(tools, by, attempt.quizId)
  if (quiz.kind === 'survey') throw new AppError('not_found')
  await refuseWhileNameless(tools, by, attempt)
  const questions = await tools.questionsOf(db, attempt)
  const current = new Map(
    (await selectCurrentVersions(db, attempt.questionIds)).map(({ id, version }) => [id, version]),
  )
  const changes = Map.groupBy(await selectMarkChanges(db, submissionId), change => change.questionId)
  // One who marks sees nothing here of what another gave.
  const markings = attempt.grading ? await selectMarkings(db, submissionId) : []
  return {
    ...summaryOf(attempt, 'all', quiz.dueAt),
    quizId: quiz.id,
    courseId: quiz.courseId,
    title: quiz.title,
    userId: attempt.userId,
    passingScore: quiz.passingScore,
    score: attempt.score,
    maxScore: attempt.maxScore,
    integrityLog: attempt.logDays !== null,
    breaks: breaksTaken(attempt),
    late: attempt.grading?.late ?? null,
    passages: passagesOf(questions),
    sections: attempt.sections.map(({ title, instructions, questions: questionCount, limitSeconds }) => ({
      title,
      instructions,
      questionCount,
      limitSeconds,
    })),
    questions: questions.map(question => ({
      ...openedAfter(shownQuestion(attempt, question, quiz), question),
      ...outcomeOf(question, attempt),
      version: question.version,
      currentVersion: current.get(question.id) ?? null,
      awarded: attempt.grading ? (attempt.grading.awarded[question.id] ?? 0) : null,
      revision: changes.get(question.id)?.length ?? 0,
      markings: markings
        .filter(({ questionId }) => questionId === question.id)
        .map(({ place, points, comment, reason, markedBy, markedAt, superseded }) => ({
          place,
          points: points ?? 0,
          comment,
          reason,
          markedBy,
          markedAt,
          superseded,
        })),
      changes: (changes.get(question.id) ?? []).map(({ questionId: _, ...change }) => change),
    })),
  }
}
