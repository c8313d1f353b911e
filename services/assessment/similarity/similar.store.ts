import type { Queryable, Transaction, Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** Whether the question of the answer `a` is an essay, as it was asked first or is now. */
const isEssay = sql`(
  exists (select from questions q
    where q.organization_id = a.organization_id and q.id = a.question_id and q.type = 'essay')
  or exists (select from question_versions v
    where v.organization_id = a.organization_id and v.question_id = a.question_id and v.type = 'essay'))`

/** Answers whose fingerprints are still to be taken, of any school. */
export async function selectUnprinted(
  db: Unscoped,
  limit: number,
): Promise<{ id: string; organizationId: string }[]> {
  return db.rows(sql`
    select id, organization_id from answers_to_mark where not printed and marker = 'person' order by id limit ${limit}`)
}

/** The answers of an attempt whose fingerprints are still to be taken. */
export async function selectUnprintedOf(db: Queryable, submissionId: string): Promise<string[]> {
  const rows = await db.rows<{ id: string }>(sql`
    select id from answers_to_mark
    where organization_id = ${db.organizationId} and submission_id = ${submissionId} and not printed
      and marker = 'person' order by id`)
  return rows.map(({ id }) => id)
}

/** The text of an answer, or null where it is no essay. */
export async function selectEssay(db: Queryable, answerId: string): Promise<string | null> {
  const found = await db.optional<{ text: string | null }>(sql`
    select s.answers -> a.question_id::text ->> 0 as text from answers_to_mark a
    join submissions s on s.organization_id = a.organization_id and s.id = a.submission_id
    where a.organization_id = ${db.organizationId} and a.id = ${answerId} and ${isEssay}`)
  return found?.text ?? null
}

/** Keep the fingerprints of an answer; null where it has none. Taken twice they are the same. */
export async function storePrints(tx: Transaction, answerId: string, prints: number[] | null): Promise<void> {
  const there = await tx.run(sql`
    update answers_to_mark set printed = true
    where organization_id = ${tx.organizationId} and id = ${answerId}`)
  if (there === 0 || !prints?.length) return
  await tx.run(sql`
    insert into essay_prints (organization_id, print, answer_id)
    select ${tx.organizationId}::uuid, p, ${answerId}::uuid from unnest(${prints}::bigint[]) as p
    on conflict do nothing`)
}

/** An essay that may share passages with another. */
export type Candidate = {
  answerId: string
  quizId: string
  courseId: string
  quizTitle: string
  userId: string
  alias: string
  anonymous: boolean
  /** Whether its marks are given: the desk no longer shows it then. */
  graded: boolean
  submissionId: string
  text: string
}

export async function selectOptionalPrinted(db: Queryable, answerId: string) {
  return db.optional<{
    printed: boolean
    quizId: string
    questionId: string
    submissionId: string
    userId: string
  }>(sql`
    select a.printed, a.quiz_id, a.question_id, a.submission_id, s.user_id from answers_to_mark a
    join submissions s on s.organization_id = a.organization_id and s.id = a.submission_id
    where a.organization_id = ${db.organizationId} and a.id = ${answerId} and a.marker = 'person'`)
}

/** Answers with some of these fingerprints, and how many. */
export const answersWith = (db: Queryable, prints: number[], butFor: string) => sql`
  select answer_id, count(*) as shared from essay_prints
  where organization_id = ${db.organizationId} and print = any(${prints}::bigint[]) and answer_id <> ${butFor}
  group by answer_id`

/**
 * Essays of other learners of the school that share the most fingerprints with an answer, the most first. Of a learner
 * the one that shares most stands for all.
 */
export async function selectCandidates(
  db: Queryable,
  { answerId, userId, prints }: { answerId: string; userId: string; prints: number[] },
  limit: number,
): Promise<Candidate[]> {
  return db.rows<Candidate>(sql`
    with near as (${answersWith(db, prints, answerId)}), theirs as (
      select distinct on (s.user_id) n.shared, a.id as answer_id, a.quiz_id, a.question_id, a.alias, s.user_id,
        s.id as submission_id, s.answers, s.marked_so_far is null as graded
      from near n
      join answers_to_mark a on a.organization_id = ${db.organizationId} and a.id = n.answer_id
      join submissions s on s.organization_id = a.organization_id and s.id = a.submission_id
      where s.user_id <> ${userId}
      order by s.user_id, n.shared desc, a.id
    )
    select t.answer_id, t.quiz_id, q.course_id, q.title as quiz_title, t.user_id, t.alias, t.submission_id, t.graded,
      coalesce(m.anonymous, false) as anonymous, t.answers -> t.question_id::text ->> 0 as text
    from theirs t
    join quizzes q on q.organization_id = ${db.organizationId} and q.id = t.quiz_id
    left join quiz_marking m on m.organization_id = q.organization_id and m.quiz_id = q.id
    order by t.shared desc, t.answer_id limit ${limit}`)
}
