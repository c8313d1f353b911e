import type { Transaction } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

type AnswerOfMember = { userId: string } & (
  | { answerId: string; submissionId: string }
  | { answerId: null; submissionId: null }
)

/**
 * The answers of a group to a question, by learner: of each the one that was asked from, or else that of their last
 * attempt; null for who has none that a person marks.
 */
export async function selectAnswersOfGroup(
  tx: Transaction,
  groupId: string,
  { id, quizId, questionId }: { id: string; quizId: string; questionId: string },
): Promise<AnswerOfMember[]> {
  return tx.rows<AnswerOfMember>(sql`
    select m.user_id, own.answer_id, own.submission_id from group_members m
    left join lateral (
      select a.id as answer_id, a.submission_id from submissions s
      join answers_to_mark a on a.organization_id = s.organization_id and a.submission_id = s.id
      where s.organization_id = m.organization_id and s.quiz_id = ${quizId} and s.user_id = m.user_id
        and s.state <> 'in_progress' and a.question_id = ${questionId} and a.marker = 'person'
      order by a.id = ${id} desc, s.attempt_number desc limit 1) own on true
    where m.organization_id = ${tx.organizationId} and m.group_id = ${groupId}
    order by m.user_id`)
}
