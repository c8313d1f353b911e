import type { Queryable } from '@azora/kit/db.ts'
import { selectQuestionVersions } from '../quizzes/question-versions.store.ts'
import type { Question } from '../quizzes/quizzes.store.ts'
import type { Submission } from './submissions.store.ts'

/** Reads the questions that an attempt asks, in the versions and the order it was begun with. */
export type AskedQuestions = (db: Queryable, attempt: Submission) => Promise<Question[]>

/** A question weighs about a kilobyte, so this is some twenty megabytes at most. */
const rememberedQuestions = 20_000

/**
 * The questions of attempts that are stored. They never change, so they are remembered for a while: that saves reading
 * them again for each answer that is kept. By attempt and not by version, as a version that no attempt names any more
 * may be written anew.
 */
export function createAskedQuestions(most = rememberedQuestions): AskedQuestions {
  const known = new Map<string, Question[]>()
  let count = 0
  return async (db, attempt) => {
    const found = known.get(attempt.id)
    if (found) return found
    const questions = await selectQuestionVersions(db, attempt.questionIds, attempt.questionVersions)
    if (questions.length > most || known.has(attempt.id)) return questions
    known.set(attempt.id, questions)
    count += questions.length
    for (const [oldest, { length }] of known) {
      if (count <= most) break
      known.delete(oldest)
      count -= length
    }
    return questions
  }
}
