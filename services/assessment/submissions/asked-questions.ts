import type { Queryable } from '@azora/kit/db.ts'
import { selectQuestionVersions } from '../quizzes/question-versions.store.ts'
import type { Question } from '../quizzes/quizzes.store.ts'
import type { Submission } from './submissions.store.ts'

/**
 * The questions of an attempt that is stored. Their versions never change, which saves reading them again for each
 * answer that is kept. Bounded by count; a question weighs about a kilobyte.
 */
const askedQuestions = new Map<string, Question[]>()
const rememberedAttempts = 2000

export async function questionsOf(db: Queryable, attempt: Submission): Promise<Question[]> {
  const known = askedQuestions.get(attempt.id)
  if (known) return known
  const questions = await selectQuestionVersions(db, attempt.questionIds, attempt.questionVersions)
  if (askedQuestions.size >= rememberedAttempts) {
    askedQuestions.delete(askedQuestions.keys().next().value as string)
  }
  askedQuestions.set(attempt.id, questions)
  return questions
}
