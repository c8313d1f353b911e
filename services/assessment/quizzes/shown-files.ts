import type { Queryable } from '@azora/kit/db.ts'
import { invalidField } from '@azora/kit/errors.ts'
import type { RequestContext } from '@azora/kit/http.ts'
import { filesIn } from '@azora/kit/rich-text/named-files.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { selectOptionalQuiz, selectQuestions } from './quizzes.store.ts'

/** The files that a quiz shows anywhere: its description, questions, answers and feedback. */
export const filesOfQuiz = (quiz: { description?: string | undefined; questions: object[] }): string[] =>
  filesIn(JSON.stringify([quiz.description, quiz.questions]))

/** Those of a stored quiz. */
export async function shownFiles(db: Queryable, quizId: string): Promise<string[]> {
  const quiz = await selectOptionalQuiz(db, quizId)
  return quiz ? filesOfQuiz({ ...quiz, questions: await selectQuestions(db, quizId) }) : []
}

/**
 * Keep the files that a quiz is about to show from being deleted while it is saved.
 * @param shownBefore those that the quiz showed already; that one of them is gone stops nobody from mending the rest.
 * @throws AppError `invalid_input` when one that it shows anew is not there any more.
 */
export async function holdFiles(
  { others }: Pick<ServiceKit, 'others'>,
  context: RequestContext,
  courseId: string,
  fileIds: string[],
  shownBefore: string[] = [],
): Promise<void> {
  if (fileIds.length === 0) return
  const { missing } = await others(context).education.holdFiles({ courseId, fileIds })
  if (missing.every(id => shownBefore.includes(id))) return
  throw invalidField('questions', 'quiz_file_deleted', { code: 'not_found' })
}
