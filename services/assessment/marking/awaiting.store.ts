import type { Transaction } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import type { Marker } from '../questions/question-rules.ts'
import type { Answers } from '../quizzes/grade.ts'
import type { KeptGrading } from '../submissions/submissions.store.ts'

/** What someone else than the rules has to mark of an attempt. */
export type AnswerToMark = { id: string; questionId: string; marker: Marker }

/**
 * End an open attempt that is locked, some answers of which are still to be marked.
 * @param soFar the marks of the others
 * @param submittedAt as ISO 8601, by the database's clock
 */
export function closeAwaiting(
  tx: Transaction,
  submissionId: string,
  given: {
    answers: Answers
    soFar: Pick<KeptGrading, 'awarded' | 'marks' | 'hints'>
    submittedAt: string
    alias: string
    toMark: AnswerToMark[]
  },
): void {
  tx.send(sql`
    update submissions set state = 'submitted', answers = ${JSON.stringify(given.answers)}::jsonb,
      marked_so_far = ${JSON.stringify(given.soFar)}::jsonb, submitted_at = ${given.submittedAt}
    where organization_id = ${tx.organizationId} and id = ${submissionId} and state = 'in_progress'`)
  tx.send(sql`
    insert into answers_to_mark (id, organization_id, quiz_id, submission_id, question_id, alias, marker)
    select a.id, s.organization_id, s.quiz_id, s.id, a."questionId", ${given.alias}, a.marker
    from jsonb_to_recordset(${JSON.stringify(given.toMark)}::jsonb) as a (id uuid, "questionId" uuid, marker text)
    join submissions s on s.organization_id = ${tx.organizationId} and s.id = ${submissionId}`)
}
