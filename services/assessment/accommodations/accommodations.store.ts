import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { type Sql, sql } from '@azora/kit/sql.ts'
import type { Break } from '../submissions/breaks.ts'
import type { Conditions } from './accommodate.ts'

export type Accommodation = Conditions & { userId: string; quizId: string | null }

/**
 * Joins what applies to a person, as `a`, to a quiz `q`. What is given for the quiz itself replaces what is given
 * for the course.
 */
export const joinedFor = (userId: Sql): Sql => sql`
  left join lateral (
    select c.extra_percent, c.extra_minutes, c.extra_break_minutes, c.extra_attempts, c.opens_at, c.due_at, c.closes_at from accommodations c
    where c.organization_id = q.organization_id and c.course_id = q.course_id and c.user_id = ${userId}
      and (c.quiz_id = q.id or c.quiz_id is null)
    order by c.quiz_id nulls last limit 1) a on true`

/** How long after its beginning an attempt ends, from so many seconds of limit and what `a` adds; null without a limit. */
export const limitWith = (seconds: Sql): Sql => sql`
  make_interval(secs => ${seconds} * (100 + coalesce(a.extra_percent, 0)) / 100.0 + coalesce(a.extra_minutes, 0) * 60)`

/** Those of a course; those of the whole course first. */
export async function selectAccommodations(db: Queryable, courseId: string): Promise<Accommodation[]> {
  return db.rows<Accommodation>(sql`
    select user_id, quiz_id, extra_percent, extra_minutes, extra_break_minutes, extra_attempts, opens_at, due_at,
      closes_at
    from accommodations where organization_id = ${db.organizationId} and course_id = ${courseId}
    order by user_id, quiz_id nulls first limit 5000`)
}

/** A quiz whose conditions for a learner change. */
export type Conditioned = {
  id: string
  title: string
  opensAt: string | null
  dueAt: string | null
  closesAt: string | null
  bank: boolean
  closed: boolean
  /** The learner was given something for it alone, which what is given for the course does not reach. */
  hasOwn: boolean
}

/** Keep attempts from beginning, at one quiz of a course or at all, while the conditions of a learner change. */
export async function lockQuizzes(
  tx: Transaction,
  { courseId, userId, quizId }: { courseId: string; userId: string; quizId: string | null },
): Promise<Conditioned[]> {
  return tx.rows<Conditioned>(sql`
    select q.id, q.title, q.opens_at, q.due_at, q.closes_at, q.bank,
      coalesce(q.closes_at <= clock_timestamp(), false) as closed,
      exists (
        select from accommodations c
        where c.organization_id = q.organization_id and c.quiz_id = q.id and c.user_id = ${userId}) as has_own
    from quizzes q
    where q.organization_id = ${tx.organizationId} and q.course_id = ${courseId}
      and (${quizId}::uuid is null or q.id = ${quizId}::uuid)
    order by q.id for update of q`)
}

export async function selectIsLearner(db: Queryable, courseId: string, userId: string): Promise<boolean> {
  const found = await db.rows(sql`
    select 1 from course_learners
    where organization_id = ${db.organizationId} and course_id = ${courseId} and user_id = ${userId}`)
  return found.length > 0
}

export async function upsertAccommodation(
  tx: Transaction,
  courseId: string,
  { userId, quizId, ...given }: Accommodation,
): Promise<void> {
  await tx.run(sql`
    insert into accommodations (organization_id, course_id, user_id, quiz_id, extra_percent, extra_minutes,
      extra_break_minutes, extra_attempts, opens_at, due_at, closes_at)
    values (${tx.organizationId}, ${courseId}, ${userId}, ${quizId}, ${given.extraPercent}, ${given.extraMinutes},
      ${given.extraBreakMinutes}, ${given.extraAttempts}, ${given.opensAt}, ${given.dueAt}, ${given.closesAt})
    on conflict (course_id, user_id, quiz_id) do update set extra_percent = excluded.extra_percent,
      extra_minutes = excluded.extra_minutes, extra_break_minutes = excluded.extra_break_minutes,
      extra_attempts = excluded.extra_attempts, opens_at = excluded.opens_at,
      due_at = excluded.due_at, closes_at = excluded.closes_at
    where accommodations.organization_id = excluded.organization_id`)
}

export async function deleteAccommodation(
  tx: Transaction,
  courseId: string,
  { userId, quizId }: Pick<Accommodation, 'userId' | 'quizId'>,
): Promise<void> {
  await tx.run(sql`
    delete from accommodations
    where organization_id = ${tx.organizationId} and course_id = ${courseId} and user_id = ${userId}
      and quiz_id is not distinct from ${quizId}::uuid`)
}

// What a process from before there were closings began has its time limit in its end alone.
const limitSeconds = sql`
  coalesce(s.limit_seconds, case when s.bound_by_closing is null and s.expires_at is not null
    then greatest(1, round(extract(epoch from s.expires_at - s.started_at)))::int end)`

/** The breaks in seconds that an attempt at quiz `q` may take, with what `a` adds; without a time limit there are none. */
export const breakSecondsWith = (limit: Sql): Sql => sql`
  case when ${limit} is null then 0 else (q.break_minutes + coalesce(a.extra_break_minutes, 0)) * 60 end`

const secondsOf = (from: Sql, to: Sql) => sql`
  extract(epoch from (${to})::timestamptz - (${from})::timestamptz)`

/** Seconds of the breaks of `s`, one that is running in full. */
const breaksTaken = sql`
  coalesce((select sum(${secondsOf(sql`b ->> 'from'`, sql`b ->> 'to'`)}) from jsonb_array_elements(s.breaks) b), 0)`

const openAt = (tx: Transaction, quizIds: string[], userId: string | null) => sql`
  s.organization_id = ${tx.organizationId} and s.quiz_id = any(${quizIds}::uuid[]) and s.state = 'in_progress'
    and (${userId}::uuid is null or s.user_id = ${userId}::uuid)`

/** What changes the end of `s`: its time limit and its breaks, within the closing of its quiz. */
const setEnd = sql`
  expires_at = (
    select least(s.started_at + ${limitWith(limitSeconds)} + make_interval(secs => ${breaksTaken}),
      case when s.bound_by_closing is not false then coalesce(a.closes_at, q.closes_at) end)
    from quizzes q ${joinedFor(sql`s.user_id`)}
    where q.organization_id = s.organization_id and q.id = s.quiz_id)`

/** Let open attempts end as their quiz and what their learner was given say now; of one learner, or of all. */
export async function moveEnds(
  tx: Transaction,
  quizIds: string[],
  userId: string | null = null,
): Promise<void> {
  const open = openAt(tx, quizIds, userId)
  await tx.run(sql`
    update submissions s
    set limit_seconds = ${limitSeconds}, bound_by_closing = coalesce(s.bound_by_closing, true), break_seconds = (
      select ${breakSecondsWith(limitSeconds)} from quizzes q ${joinedFor(sql`s.user_id`)}
      where q.organization_id = s.organization_id and q.id = s.quiz_id)
    where ${open}`)
  // A break that is running has what is left of them now.
  await tx.run(sql`
    update submissions s
    set breaks = jsonb_set(s.breaks, '{-1,to}', to_jsonb(greatest(clock_timestamp(),
      (s.breaks -> -1 ->> 'to')::timestamptz + make_interval(secs => s.break_seconds - ${breaksTaken}))))
    where ${open} and (s.breaks -> -1 ->> 'to')::timestamptz > clock_timestamp()`)
  await tx.run(sql`update submissions s set ${setEnd} where ${open}`)
}

/** Store the breaks of an attempt that is locked, and let it end as they say; answers when that is. */
export async function storeBreaks(
  tx: Transaction,
  { id, breaks }: { id: string; breaks: Break[] },
): Promise<string | null> {
  const at = sql`s.organization_id = ${tx.organizationId} and s.id = ${id}`
  await tx.run(sql`update submissions s set breaks = ${JSON.stringify(breaks)}::jsonb where ${at}`)
  const ended = await tx.optional<{ expiresAt: string | null }>(sql`
    update submissions s set ${setEnd} where ${at} returning s.expires_at`)
  return ended?.expiresAt ?? null
}
