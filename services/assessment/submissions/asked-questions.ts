import type { Queryable } from '@azora/kit/db.ts'
import { drawnQuestion } from '../questions/asked-question.ts'
import { passagesIn } from '../questions/passage.ts'
import type { Question } from '../questions/question.ts'
import { selectQuestionVersions } from '../quizzes/question-versions.store.ts'
import { asMarked, otherKeysOf } from '../regrading/other-key.ts'
import { seedOf } from './option-order.ts'
import type { Submission } from './submissions.store.ts'

/** Reads the questions that an attempt asks, in the versions and the order it was begun with, by the key that marks them. */
export type AskedQuestions = {
  (db: Queryable, attempt: Submission): Promise<Question[]>
  /** Of an attempt that was just stored. */
  remember(attempt: Pick<Submission, 'id'>, questions: Question[]): void
}

/** Questions with what is drawn for an attempt. */
export const drawnFor = ({ id }: Pick<Submission, 'id'>, questions: Question[]): Question[] =>
  questions.map(question => drawnQuestion(question, seedOf(id, question.id)))

async function keysOf(db: Queryable, attempt: Submission, others: ReturnType<typeof otherKeysOf>) {
  if (others.length === 0) return new Map<string, Question>()
  const ids = others.map(({ questionId }) => questionId)
  const versions = others.map(({ version }) => version)
  const keys = drawnFor(attempt, await selectQuestionVersions(db, ids, versions))
  return new Map(keys.map(key => [key.id, key]))
}

/** In kilobytes: a question weighs about one. */
const rememberedQuestions = 20_000

/** Of the texts that questions stand under each once. */
const weightOf = (questions: Question[]): number =>
  passagesIn(questions).reduce((sum, { content }) => sum + content.length / 1000, questions.length)

/**
 * The questions of attempts that are stored. They never change, so they are remembered for a while: that saves reading
 * them again for each answer that is kept. By attempt and not by version, as a version that no attempt names any more
 * may be written anew.
 */
export function createAskedQuestions(most = rememberedQuestions): AskedQuestions {
  const known = new Map<string, Question[]>()
  let count = 0

  function remember({ id }: Pick<Submission, 'id'>, questions: Question[]): void {
    if (weightOf(questions) > most || known.has(id)) return
    known.set(id, questions)
    count += weightOf(questions)
    for (const [oldest, asked] of known) {
      if (count <= most) break
      known.delete(oldest)
      count -= weightOf(asked)
    }
  }

  async function read(db: Queryable, attempt: Submission): Promise<Question[]> {
    const others = otherKeysOf(attempt.grading)
    // Marked anew by another key, it is another entry: a process may still hold the attempt as it was.
    const id = [attempt.id, ...others.map(({ questionId, version }) => `${questionId} ${version}`)].join(' ')
    const found = known.get(id)
    if (found) return found
    const versions = await selectQuestionVersions(db, attempt.questionIds, attempt.questionVersions)
    const asked = drawnFor(attempt, versions)
    const keys = await keysOf(db, attempt, others)
    const questions = asMarked(asked, attempt, questionId => keys.get(questionId))
    remember({ id }, questions)
    return questions
  }
  return Object.assign(read, { remember })
}
