import type { Transaction } from '@azora/kit/db.ts'
import { passagesIn } from '../questions/passage.ts'
import type { Question } from '../questions/question.ts'
import { deleteUnusedPassages, storePassages } from './passages.store.ts'
import { keepVersions, raiseRevision } from './question-versions.store.ts'
import { deleteQuestions, insertQuestions, selectIsAttempted } from './quizzes.store.ts'

/** A question as an author gives it: which version it becomes is decided here. */
type Unnumbered<Q> = Q extends Question ? Omit<Q, 'version'> : never
export type WrittenQuestion = Unnumbered<Question>

const wordingOf = (question: WrittenQuestion) =>
  JSON.stringify([
    question.type,
    question.content,
    question.points,
    question.passage ? [question.passage.id, question.passage.version] : null,
    question.options.map(option => [option.id, option.content, option.feedback, option.last ?? false]),
    [...question.correctAnswer].sort(),
    inOrderOfKeys(question.body),
    inOrderOfKeys(question.scoring),
    [
      question.feedback.general,
      question.feedback.correct,
      question.feedback.incorrect,
      question.feedback.solution ?? null,
    ],
    (question.hints ?? []).map(({ content, costPercent }) => [content, costPercent]),
    inOrderOfKeys(question.parameters ?? null),
  ])

/** The same text for the same content: PostgreSQL gives the keys of JSON back in an order of its own. */
function inOrderOfKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrderOfKeys)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return entries.map(([key, part]) => [key, inOrderOfKeys(part)])
}

/**
 * Which of the questions of before are changed or gone, and how the new ones are numbered. The order of the questions
 * is no part of a version: an attempt keeps its own.
 */
export function versionsAfter(before: Question[], written: WrittenQuestion[]) {
  const old = new Map(before.map(question => [question.id, question]))
  const after = written.map(question => {
    const current = old.get(question.id)
    if (!current) return { ...question, version: 1 }
    const same = wordingOf(current) === wordingOf(question)
    return { ...question, version: same ? current.version : current.version + 1 }
  })
  const now = new Map(after.map(question => [question.id, question.version]))
  const outdated = before.filter(question => now.get(question.id) !== question.version)
  const reordered = before.length !== after.length || before.some(({ id }, at) => id !== after[at]?.id)
  const reworded = outdated.length > 0 || after.some(question => !old.has(question.id))
  return { after, outdated: outdated.map(question => question.id), reworded, reordered }
}

/**
 * Replace the questions of a quiz that is locked. Where it was attempted, the versions that learners answered are kept,
 * so that each result stays explainable by what was asked. Answers whether anything changed.
 */
export async function changeQuestions(
  tx: Transaction,
  quizId: string,
  before: Question[],
  written: WrittenQuestion[],
): Promise<boolean> {
  const { after, outdated, reworded, reordered } = versionsAfter(before, written)
  // First, since questions name them; and how one is shuffled is no change of its questions.
  await storePassages(tx, quizId, passagesIn(written))
  if (!reworded && !reordered) return false
  if (reworded && (await selectIsAttempted(tx, quizId))) {
    await keepVersions(tx, outdated)
    await raiseRevision(tx, quizId)
  }
  await deleteQuestions(tx, quizId)
  await insertQuestions(tx, tx.organizationId, quizId, after)
  await deleteUnusedPassages(tx, quizId)
  return true
}
