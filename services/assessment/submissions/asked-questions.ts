import type { Queryable } from '@azora/kit/db.ts'
import { drawnQuestion } from '../questions/asked-question.ts'
import type { Question } from '../questions/question.ts'
import { selectQuestionVersions } from '../quizzes/question-versions.store.ts'
import { seedOf } from './option-order.ts'
import type { Submission } from './submissions.store.ts'

/** Reads the questions that an attempt asks, in the versions and the order it was begun with. */
export type AskedQuestions = {
  (db: Queryable, attempt: Submission): Promise<Question[]>
  /** Of an attempt that was just stored. */
  remember(attempt: Pick<Submission, 'id'>, questions: Question[]): void
}

/** Questions with what is drawn for an attempt. */
export const drawnFor = ({ id }: Pick<Submission, 'id'>, questions: Question[]): Question[] =>
  questions.map(question => drawnQuestion(question, seedOf(id, question.id)))

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

  function remember({ id }: Pick<Submission, 'id'>, questions: Question[]): void {
    if (questions.length > most || known.has(id)) return
    known.set(id, questions)
    count += questions.length
    for (const [oldest, { length }] of known) {
      if (count <= most) break
      known.delete(oldest)
      count -= length
    }
  }

  async function read(db: Queryable, attempt: Submission): Promise<Question[]> {
    const found = known.get(attempt.id)
    if (found) return found
    const versions = await selectQuestionVersions(db, attempt.questionIds, attempt.questionVersions)
    const questions = drawnFor(attempt, versions)
    remember(attempt, questions)
    return questions
  }
  return Object.assign(read, { remember })
}
