import type { Caller } from '@azora/kit/caller.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { type Answers, gradeAnswer } from '../quizzes/grade.ts'
import { selectOptionalQuiz } from '../quizzes/quizzes.store.ts'
import { shownNow } from '../quizzes/release.ts'
import type { AskedQuestions } from './asked-questions.ts'
import { refusalOfAnswers } from './attempt-rules.ts'
import { gradedQuestion, shownQuestion } from './attempt-view.ts'
import { admissibleNow, shownQuestions } from './layout.ts'
import { selectOptionalSubmission } from './submissions.store.ts'

/**
 * One question of an attempt for practice, as it would be graded with these answers. Nothing is stored. Of a quiz that
 * counts this would give its key away before it is submitted.
 * @throws AppError `not_found`, `not_practice`, `attempt_closed`, `question_left`.
 */
export async function checkAnswer(
  tools: Pick<ServiceKit, 'db'> & { questionsOf: AskedQuestions },
  { actor }: Caller,
  submissionId: string,
  { questionId, answers }: { questionId: string; answers: Answers },
) {
  const school = tools.db.in(actor.organizationId)
  const attempt = await selectOptionalSubmission(school, submissionId)
  if (attempt?.userId !== actor.userId) throw new AppError('not_found')
  const quiz = await selectOptionalQuiz(school, attempt.quizId)
  if (!quiz) throw new AppError('not_found')
  if (!quiz.practice) throw new AppError('not_practice')
  const refused = refusalOfAnswers(attempt, attempt.now)
  if (refused) throw new AppError(refused)
  const asked = await tools.questionsOf(school, attempt)
  const question = shownQuestions(attempt, asked, shownNow(quiz)).find(({ id }) => id === questionId)
  if (!question) throw new AppError('not_found')
  const given = admissibleNow(attempt, asked, answers)
  const checked = { ...attempt, answers: given, grading: null }
  const { awarded } = gradeAnswer(question, checked)
  return gradedQuestion(shownQuestion(attempt, question, quiz), question, checked, awarded)
}
