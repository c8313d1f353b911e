import type { assessmentContract } from '@azora/contracts/assessment.ts'
import { idCursor } from '@azora/kit/cursor.ts'
import { actorOf, type Handlers } from '@azora/kit/http.ts'
import type { OperationsName } from '@azora/kit/operations.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { requireAuthor } from './courses/course-roles.ts'
import { lockQuizRows } from './courses/places.store.ts'
import { createQuiz, duplicateQuiz, editQuiz, saveQuiz } from './quizzes/author-quiz.ts'
import { requireAuthoredQuiz } from './quizzes/authored-quiz.ts'
import { deleteQuiz } from './quizzes/delete-quiz.ts'
import { selectFileUses } from './quizzes/quiz-files.store.ts'
import { selectQuizzes } from './quizzes/quizzes.store.ts'
import { quizResults } from './results/quiz-results.ts'
import { getReview } from './results/review.ts'
import type { AskedQuestions } from './submissions/asked-questions.ts'
import { readAttempt, saveAnswers, submitAttempt } from './submissions/attempt.ts'
import { summaryOf } from './submissions/attempt-view.ts'
import { previewAttempt } from './submissions/preview-attempt.ts'
import { readQuiz, startAttempt } from './submissions/start-attempt.ts'
import { selectQuizSubmissions } from './submissions/submissions.store.ts'

export function routes(
  kit: ServiceKit & { questionsOf: AskedQuestions },
): Omit<Handlers<typeof assessmentContract>, OperationsName> {
  return {
    getQuiz: ({ quizId }, context) => readQuiz(kit, context, quizId),
    previewQuiz: ({ quizId, answers }, context) => previewAttempt(kit, context, quizId, answers),
    startSubmission: ({ quizId, accessCode }, context) => startAttempt(kit, context, quizId, accessCode),
    getSubmission: ({ submissionId }, context) => readAttempt(kit, context, submissionId),
    saveAnswers: ({ submissionId, answers }, context) => saveAnswers(kit, context, submissionId, answers),
    submit: ({ submissionId, answers }, context) => submitAttempt(kit, context, submissionId, answers),
    async listQuizzes({ courseId }, context) {
      await requireAuthor(kit, context, courseId)
      return { items: await selectQuizzes(kit.db.in(actorOf(context).organizationId), courseId) }
    },
    createQuiz: (input, context) => createQuiz(kit, context, input),
    editQuiz: ({ quizId }, context) => editQuiz(kit, context, quizId),
    duplicateQuiz: ({ quizId, title }, context) => duplicateQuiz(kit, context, quizId, title),
    saveQuiz: (input, context) => saveQuiz(kit, context, input),
    async deleteQuiz({ quizId }, context) {
      await deleteQuiz(kit, context, quizId)
      return { ok: true }
    },
    async holdQuizzes({ courseId, quizIds }, context) {
      const { organizationId } = actorOf(context)
      const items = await kit.db.in(organizationId).transaction(tx => lockQuizRows(tx, courseId, quizIds))
      return { items }
    },
    async findFileUses({ courseId, fileIds }, context) {
      const { organizationId } = actorOf(context)
      return { items: await selectFileUses(kit.db.in(organizationId), courseId, fileIds) }
    },
    getReview: ({ submissionId }, context) => getReview(kit, context, submissionId),
    getQuizResults: ({ quizId }, context) => quizResults(kit, context, quizId),
    async listSubmissions({ quizId, cursor, limit }, context) {
      await requireAuthoredQuiz(kit, context, quizId)
      const page = await selectQuizSubmissions(kit.db.in(actorOf(context).organizationId), quizId, {
        cursor: idCursor(cursor),
        limit,
      })
      return {
        ...page,
        items: page.items.map(attempt => ({ ...summaryOf(attempt, 'all'), userId: attempt.userId })),
      }
    },
  }
}
