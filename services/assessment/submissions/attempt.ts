import { AppError } from '@azora/kit/errors.ts'
import { actorOf, type RequestContext } from '@azora/kit/http.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { courseRole } from '../courses/course-roles.ts'
import { type Answers, admissibleAnswers } from '../quizzes/grade.ts'
import { selectOptionalQuiz } from '../quizzes/quizzes.store.ts'
import type { AskedQuestions } from './asked-questions.ts'
import { answersAtEnd, hasToEnd, takesAnswers } from './attempt-rules.ts'
import { view } from './attempt-view.ts'
import { finish, finishLocked } from './finish-attempt.ts'
import { lockOptionalSubmission, mergeAnswers, selectOptionalSubmission } from './submissions.store.ts'

/**
 * An attempt: begun once, answered bit by bit, graded once. What was saved before the limit counts even if it is
 * never submitted: an attempt whose time is up is graded with what it has, by the first who looks at it or by the sweep.
 */

type Tools = Pick<ServiceKit, 'db' | 'others' | 'metrics'> & { questionsOf: AskedQuestions }

/** One's own attempt, or for the course's author anyone's at a quiz. @throws AppError `not_found`. */
async function selectVisible(tools: Tools, context: RequestContext, submissionId: string) {
  const actor = actorOf(context)
  const school = tools.db.in(actor.organizationId)
  const attempt = await selectOptionalSubmission(school, submissionId)
  if (!attempt) throw new AppError('not_found')
  const quiz = await selectOptionalQuiz(school, attempt.quizId)
  if (!quiz) throw new AppError('not_found')
  const own = attempt.userId === actor.userId
  // What someone answered in a survey is told to nobody by name.
  if (!own && (quiz.kind === 'survey' || !(await courseRole(tools, context, quiz.courseId)).author)) {
    throw new AppError('not_found')
  }
  return { attempt, quiz, shown: own ? quiz.resultsShown : ('all' as const) }
}

export async function readAttempt(tools: Tools, context: RequestContext, submissionId: string) {
  const { attempt, quiz, shown } = await selectVisible(tools, context, submissionId)
  const { organizationId, impersonatorId } = actorOf(context)
  const school = tools.db.in(organizationId)
  // Borrowed eyes only look: the minute's sweep ends an attempt whose time is over.
  if (hasToEnd(attempt, attempt.now) && !impersonatorId) {
    return school.transaction(async tx => {
      const finished = await finishLocked(tx, tools, quiz, submissionId)
      return view(quiz, finished, await tools.questionsOf(tx, finished), shown)
    })
  }
  return view(quiz, attempt, await tools.questionsOf(school, attempt), shown)
}

/** @throws AppError `not_found`, `attempt_closed` once it was handed in or its time is over. */
export async function saveAnswers(
  tools: Tools,
  context: RequestContext,
  submissionId: string,
  answers: Answers,
) {
  const actor = actorOf(context)
  const school = tools.db.in(actor.organizationId)
  const attempt = await selectOptionalSubmission(school, submissionId)
  if (attempt?.userId !== actor.userId) throw new AppError('not_found')
  if (!takesAnswers(attempt, attempt.now)) throw new AppError('attempt_closed')
  const questions = await tools.questionsOf(school, attempt)
  const savedAt = await mergeAnswers(school, submissionId, admissibleAnswers(questions, answers))
  if (!savedAt) throw new AppError('attempt_closed')
  return { savedAt }
}

/**
 * Submit. The result is graded, stored and told to the other services in one transaction, so that an answer to
 * the learner means it is kept. Repeating it answers the result there is.
 */
export async function submitAttempt(
  tools: Tools,
  context: RequestContext,
  submissionId: string,
  answers: Answers | undefined,
) {
  const actor = actorOf(context)
  return tools.db.in(actor.organizationId).transaction(async tx => {
    const attempt = await lockOptionalSubmission(tx, submissionId)
    if (attempt?.userId !== actor.userId) throw new AppError('not_found')
    const quiz = await selectOptionalQuiz(tx, attempt.quizId)
    if (!quiz) throw new AppError('not_found')
    const questions = await tools.questionsOf(tx, attempt)
    if (attempt.state !== 'in_progress') return view(quiz, attempt, questions)
    const sent = admissibleAnswers(questions, answers ?? {})
    const graded = await finish(tx, tools, quiz, attempt, answersAtEnd(attempt, sent, attempt.now))
    return view(quiz, graded, questions)
  })
}
