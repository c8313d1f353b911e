import type { Queryable, Transaction, Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import type { Mark } from '../../questions/score.ts'

/** Why a program is marked by a person: the sandbox is missing, or its language, or running it failed each time. */
export type NotRun = 'programs_off' | 'language_missing' | 'could_not_run'

/** An answer that tests have to mark. */
export type ProgramToMark = { id: string; questionId: string; tries: number }

const isToRun = sql`marker = 'program' and state = 'waiting'`

/** What is still to be run of an attempt, each counted as tried: a try that takes the process with it counts too. */
export async function beginTries(db: Queryable, submissionId: string): Promise<ProgramToMark[]> {
  return db.rows<ProgramToMark>(sql`
    update answers_to_mark set tries = tries + 1
    where organization_id = ${db.organizationId} and submission_id = ${submissionId} and ${isToRun}
    returning id, question_id, tries`)
}

/** Nothing changes where it was marked already: a job may run twice. */
export async function markProgram(
  db: Queryable,
  answerId: string,
  { awarded, marks }: { awarded: number; marks: Mark[] },
): Promise<void> {
  await db.run(sql`
    update answers_to_mark set state = 'marked', points = ${awarded}, marks = ${JSON.stringify(marks)}::jsonb,
      marked_at = clock_timestamp(), revision = revision + 1
    where organization_id = ${db.organizationId} and id = ${answerId} and ${isToRun}`)
}

/** Leave it to a person. */
export async function handOver(db: Queryable, answerId: string, notRun: NotRun): Promise<void> {
  await db.run(sql`
    update answers_to_mark set marker = 'person', not_run = ${notRun}
    where organization_id = ${db.organizationId} and id = ${answerId} and ${isToRun}`)
}

/** Whether a person marks anything of an attempt: only then do its marks wait to be released together. */
export async function selectHasPersonsMark(tx: Transaction, submissionId: string): Promise<boolean> {
  const { has } = await tx.one<{ has: boolean }>(sql`
    select exists (select from answers_to_mark
      where organization_id = ${tx.organizationId} and submission_id = ${submissionId} and marker = 'person') as has`)
  return has
}

/**
 * Attempts, across all schools, with programs that still wait so long after they were submitted, or whose marks are all
 * given and nobody is to release: the last run gave them and died before it graded the attempt.
 */
export async function selectLeftToRun(db: Unscoped, minutes: number) {
  return db.rows<{ id: string; organizationId: string }>(sql`
    select s.id, s.organization_id from answers_to_mark a
    join submissions s on s.organization_id = a.organization_id and s.id = a.submission_id
    where a.marker = 'program' and a.state = 'waiting'
      and s.submitted_at < clock_timestamp() - make_interval(mins => ${minutes})
    union
    select s.id, s.organization_id from submissions s
    left join quiz_marking m on m.organization_id = s.organization_id and m.quiz_id = s.quiz_id
    where s.marked_so_far is not null and s.submitted_at < clock_timestamp() - make_interval(mins => ${minutes})
      and exists (select from answers_to_mark a
        where a.organization_id = s.organization_id and a.submission_id = s.id and a.marker = 'program')
      and not exists (select from answers_to_mark a
        where a.organization_id = s.organization_id and a.submission_id = s.id
          and (a.state <> 'marked' or a.marker = 'person' and m.release = 'together'))
    limit 500`)
}
