import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { type Sql, sql } from '@azora/kit/sql.ts'
import type { Break } from '../submissions/breaks.ts'
import { type AttemptSection, type Sectioned, withExtra } from '../submissions/sections.ts'
import type { Conditions } from './accommodate.ts'

export type Accommodation = Conditions & { userId: string; quizId: string | null }

const extras = (c: Sql) =>
  sql`${c}.extra_percent, ${c}.extra_minutes, ${c}.extra_break_minutes, ${c}.extra_attempts`

/**
 * Of several groups the most generous counts, each of it by itself: a date that a group leaves as it is, is the date of
 * the quiz `q`, and no date is the most generous one.
 */
const mostGenerous = sql`
  max(g.extra_percent) as extra_percent, max(g.extra_minutes) as extra_minutes,
  max(g.extra_break_minutes) as extra_break_minutes, max(g.extra_attempts) as extra_attempts,
  nullif(min(coalesce(g.opens_at, q.opens_at, '-infinity')), '-infinity') as opens_at,
  nullif(max(coalesce(g.due_at, q.due_at, 'infinity')), 'infinity') as due_at,
  nullif(max(coalesce(g.closes_at, q.closes_at, 'infinity')), 'infinity') as closes_at`

/**
 * Joins what applies to a person, as `a`, to a quiz `q`. What is given to the person themselves goes before what is
 * given to their groups (decision 0060); of each, what is given for the quiz itself replaces what is given for the
 * course.
 */
export const joinedFor = (userId: Sql): Sql => sql`
  left join lateral (
    select o.* from (
      select true as own, ${extras(sql`c`)}, c.opens_at, c.due_at, c.closes_at from accommodations c
      where c.organization_id = q.organization_id and c.course_id = q.course_id and c.user_id = ${userId}
        and (c.quiz_id = q.id or c.quiz_id is null)
      order by c.quiz_id nulls last limit 1) o
    union all
    select false, ${mostGenerous} from (
      select distinct on (c.group_id) c.* from group_members m join group_accommodations c
        on c.organization_id = m.organization_id and c.group_id = m.group_id and (c.quiz_id = q.id or c.quiz_id is null)
      where m.organization_id = q.organization_id and m.course_id = q.course_id and m.user_id = ${userId}
      order by c.group_id, c.quiz_id nulls last) g
    having count(*) > 0
    order by own desc limit 1) a on true`

/**
 * What applies to some learners in the quizzes of a course, where anything does: the dates that each of them has, by
 * the same rule as one learner's.
 */
export const datesOfGiven = (db: Queryable, courseId: string, userIds: readonly string[]): Sql => sql`
  with own as (
    select distinct on (c.user_id, q.id) c.user_id, q.id as quiz_id, coalesce(c.opens_at, q.opens_at) as opens_at,
      coalesce(c.due_at, q.due_at) as due_at, coalesce(c.closes_at, q.closes_at) as closes_at
    from accommodations c join quizzes q
      on q.organization_id = c.organization_id and q.course_id = c.course_id and q.id = coalesce(c.quiz_id, q.id)
    where c.organization_id = ${db.organizationId} and c.course_id = ${courseId}
      and c.user_id = any(${userIds}::uuid[])
    order by c.user_id, q.id, c.quiz_id nulls last
  ), of_group as (
    select distinct on (c.group_id, q.id) c.organization_id, c.group_id, q.id as of_quiz, ${extras(sql`c`)},
      c.opens_at, c.due_at, c.closes_at
    from group_accommodations c join quizzes q
      on q.organization_id = c.organization_id and q.course_id = c.course_id and q.id = coalesce(c.quiz_id, q.id)
    where c.organization_id = ${db.organizationId} and c.course_id = ${courseId}
    order by c.group_id, q.id, c.quiz_id nulls last
  )
  select user_id, quiz_id, opens_at, due_at, closes_at from own
  union all
  select user_id, quiz_id, opens_at, due_at, closes_at from (
    select m.user_id, q.id as quiz_id, ${mostGenerous}
    from of_group g join group_members m on m.organization_id = g.organization_id and m.group_id = g.group_id
    join quizzes q on q.organization_id = g.organization_id and q.id = g.of_quiz
    where m.user_id = any(${userIds}::uuid[])
      and not exists (select from own o where o.user_id = m.user_id and o.quiz_id = q.id)
    group by m.user_id, q.id) g`

/** How long after its beginning an attempt ends, from so many seconds of limit and what `a` adds; null without a limit. */
export const limitWith = (seconds: Sql): Sql => sql`
  make_interval(secs => ${seconds} * (100 + coalesce(a.extra_percent, 0)) / 100.0 + coalesce(a.extra_minutes, 0) * 60)`

export type GroupAccommodation = Conditions & { groupId: string; quizId: string | null }

/** What the groups of a course were given; for the whole course first. */
export async function selectGroupAccommodations(
  db: Queryable,
  courseId: string,
): Promise<GroupAccommodation[]> {
  return db.rows<GroupAccommodation>(sql`
    select c.group_id, c.quiz_id, ${extras(sql`c`)}, c.opens_at, c.due_at, c.closes_at
    from group_accommodations c where c.organization_id = ${db.organizationId} and c.course_id = ${courseId}
    order by c.group_id, c.quiz_id nulls first limit 5000`)
}

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
  /** The learner or group was given something for it alone, which what is given for the course does not reach. */
  hasOwn: boolean
}

/** Whose conditions they are. */
export type Given = { userId: string } | { groupId: string }

/** Keep attempts from beginning, at one quiz of a course or at all, while the conditions of a learner or a group change. */
export async function lockQuizzes(
  tx: Transaction,
  { courseId, quizId, ...whose }: Given & { courseId: string; quizId: string | null },
): Promise<Conditioned[]> {
  const theirs =
    'userId' in whose
      ? sql`select from accommodations c
          where c.organization_id = ${tx.organizationId} and c.quiz_id = q.id and c.user_id = ${whose.userId}`
      : sql`select from group_accommodations c
          where c.organization_id = ${tx.organizationId} and c.quiz_id = q.id and c.group_id = ${whose.groupId}`
  return tx.rows<Conditioned>(sql`
    select q.id, q.title, q.opens_at, q.due_at, q.closes_at, q.bank,
      coalesce(q.closes_at <= clock_timestamp(), false) as closed, exists (${theirs}) as has_own
    from quizzes q
    where q.organization_id = ${tx.organizationId} and q.course_id = ${courseId}
      and (${quizId}::uuid is null or q.id = ${quizId}::uuid)
    order by q.id for update of q`)
}

/** The same at all quizzes of a course, while its groups change. */
export async function lockQuizzesOfCourse(tx: Transaction, courseId: string): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`
    select id from quizzes where organization_id = ${tx.organizationId} and course_id = ${courseId}
    order by id for update`)
  return rows.map(({ id }) => id)
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

export async function upsertGroupAccommodation(
  tx: Transaction,
  courseId: string,
  { groupId, quizId, ...given }: GroupAccommodation,
): Promise<void> {
  await tx.run(sql`
    insert into group_accommodations (organization_id, course_id, group_id, quiz_id, extra_percent, extra_minutes,
      extra_break_minutes, extra_attempts, opens_at, due_at, closes_at)
    values (${tx.organizationId}, ${courseId}, ${groupId}, ${quizId}, ${given.extraPercent}, ${given.extraMinutes},
      ${given.extraBreakMinutes}, ${given.extraAttempts}, ${given.opensAt}, ${given.dueAt}, ${given.closesAt})
    on conflict (group_id, quiz_id) do update set extra_percent = excluded.extra_percent,
      extra_minutes = excluded.extra_minutes, extra_break_minutes = excluded.extra_break_minutes,
      extra_attempts = excluded.extra_attempts, opens_at = excluded.opens_at,
      due_at = excluded.due_at, closes_at = excluded.closes_at
    where group_accommodations.organization_id = excluded.organization_id`)
}

export async function deleteGroupAccommodation(
  tx: Transaction,
  { groupId, quizId }: Pick<GroupAccommodation, 'groupId' | 'quizId'>,
): Promise<void> {
  await tx.run(sql`
    delete from group_accommodations
    where organization_id = ${tx.organizationId} and group_id = ${groupId}
      and quiz_id is not distinct from ${quizId}::uuid`)
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

/** The breaks in seconds that an attempt at quiz `q` may take, with what `a` adds; without a time limit, of the whole or of a section, there are none. */
export const breakSecondsWith = (limit: Sql, sections: Sql): Sql => sql`
  case when ${limit} is null and not ${sections} @? '$[*] ? (@.limitSeconds > 0 || @.timeLimitMinutes > 0)' then 0 else (q.break_minutes + coalesce(a.extra_break_minutes, 0)) * 60 end`

const secondsOf = (from: Sql, to: Sql) => sql`
  extract(epoch from (${to})::timestamptz - (${from})::timestamptz)`

/** Seconds of the breaks of `s`, one that is running in full. */
const breaksTaken = sql`
  coalesce((select sum(${secondsOf(sql`b ->> 'from'`, sql`b ->> 'to'`)}) from jsonb_array_elements(s.breaks) b), 0)`

const openAt = (tx: Transaction, quizIds: string[], userId: string | null) => sql`
  s.organization_id = ${tx.organizationId} and s.quiz_id = any(${quizIds}::uuid[]) and s.state = 'in_progress'
    and (${userId}::uuid is null or s.user_id = ${userId}::uuid)`

/** What changes the end of `s`: its time limit and its breaks, its last section, within the closing of its quiz. */
const setEnd = sql`
  expires_at = (
    select least(s.started_at + ${limitWith(limitSeconds)} + make_interval(secs => ${breaksTaken}), s.sections_end,
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
      select ${breakSecondsWith(limitSeconds, sql`s.sections`)} from quizzes q ${joinedFor(sql`s.user_id`)}
      where q.organization_id = s.organization_id and q.id = s.quiz_id)
    where ${open}`)
  // A break that is running has what is left of them now.
  await tx.run(sql`
    update submissions s
    set breaks = jsonb_set(s.breaks, '{-1,to}', to_jsonb(greatest(clock_timestamp(),
      (s.breaks -> -1 ->> 'to')::timestamptz + make_interval(secs => s.break_seconds - ${breaksTaken}))))
    where ${open} and (s.breaks -> -1 ->> 'to')::timestamptz > clock_timestamp()`)
  await moveSections(tx, open)
  await tx.run(sql`update submissions s set ${setEnd} where ${open}`)
}

/** Let the sections of open attempts that are not over have the extra time that their learners have now. */
async function moveSections(tx: Transaction, open: Sql): Promise<void> {
  type Extra = { extraPercent: number; extraMinutes: number }
  type Row = Sectioned & Extra & { id: string; sections: AttemptSection[]; now: string }
  const rows = await tx.rows<Row>(sql`
    select s.id, s.started_at, s.expires_at, s.sections, s.went_on, s.breaks, coalesce(a.extra_percent, 0) as extra_percent,
      coalesce(a.extra_minutes, 0) as extra_minutes, clock_timestamp() as now
    from submissions s join quizzes q on q.organization_id = s.organization_id and q.id = s.quiz_id
    ${joinedFor(sql`s.user_id`)}
    where s.organization_id = ${tx.organizationId} and ${open} and s.sections <> '[]' order by s.id for update of s`)
  if (rows.length === 0) return
  const moved = rows.map(({ extraPercent, extraMinutes, now, ...attempt }) =>
    withExtra(attempt, { extraPercent, extraMinutes }, now),
  )
  await tx.run(sql`
    update submissions s set sections = n.sections, went_on = n."wentOn", sections_end = n."sectionsEnd"
    from jsonb_to_recordset(${JSON.stringify(moved)}::jsonb)
      as n (id uuid, sections jsonb, "wentOn" jsonb, "sectionsEnd" timestamptz)
    where s.organization_id = ${tx.organizationId} and s.id = n.id`)
}

/** Store the breaks of an attempt that is locked, and let it end as they say; answers when that is. */
export async function storeBreaks(
  tx: Transaction,
  { id, breaks, sectionsEnd }: { id: string; breaks: Break[]; sectionsEnd: string | null },
): Promise<string | null> {
  await tx.run(sql`
    update submissions set breaks = ${JSON.stringify(breaks)}::jsonb, sections_end = ${sectionsEnd}
    where organization_id = ${tx.organizationId} and id = ${id}`)
  return moveEnd(tx, id)
}

/** Let an attempt that is locked end as what is stored of it says; answers when that is. */
export async function moveEnd(tx: Transaction, id: string): Promise<string | null> {
  const at = sql`s.organization_id = ${tx.organizationId} and s.id = ${id}`
  const ended = await tx.optional<{ expiresAt: string | null }>(sql`
    update submissions s set ${setEnd} where ${at} returning s.expires_at`)
  return ended?.expiresAt ?? null
}
