import type { AzoraClient } from '@azora/contracts/client.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { invalidField } from '@azora/kit/errors.ts'
import { filesIn } from '@azora/kit/rich-text/named-files.ts'
import { selectOptionalQuiz, selectQuestions } from './quizzes.store.ts'

/** The files that a quiz shows anywhere: its description, formulas, texts, sections, questions, answers and feedback. */
export const filesOfQuiz = (quiz: {
  description?: string | undefined
  formulaSheet?: string | undefined
  questions: object[]
  passages?: object[] | undefined
  sections?: object[] | undefined
}): string[] =>
  filesIn(
    JSON.stringify([
      quiz.description,
      quiz.formulaSheet,
      quiz.questions,
      quiz.passages ?? [],
      quiz.sections ?? [],
    ]),
  )

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
  others: AzoraClient,
  courseId: string,
  fileIds: string[],
  shownBefore: string[] = [],
): Promise<void> {
  if (fileIds.length === 0) return
  const { missing } = await others.education.holdFiles({ courseId, fileIds })
  if (missing.every(id => shownBefore.includes(id))) return
  throw invalidField('questions', 'quiz_file_deleted', { code: 'not_found' })
}
