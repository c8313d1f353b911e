import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** What assessment keeps of a person in a school. The scope is that school's. */

export function selectAttemptsOf(db: Queryable, userId: string) {
  return db.rows(sql`
    select s.id, s.quiz_id, q.title as quiz_title, s.attempt_number, s.state, s.question_ids,
      s.question_versions, s.answers, s.score, s.max_score, s.passed, s.grading, s.started_at, s.expires_at, s.submitted_at, s.graded_at
    from submissions s join quizzes q on q.id = s.quiz_id where s.user_id = ${userId} order by s.started_at, s.id`)
}

export function selectCoursesOf(db: Queryable, userId: string) {
  return db.rows(sql`
    select l.course_id, c.title from course_learners l left join courses c on c.id = l.course_id
    where l.user_id = ${userId} order by l.course_id`)
}

export function selectQuizzesOf(db: Queryable, userId: string) {
  return db.rows(sql`
    select id, course_id, title, created_at from quizzes where created_by = ${userId} order by id`)
}

export async function deleteLearningOf(tx: Queryable, userId: string): Promise<void> {
  await tx.run(sql`delete from submissions where user_id = ${userId}`)
  await tx.run(sql`delete from course_learners where user_id = ${userId}`)
}
