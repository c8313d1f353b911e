import type { Queryable, Transaction, Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import type { StoredFile } from '../courses/authoring.store.ts'
import type { PartStatus } from '../courses/part-status.store.ts'
import { isSurvey } from '../courses/surveys.store.ts'
import { fileUrl } from '../files/file-url.ts'

export type LessonKind = 'page' | 'video' | 'file' | 'link' | 'quiz'

export type LessonRow = {
  id: string
  courseId: string
  courseTitle: string
  courseSlug: string
  courseStatus: 'draft' | 'published' | 'archived'
  instructorId: string
  moduleTitle: string
  title: string
  status: PartStatus
  /** Whether learners see it: its module is published too. */
  visible: boolean
  kind: LessonKind
  survey: boolean
  contentId: string | null
  durationMinutes: number
  required: boolean
  fileId: string | null
  linkUrl: string | null
  quizId: string | null
  attachmentIds: string[]
}

export async function selectOptionalLesson(db: Queryable, lessonId: string): Promise<LessonRow | null> {
  return db.optional<LessonRow>(sql`
    select l.id, l.course_id, c.title as course_title, c.slug as course_slug, c.status as course_status,
      c.instructor_id, m.title as module_title, l.title, l.status,
      (l.status = 'published' and m.status = 'published') as visible, l.kind,
      ${isSurvey} as survey, l.content_id, l.duration_minutes, l.required,
      l.file_id, l.link_url, l.quiz_id, l.attachment_ids
    from lessons l
    join modules m on m.organization_id = l.organization_id and m.id = l.module_id
    join courses c on c.organization_id = l.organization_id and c.id = l.course_id
    where l.organization_id = ${db.organizationId} and l.id = ${lessonId}`)
}

/** Keeps a lesson from being deleted until the end of the transaction; it may be written all the same. */
export async function lockLesson(tx: Transaction, lessonId: string): Promise<void> {
  await tx.run(sql`
    select from lessons where organization_id = ${tx.organizationId} and id = ${lessonId} for key share`)
}

export async function selectFilesById(db: Queryable, ids: string[]): Promise<Map<string, StoredFile>> {
  if (ids.length === 0) return new Map()
  const rows = await db.rows<Omit<StoredFile, 'url'>>(sql`
    select id, name, media_type, size from files
    where organization_id = ${db.organizationId} and id = any(${ids}::uuid[])`)
  return new Map(rows.map(row => [row.id, { ...row, url: fileUrl(row.id, row.name) }]))
}

/** The lesson's place and its neighbours among the lessons that learners see, or among all of the course. */
export async function selectPlace(
  db: Queryable,
  courseId: string,
  lessonId: string,
  among: 'visible' | 'all',
) {
  return db.one<{
    index: number
    count: number
    previousLessonId: string | null
    nextLessonId: string | null
  }>(sql`
    select * from (
      select l.id, row_number() over w as index, count(*) over () as count,
        lag(l.id) over w as previous_lesson_id, lead(l.id) over w as next_lesson_id
      from ${among === 'all' ? sql`lessons` : sql`visible_lessons`} l
      join modules m on m.organization_id = l.organization_id and m.id = l.module_id
      where l.organization_id = ${db.organizationId} and l.course_id = ${courseId}
      window w as (order by m.position, m.id, l.position, l.id)
    ) places where id = ${lessonId}`)
}

export type LessonFields = {
  title: string
  contentId: string | null
  /** Whether the text shows a film, a sound or an embedded page. */
  media: boolean
  /** The text without its markup, for search. */
  words: string
  durationMinutes: number
  required: boolean
  fileId: string | null
  linkUrl: string | null
  quizId: string | null
  attachmentIds: string[]
}

export async function insertLesson(
  db: Queryable,
  lesson: LessonFields & {
    id: string
    organizationId: string
    courseId: string
    moduleId: string
    kind: LessonKind
    status: PartStatus
  },
): Promise<void> {
  await db.run(sql`
    insert into lessons (id, organization_id, course_id, module_id, title, status, kind, content_id, media, words,
      duration_minutes, required, file_id, link_url, quiz_id, attachment_ids, position)
    values (${lesson.id}, ${lesson.organizationId}, ${lesson.courseId}, ${lesson.moduleId}, ${lesson.title},
      ${lesson.status}, ${lesson.kind}, ${lesson.contentId}, ${lesson.media}, ${lesson.words},
      ${lesson.durationMinutes}, ${lesson.required}, ${lesson.fileId},
      ${lesson.linkUrl}, ${lesson.quizId}, ${lesson.attachmentIds}::uuid[],
      (select coalesce(max(position), -1) + 1 from lessons
        where organization_id = ${lesson.organizationId} and module_id = ${lesson.moduleId}))`)
}

export async function updateLesson(db: Queryable, lessonId: string, lesson: LessonFields): Promise<void> {
  await db.run(sql`
    update lessons set title = ${lesson.title}, content_id = ${lesson.contentId}, media = ${lesson.media}, words = ${lesson.words},
      duration_minutes = ${lesson.durationMinutes}, required = ${lesson.required}, file_id = ${lesson.fileId},
      link_url = ${lesson.linkUrl}, quiz_id = ${lesson.quizId}, attachment_ids = ${lesson.attachmentIds}::uuid[]
    where organization_id = ${db.organizationId} and id = ${lessonId}`)
}

export async function deleteLessonRow(db: Queryable, lessonId: string): Promise<void> {
  await db.run(sql`delete from lessons where organization_id = ${db.organizationId} and id = ${lessonId}`)
}

/** How many of the given files belong to the course. */
export async function countFilesOfCourse(db: Queryable, courseId: string, ids: string[]): Promise<number> {
  const row = await db.one<{ n: number }>(sql`
    select count(*) as n from files
    where organization_id = ${db.organizationId} and course_id = ${courseId} and id = any(${ids}::uuid[])`)
  return row.n
}

/** Lessons whose words search does not know yet, of any school. */
export async function selectUnreadLessons(db: Unscoped, limit: number) {
  return db.rows<{ id: string; organizationId: string; contentId: string }>(sql`
    select id, organization_id, content_id from lessons where words is null and content_id is not null order by id limit ${limit}`)
}

/** Keep the words of a lesson, unless it was saved with a new text meanwhile. */
export async function updateWords(
  db: Queryable,
  lesson: { id: string; contentId: string; words: string },
): Promise<void> {
  await db.run(sql`
    update lessons set words = ${lesson.words}
    where organization_id = ${db.organizationId} and id = ${lesson.id} and content_id = ${lesson.contentId}`)
}
