import type { gradebookSetup } from '@azora/contracts/assessment/gradebook.ts'
import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import type { z } from 'zod'
import type { CountedAttempt } from '../quizzes/quizzes.store.ts'

/** As its author saved it. Of a quiz the title is that of the quiz, not the one kept here. */
export type Setup = z.infer<typeof gradebookSetup>

export type StoredGradebook = { setup: Setup | null; setupRevision: number; revision: number }

const unsaved: StoredGradebook = { setup: null, setupRevision: 0, revision: 0 }

export async function selectGradebook(db: Queryable, courseId: string): Promise<StoredGradebook> {
  const stored = await db.optional<StoredGradebook>(sql`
    select setup, setup_revision, revision from gradebooks
    where organization_id = ${db.organizationId} and course_id = ${courseId}`)
  return stored ?? unsaved
}

/** The gradebook, which nobody else changes until the transaction ends; it is made where there was none. */
export async function lockGradebook(tx: Transaction, courseId: string): Promise<StoredGradebook> {
  tx.send(sql`
    insert into gradebooks (course_id, organization_id) values (${courseId}, ${tx.organizationId})
    on conflict (course_id) do nothing`)
  return tx.one<StoredGradebook>(sql`
    select setup, setup_revision, revision from gradebooks
    where organization_id = ${tx.organizationId} and course_id = ${courseId} for update`)
}

export function updateSetup(tx: Transaction, courseId: string, setup: Setup): void {
  tx.send(sql`
    update gradebooks set setup = ${JSON.stringify(setup)}::jsonb, setup_revision = setup_revision + 1,
      revision = revision + 1
    where organization_id = ${tx.organizationId} and course_id = ${courseId}`)
}

/** Counts a change of grades. The gradebook is locked. */
export function raiseGradesRevision(tx: Transaction, courseId: string): void {
  tx.send(sql`
    update gradebooks set revision = revision + 1
    where organization_id = ${tx.organizationId} and course_id = ${courseId}`)
}

/** A quiz of a course as a gradebook knows it: no survey, no practice and no question bank. */
export type BookQuiz = {
  id: string
  title: string
  points: number
  countedAttempt: CountedAttempt
  due: boolean
  /** Whether learners see a lesson with it. */
  open: boolean
  scoreShown: boolean
}

export async function selectBookQuizzes(db: Queryable, courseId: string): Promise<BookQuiz[]> {
  return db.rows<BookQuiz>(sql`
    select id, title, counted_attempt, score_shown, points, open, open and over as due from (
      select q.id, q.title, q.counted_attempt, q.created_at, q.results_shown <> 'none' as score_shown,
        round(coalesce((select sum(n.points) from questions n
          where n.organization_id = q.organization_id and n.quiz_id = q.id), 0), 4) as points,
        exists (select from quiz_places p
          where p.organization_id = q.organization_id and p.quiz_id = q.id and p.open) as open,
        -- Until then no attempt is missing. Least and greatest pass over null.
        greatest(q.opens_at, least(q.due_at, q.closes_at), '-infinity') <= clock_timestamp() as over
      from quizzes q
      where q.organization_id = ${db.organizationId} and q.course_id = ${courseId} and q.kind = 'quiz' and not q.practice and not q.bank
    ) known
    order by created_at, id limit 1000`)
}

export async function selectCourseTitle(db: Queryable, courseId: string): Promise<string> {
  const course = await db.optional<{ title: string }>(sql`
    select title from courses where organization_id = ${db.organizationId} and id = ${courseId}`)
  // News of a new course may be on its way yet.
  return course?.title ?? ''
}

export async function deleteGradebook(db: Queryable, courseId: string): Promise<void> {
  await db.run(
    sql`delete from gradebook_history where organization_id = ${db.organizationId} and course_id = ${courseId}`,
  )
  await db.run(
    sql`delete from gradebook_entries where organization_id = ${db.organizationId} and course_id = ${courseId}`,
  )
  await db.run(
    sql`delete from gradebooks where organization_id = ${db.organizationId} and course_id = ${courseId}`,
  )
}
