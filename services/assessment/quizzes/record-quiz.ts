import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { askToTellGrades } from '../gradebook/told-grades.store.ts'

/**
 * Quizzes decide who passes, so what becomes of them is in the audit log, no matter who does it, and the grades of the
 * course are looked at.
 */
export function recordQuiz(
  tx: Transaction,
  by: Caller,
  quiz: { id: string; courseId: string; title: string },
  change: 'created' | 'changed' | 'deleted',
  details: Record<string, unknown> = {},
): Promise<void> {
  askToTellGrades(tx, quiz.courseId)
  return recordAudit(tx, 'assessment', by, {
    action: `quiz.${change}`,
    subject: { kind: 'quiz', id: quiz.id, name: quiz.title },
    details: { courseId: quiz.courseId, ...details },
  })
}
