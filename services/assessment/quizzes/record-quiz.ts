import { isDeepStrictEqual } from 'node:util'
import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { askToTellGrades } from '../gradebook/told-grades.store.ts'
import type { QuizSettings } from './quizzes.store.ts'

const timeOf = (date: string | null) => date && Date.parse(date)

/** What of a quiz the grades of its course rest on; attempts keep what they came to. */
const gradedBy = (quiz: QuizSettings, questions: readonly { points: number }[]) => [
  quiz.kind,
  quiz.practice,
  quiz.countedAttempt,
  quiz.resultsShown,
  // The same time is written in several ways.
  ...[quiz.opensAt, quiz.dueAt, quiz.closesAt].map(timeOf),
  questions.reduce((sum, { points }) => sum + points, 0),
]

type State = Parameters<typeof gradedBy>

/** Whether no grade comes out otherwise by a change of a quiz. */
export const gradesStay = (before: State, after: State): boolean =>
  isDeepStrictEqual(gradedBy(...before), gradedBy(...after))

/**
 * Quizzes decide who passes, so what becomes of them is in the audit log, no matter who does it, and the grades of the
 * course are looked at, which may be those of ten thousand learners, unless they stay as they are.
 */
export function recordQuiz(
  tx: Transaction,
  by: Caller,
  quiz: { id: string; courseId: string; title: string },
  change: 'created' | 'changed' | 'deleted',
  details: Record<string, unknown> = {},
  { staying = false } = {},
): Promise<void> {
  if (!staying) askToTellGrades(tx, quiz.courseId)
  return recordAudit(tx, 'assessment', by, {
    action: `quiz.${change}`,
    subject: { kind: 'quiz', id: quiz.id, name: quiz.title },
    details: { courseId: quiz.courseId, ...details },
  })
}
