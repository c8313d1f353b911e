import { recordAudit } from '@azora/kit/audit.ts'
import type { Transaction } from '@azora/kit/db.ts'
import type { RequestContext } from '@azora/kit/http.ts'

/** Quizzes decide who passes, so what becomes of them is in the audit log, no matter who does it. */
export function recordQuiz(
  tx: Transaction,
  context: RequestContext,
  quiz: { id: string; courseId: string; title: string },
  change: 'created' | 'changed' | 'deleted',
  details: Record<string, unknown> = {},
): Promise<void> {
  return recordAudit(tx, 'assessment', context, {
    action: `quiz.${change}`,
    subject: { kind: 'quiz', id: quiz.id, name: quiz.title },
    details: { courseId: quiz.courseId, ...details },
  })
}
