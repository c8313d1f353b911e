import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

export type PartStatus = 'draft' | 'hidden' | 'published'

/** Lessons and modules of one course; what is of another course is left alone. */
export type Parts = { lessonIds: string[]; moduleIds: string[] }

/** How many of the parts there are in the course. */
export async function countParts(db: Queryable, courseId: string, parts: Parts): Promise<number> {
  const { n } = await db.one<{ n: number }>(sql`
    select (
      select count(*) from lessons
      where organization_id = ${db.organizationId} and course_id = ${courseId} and id = any(${parts.lessonIds}::uuid[])) + (
      select count(*) from modules
      where organization_id = ${db.organizationId} and course_id = ${courseId} and id = any(${parts.moduleIds}::uuid[])
    ) as n`)
  return n
}

export async function countUnpublishedModules(db: Queryable, courseId: string): Promise<number> {
  const { n } = await db.one<{ n: number }>(sql`
    select count(*) as n from modules
    where organization_id = ${db.organizationId} and course_id = ${courseId} and status <> 'published'`)
  return n
}

export async function updatePartStatus(
  db: Queryable,
  courseId: string,
  parts: Parts,
  status: PartStatus,
): Promise<void> {
  await db.run(sql`
    update modules set status = ${status}
    where organization_id = ${db.organizationId} and course_id = ${courseId} and id = any(${parts.moduleIds}::uuid[])`)
  await db.run(sql`
    update lessons set status = ${status}
    where organization_id = ${db.organizationId} and course_id = ${courseId} and id = any(${parts.lessonIds}::uuid[])`)
}

export type ShownLesson = {
  id: string
  moduleId: string
  title: string
  kind: 'page' | 'video' | 'file' | 'link' | 'quiz'
  written: boolean
  media: boolean
  attached: boolean
  fileId: string | null
  linkUrl: string | null
  quizId: string | null
}

/** The lessons that learners see of a course, with what tells whether each can be completed. */
export async function selectShownLessons(db: Queryable, courseId: string): Promise<ShownLesson[]> {
  return db.rows<ShownLesson>(sql`
    select l.id, l.module_id, l.title, l.kind, l.content_id is not null as written, l.media,
      cardinality(l.attachment_ids) > 0 as attached, l.file_id, l.link_url, l.quiz_id
    from visible_lessons l join modules m on m.organization_id = l.organization_id and m.id = l.module_id
    where l.organization_id = ${db.organizationId} and l.course_id = ${courseId} order by m.position, m.id, l.position, l.id`)
}

/** The quizzes that learners see, or would see once the parts are published. */
export async function selectQuizzesToShow(db: Queryable, courseId: string, parts: Parts): Promise<string[]> {
  const rows = await db.rows<{ quizId: string }>(sql`
    select distinct l.quiz_id
    from lessons l join modules m on m.organization_id = l.organization_id and m.id = l.module_id
    where l.organization_id = ${db.organizationId} and l.course_id = ${courseId} and l.quiz_id is not null
      and (l.status = 'published' or l.id = any(${parts.lessonIds}::uuid[]))
      and (m.status = 'published' or m.id = any(${parts.moduleIds}::uuid[]))`)
  return rows.map(row => row.quizId)
}

/** Where a course shows its quizzes, and a number that is higher with each asking. The course is locked. */
export async function renewPlaces(db: Queryable, courseId: string) {
  const { revision } = await db.one<{ revision: number }>(sql`
    update courses set places_revision = places_revision + 1
    where organization_id = ${db.organizationId} and id = ${courseId}
    returning places_revision as revision`)
  const places = await db.rows<{ quizId: string; lessonId: string; lessonTitle: string; open: boolean }>(sql`
    select l.quiz_id, l.id as lesson_id, l.title as lesson_title,
      (l.status = 'published' and m.status = 'published') as open
    from lessons l join modules m on m.organization_id = l.organization_id and m.id = l.module_id
    where l.organization_id = ${db.organizationId} and l.course_id = ${courseId} and l.quiz_id is not null order by l.id`)
  return { revision, places }
}

/** The lessons that show a quiz, and whether learners see each. */
export async function selectPlacesOfQuiz(db: Queryable, quizId: string) {
  return db.rows<{ lessonId: string; lessonTitle: string; open: boolean }>(sql`
    select l.id as lesson_id, l.title as lesson_title, (l.status = 'published' and m.status = 'published') as open
    from lessons l join modules m on m.organization_id = l.organization_id and m.id = l.module_id
    where l.organization_id = ${db.organizationId} and l.quiz_id = ${quizId}
    order by open desc, l.title, l.id`)
}
