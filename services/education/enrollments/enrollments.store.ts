import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import { byIdOrSlug } from '../courses/catalogue.store.ts'
import type { OutlineLesson } from '../courses/outline.store.ts'
import { isSurvey } from '../courses/surveys.store.ts'
import { fileUrl } from '../files/file-url.ts'
import { groupIdsOf, isInGroup, shownGroups } from '../groups/groups.store.ts'

export type Enrollment = {
  id: string
  courseId: string
  progressPercent: number
  enrolledAt: string
  completedAt: string | null
  certificateId: string | null
  /** When it ended with what was paid for; null while it goes on. */
  accessEndedAt: string | null
  /** As far as the learner may know of it. */
  grade: CourseGrade | null
}

export type CourseGrade = { percent: number; letter: string | null }

/** What a learner may know of a course grade, of the enrolment `e`. */
const toldGrade = sql`
  case when e.told_percent is not null
    then json_build_object('percent', e.told_percent, 'letter', e.told_letter) end`

const enrollmentColumns = sql`
  e.id, e.course_id, e.progress_percent, e.enrolled_at, e.completed_at, e.ended_at as access_ended_at,
  (select t.id from certificates t
    where t.organization_id = e.organization_id and t.enrollment_id = e.id) as certificate_id,
  ${toldGrade} as grade`

/** An enrolment that goes on. */
export async function selectOptionalEnrollment(
  db: Queryable,
  userId: string,
  courseId: string,
): Promise<Enrollment | null> {
  return db.optional<Enrollment>(sql`
    select ${enrollmentColumns} from enrollments e
    where e.organization_id = ${db.organizationId} and e.user_id = ${userId} and e.course_id = ${courseId}
      and e.ended_at is null`)
}

/** Whether somebody learned in a course until what they paid for ended. */
export async function hasEndedEnrollment(db: Queryable, userId: string, courseId: string): Promise<boolean> {
  const { ended } = await db.one<{ ended: boolean }>(sql`
    select exists (select from enrollments
      where organization_id = ${db.organizationId} and user_id = ${userId} and course_id = ${courseId}
        and ended_at is not null) as ended`)
  return ended
}

/** Those of some courses in which someone learns. */
export async function selectEnrolledAmong(
  db: Queryable,
  userId: string,
  courseIds: string[],
): Promise<string[]> {
  const rows = await db.rows<{ courseId: string }>(sql`
    select course_id from enrollments
    where organization_id = ${db.organizationId} and user_id = ${userId} and course_id = any(${courseIds}::uuid[])
      and ended_at is null`)
  return rows.map(({ courseId }) => courseId)
}

export async function selectEnrollment(db: Queryable, enrollmentId: string): Promise<Enrollment> {
  return db.one<Enrollment>(sql`
    select ${enrollmentColumns} from enrollments e
    where e.organization_id = ${db.organizationId} and e.id = ${enrollmentId}`)
}

/** Begin an enrolment, or one that had ended again. @returns null when the learner is enrolled already */
export function insertEnrollment(
  db: Queryable,
  enrollment: {
    id: string
    organizationId: string
    userId: string
    courseId: string
    enrolledAt: string
    /** Whether it ends with what was paid for. */
    bought?: boolean
  },
): Promise<{ id: string; revision: number } | null> {
  return db.optional<{ id: string; revision: number }>(sql`
    insert into enrollments (id, organization_id, user_id, course_id, enrolled_at, last_activity_at, bought)
    values (${enrollment.id}, ${enrollment.organizationId}, ${enrollment.userId}, ${enrollment.courseId},
      ${enrollment.enrolledAt}, ${enrollment.enrolledAt}, ${enrollment.bought ?? false})
    on conflict (user_id, course_id) do update set
      ended_at = null, bought = excluded.bought, revision = enrollments.revision + 1
    where enrollments.organization_id = excluded.organization_id and enrollments.ended_at is not null
    returning id, revision`)
}

type PageRow = {
  courseId: string
  slug: string
  title: string
  coverFileId: string | null
  coverName: string | null
  enrollmentId: string
  progressPercent: number
  enrolledAt: string
  completedAt: string | null
  certificateId: string | null
  lastLessonId: string | null
  grade: CourseGrade | null
  groups: { id: string; name: string; memberNames: string[] }[]
  modules:
    | {
        id: string
        title: string
        lessons: (OutlineLesson & { completed: boolean; started: boolean })[] | null
      }[]
    | null
}

/** A learner's page of a course in one statement: the most-read page of the system. Null when not enrolled. */
export async function selectOptionalCoursePage(db: Queryable, userId: string, course: string) {
  const row = await db.optional<PageRow>(sql`
    select c.id as course_id, c.slug, c.title, c.cover_file_id, f.name as cover_name,
      e.id as enrollment_id, e.progress_percent, e.enrolled_at, e.completed_at, e.last_lesson_id,
      t.id as certificate_id, ${toldGrade} as grade, ${shownGroups} as groups,
      (select json_agg(json_build_object('id', m.id, 'title', m.title, 'lessons', (
          select json_agg(json_build_object('id', l.id, 'title', l.title, 'kind', l.kind, 'survey', ${isSurvey},
            'durationMinutes', l.duration_minutes, 'required', l.required,
            'completed', p.completed_at is not null, 'started', p.enrollment_id is not null) order by l.position, l.id)
          from visible_lessons l left join lesson_progress p
            on p.organization_id = e.organization_id and p.enrollment_id = e.id and p.lesson_id = l.id
          where l.organization_id = m.organization_id and l.module_id = m.id)) order by m.position, m.id)
        from modules m where m.organization_id = c.organization_id and m.course_id = c.id and exists (
          select from visible_lessons l where l.organization_id = m.organization_id and l.module_id = m.id)) as modules
    from courses c
    join enrollments e on e.organization_id = c.organization_id and e.course_id = c.id and e.user_id = ${userId}
      and e.ended_at is null
    left join certificates t on t.organization_id = e.organization_id and t.enrollment_id = e.id
    left join files f on f.organization_id = c.organization_id and f.id = c.cover_file_id
    where c.organization_id = ${db.organizationId} and ${byIdOrSlug(course)}`)
  if (!row) return null
  const modules = (row.modules ?? []).map(module => ({ ...module, lessons: module.lessons ?? [] }))
  const lessons = modules.flatMap(module => module.lessons)
  return {
    course: {
      id: row.courseId,
      slug: row.slug,
      title: row.title,
      coverUrl: row.coverFileId && row.coverName ? fileUrl(row.coverFileId, row.coverName) : null,
    },
    enrollment: {
      id: row.enrollmentId,
      courseId: row.courseId,
      progressPercent: row.progressPercent,
      enrolledAt: row.enrolledAt,
      completedAt: row.completedAt,
      certificateId: row.certificateId,
      accessEndedAt: null,
      grade: row.grade,
    },
    resumeLessonId: resumeAt(lessons, row.lastLessonId),
    modules,
    groups: row.groups,
  }
}

/** Where to go on: the lesson one was in unless it is done, else the first that is not, else the first. */
export function resumeAt(
  lessons: { id: string; completed: boolean }[],
  lastLessonId: string | null,
): string | null {
  const last = lessons.findIndex(lesson => lesson.id === lastLessonId)
  if (last >= 0 && !lessons[last]?.completed) return lastLessonId
  const following = [...lessons.slice(last + 1), ...lessons.slice(0, last + 1)]
  return (following.find(lesson => !lesson.completed) ?? lessons[0])?.id ?? null
}

type MyCourseRow = Enrollment & {
  lastActivityAt: string
  slug: string
  title: string
  level: 'beginner' | 'intermediate' | 'advanced'
  category: string
  coverFileId: string | null
  coverName: string | null
  resumeLessonId: string | null
}

type ResumeLesson = Pick<OutlineLesson, 'id' | 'title' | 'kind' | 'survey' | 'durationMinutes'>

/** One's courses, the latest activity first. The cursor is the last row's activity time and id. */
export async function selectMyCourses(
  db: Queryable,
  userId: string,
  page: { cursor?: string | undefined; limit: number },
) {
  const [at, id] = decodeCursor(page.cursor)
  const rows = await db.rows<MyCourseRow>(sql`
    select ${enrollmentColumns}, e.last_activity_at, c.slug, c.title, c.level, c.category, c.cover_file_id,
      f.name as cover_name,
      coalesce(
        (select l.id from visible_lessons l left join lesson_progress p
            on p.organization_id = e.organization_id and p.lesson_id = l.id and p.enrollment_id = e.id
          where l.organization_id = e.organization_id and l.id = e.last_lesson_id and p.completed_at is null),
        (select l.id from visible_lessons l
          join modules m on m.organization_id = l.organization_id and m.id = l.module_id
          left join lesson_progress p
            on p.organization_id = e.organization_id and p.lesson_id = l.id and p.enrollment_id = e.id
          where l.organization_id = c.organization_id and l.course_id = c.id and p.completed_at is null
          order by m.position, m.id, l.position, l.id limit 1)) as resume_lesson_id
    from enrollments e
    join courses c on c.organization_id = e.organization_id and c.id = e.course_id
    left join files f on f.organization_id = c.organization_id and f.id = c.cover_file_id
    where e.organization_id = ${db.organizationId} and e.user_id = ${userId}
      and (${at}::timestamptz is null or (e.last_activity_at, e.id) < (${at}::timestamptz, ${id}::uuid))
    order by e.last_activity_at desc, e.id desc limit ${page.limit + 1}`)
  const items = rows.slice(0, page.limit)
  const lessons = await db.rows<ResumeLesson>(sql`
    select l.id, l.title, l.kind, ${isSurvey} as survey, l.duration_minutes from lessons l
    where l.organization_id = ${db.organizationId}
      and l.id = any(${items.flatMap(({ resumeLessonId }) => resumeLessonId ?? [])}::uuid[])`)
  const lessonOf = new Map(lessons.map(lesson => [lesson.id, lesson]))
  const last = items.at(-1)
  return {
    items: items.map(({ slug, title, level, category, coverFileId, coverName, ...rest }) => ({
      ...rest,
      resumeLesson: lessonOf.get(rest.resumeLessonId ?? '') ?? null,
      course: {
        id: rest.courseId,
        slug,
        title,
        level,
        category,
        coverUrl: coverFileId && coverName ? fileUrl(coverFileId, coverName) : null,
      },
    })),
    nextCursor:
      rows.length > page.limit && last
        ? Buffer.from(`${last.lastActivityAt} ${last.id}`).toString('base64url')
        : null,
  }
}

function decodeCursor(cursor: string | undefined): [string | null, string | null] {
  const found = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(
    Buffer.from(cursor ?? '', 'base64url').toString(),
  )
  return found && !Number.isNaN(Date.parse(found[1] ?? ''))
    ? [found[1] ?? null, found[2] ?? null]
    : [null, null]
}

/** Keep where a learner is. Positions only move forward in time, completion is never taken back. */
export async function upsertProgress(
  db: Queryable,
  progress: {
    organizationId: string
    enrollmentId: string
    lessonId: string
    positionPercent: number
    positionSeconds: number
    completed: boolean
  },
): Promise<void> {
  await db.run(sql`
    insert into lesson_progress (organization_id, enrollment_id, lesson_id, position_percent, position_seconds, completed_at)
    values (${progress.organizationId}, ${progress.enrollmentId}, ${progress.lessonId}, ${progress.positionPercent},
      ${progress.positionSeconds}, case when ${progress.completed} then now() end)
    on conflict (enrollment_id, lesson_id) do update set
      position_percent = excluded.position_percent,
      position_seconds = excluded.position_seconds,
      completed_at = coalesce(lesson_progress.completed_at, excluded.completed_at)
    where lesson_progress.organization_id = excluded.organization_id`)
}

export async function updateActivity(db: Queryable, enrollmentId: string, lessonId: string): Promise<void> {
  await db.run(sql`
    update enrollments set last_lesson_id = ${lessonId}, last_activity_at = clock_timestamp()
    where organization_id = ${db.organizationId} and id = ${enrollmentId}`)
}

export async function selectOptionalProgress(db: Queryable, enrollmentId: string, lessonId: string) {
  return db.optional<{ completed: boolean; positionPercent: number; positionSeconds: number }>(sql`
    select completed_at is not null as completed, position_percent, position_seconds
    from lesson_progress
    where organization_id = ${db.organizationId} and enrollment_id = ${enrollmentId} and lesson_id = ${lessonId}`)
}

/** Mark the lessons that show a quiz as done, for one learner. */
export async function completeQuizLessons(
  db: Queryable,
  mark: { organizationId: string; enrollmentId: string; courseId: string; quizId: string },
): Promise<void> {
  await db.run(sql`
    insert into lesson_progress (organization_id, enrollment_id, lesson_id, position_percent, completed_at)
    select ${mark.organizationId}::uuid, ${mark.enrollmentId}::uuid, l.id, 100, now() from lessons l
    where l.organization_id = ${mark.organizationId} and l.course_id = ${mark.courseId} and l.quiz_id = ${mark.quizId}
    on conflict (enrollment_id, lesson_id) do update set
      position_percent = 100, completed_at = coalesce(lesson_progress.completed_at, excluded.completed_at)
    where lesson_progress.organization_id = excluded.organization_id`)
}

/** Keep whether learners are told their score of a quiz; a change before one that is known changes nothing. */
export async function upsertHiddenScore(
  db: Queryable,
  quiz: { organizationId: string; courseId: string; quizId: string; hidden: boolean; revision: number },
): Promise<void> {
  await db.run(sql`
    insert into hidden_scores (organization_id, quiz_id, course_id, hidden, revision)
    values (${quiz.organizationId}, ${quiz.quizId}, ${quiz.courseId}, ${quiz.hidden}, ${quiz.revision})
    on conflict (quiz_id) do update set hidden = excluded.hidden, revision = excluded.revision
    where hidden_scores.organization_id = excluded.organization_id
      and hidden_scores.revision < excluded.revision`)
}

export async function selectRoster(
  db: Queryable,
  courseId: string,
  page: { groupId?: string | undefined; cursor?: string | undefined; limit: number },
) {
  const rows = await db.rows<{
    enrollmentId: string
    userId: string
    name: string
    email: string
    progressPercent: number
    lessonsDone: number
    lessonCount: number
    bestQuizPercent: number | null
    grade: CourseGrade | null
    enrolledAt: string
    lastActivityAt: string
    completedAt: string | null
    certificateId: string | null
    accessEndedAt: string | null
    groupIds: string[]
  }>(sql`
    select e.id as enrollment_id, e.user_id, coalesce(p.name, '') as name, coalesce(p.email, '') as email,
      e.progress_percent, e.enrolled_at, e.last_activity_at, e.completed_at, e.ended_at as access_ended_at,
      case when e.grade_percent is not null
        then json_build_object('percent', e.grade_percent, 'letter', e.grade_letter) end as grade,
      (select t.id from certificates t
        where t.organization_id = e.organization_id and t.enrollment_id = e.id) as certificate_id,
      (select count(*) from lesson_progress lp
        join visible_lessons l on l.organization_id = lp.organization_id and l.id = lp.lesson_id
        where lp.organization_id = e.organization_id and lp.enrollment_id = e.id
          and lp.completed_at is not null) as lessons_done,
      (select count(*) from visible_lessons l
        where l.organization_id = e.organization_id and l.course_id = e.course_id) as lesson_count,
      (select max(q.best_percent) from quiz_results q
        where q.organization_id = e.organization_id and q.enrollment_id = e.id) as best_quiz_percent,
      ${groupIdsOf} as group_ids
    from enrollments e left join people p on p.user_id = e.user_id and p.organization_id = e.organization_id
    where e.organization_id = ${db.organizationId} and e.course_id = ${courseId}
      and ${isInGroup(page.groupId)}
      and (${page.cursor ?? null}::uuid is null or e.id < ${page.cursor ?? null}::uuid)
    order by e.id desc limit ${page.limit + 1}`)
  const items = rows.slice(0, page.limit)
  return { items, nextCursor: rows.length > page.limit ? (items.at(-1)?.enrollmentId ?? null) : null }
}
