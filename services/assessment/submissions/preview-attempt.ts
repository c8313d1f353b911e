import { AppError } from '@azora/kit/errors.ts'
import { actorOf, type RequestContext } from '@azora/kit/http.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { requireAuthoredQuiz } from '../quizzes/authored-quiz.ts'
import { type Answers, admissibleAnswers, gradeAttempt } from '../quizzes/grade.ts'
import { selectQuestions } from '../quizzes/quizzes.store.ts'
import { view } from './attempt-view.ts'

/**
 * What a learner would see of a quiz, for its author: the questions, and with answers how they are graded. It goes
 * through what real attempts go through and stores nothing. The questions come in the author's order and without a
 * clock, so that they can be compared with the editor in peace.
 *
 * @throws AppError `not_found`, `forbidden`, `quiz_not_ready`.
 */
export async function previewAttempt(
  tools: Pick<ServiceKit, 'db' | 'others'>,
  context: RequestContext,
  quizId: string,
  given: Answers | undefined,
) {
  const quiz = await requireAuthoredQuiz(tools, context, quizId)
  const { organizationId, userId } = actorOf(context)
  const school = tools.db.in(organizationId)
  const questions = await selectQuestions(school, quizId)
  if (questions.length === 0) throw new AppError('quiz_not_ready')
  const answers = admissibleAnswers(questions, given ?? {})
  const survey = quiz.kind === 'survey'
  const grading = given && !survey ? gradeAttempt(questions, answers, quiz.passingScore) : null
  const now = new Date().toISOString()
  return view(
    quiz,
    {
      // No attempt is stored under it, nor ever will be.
      id: quizId,
      quizId,
      userId,
      attemptNumber: 1,
      state: !given ? 'in_progress' : survey ? 'submitted' : 'graded',
      shuffleAnswers: false,
      answers,
      questionIds: questions.map(question => question.id),
      questionVersions: questions.map(question => question.version),
      score: grading?.score ?? null,
      maxScore: grading?.maxScore ?? null,
      passed: grading?.passed ?? null,
      grading: grading && { scorePercent: grading.scorePercent, awarded: grading.awarded },
      startedAt: now,
      expiresAt: null,
      submittedAt: given ? now : null,
      now,
    },
    questions,
  )
}
