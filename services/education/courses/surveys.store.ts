import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** Keep whether a quiz is a survey; a change before one that is known changes nothing. */
export async function upsertSurvey(
  db: Queryable,
  quiz: { organizationId: string; courseId: string; quizId: string; survey: boolean; revision: number },
): Promise<void> {
  await db.run(sql`
    insert into surveys (organization_id, quiz_id, course_id, survey, revision)
    values (${quiz.organizationId}, ${quiz.quizId}, ${quiz.courseId}, ${quiz.survey}, ${quiz.revision})
    on conflict (quiz_id) do update set survey = excluded.survey, revision = excluded.revision
    where surveys.organization_id = excluded.organization_id and surveys.revision < excluded.revision`)
}

/** Whether the quiz of a lesson `l` is a survey. */
export const isSurvey = sql`exists (
  select from surveys s where s.organization_id = l.organization_id and s.quiz_id = l.quiz_id and s.survey)`

export async function deleteSurveys(db: Queryable, courseId: string): Promise<void> {
  await db.run(sql`
    delete from surveys where organization_id = ${db.organizationId} and course_id = ${courseId}`)
}
