import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import { fileUrl } from '../files/file-url.ts'
import { authorCardColumns, type CardRow, cardOf } from './catalogue.store.ts'
import type { OutlineLesson, OutlineModule } from './outline.store.ts'
import type { PartStatus } from './part-status.store.ts'
import { deleteSurveys, isSurvey } from './surveys.store.ts'

export type StoredFile = { id: string; name: string; mediaType: string; size: number; url: string }

type AuthoredRow = CardRow & {
  instructorId: string
  description: string
  status: 'draft' | 'published' | 'archived'
  requireQuizzes: boolean
  learnerCount: number
  createdAt: string
  updatedAt: string
  publishedAt: string | null
}

type AuthoredLessonRow = OutlineLesson & {
  status: PartStatus
  fileId: string | null
  linkUrl: string | null
  quizId: string | null
}

const learnerCount = sql`
  (select count(*) from enrollments e where e.organization_id = c.organization_id and e.course_id = c.id) as learner_count`

/** A course with all that its author edits, lesson contents apart. */
export async function selectCourseForAuthor(db: Queryable, courseId: string) {
  const row = await db.one<AuthoredRow>(sql`
    select ${authorCardColumns}, c.instructor_id, c.description, c.status, c.require_quizzes, c.created_at, c.updated_at,
      c.published_at, ${learnerCount}
    from courses c where c.organization_id = ${db.organizationId} and c.id = ${courseId}`)
  const modules = await db.rows<OutlineModule<AuthoredLessonRow> & { status: PartStatus }>(sql`
    select m.id, m.title, m.status, coalesce((
      select json_agg(json_build_object('id', l.id, 'title', l.title, 'status', l.status, 'kind', l.kind,
        'survey', ${isSurvey},
        'durationMinutes', l.duration_minutes, 'required', l.required, 'fileId', l.file_id, 'linkUrl', l.link_url,
        'quizId', l.quiz_id) order by l.position, l.id)
      from lessons l where l.organization_id = m.organization_id and l.module_id = m.id), '[]'::json) as lessons
    from modules m where m.organization_id = ${db.organizationId} and m.course_id = ${courseId}
    order by m.position, m.id`)
  const files = await selectFiles(db, courseId)
  const byId = new Map(files.map(file => [file.id, file]))
  const { requireQuizzes, ...card } = cardOf(row)
  return {
    ...card,
    completionRule: { requireQuizzes },
    modules: modules.map(module => ({
      ...module,
      lessons: module.lessons.map(({ fileId, ...lesson }) => ({
        ...lesson,
        file: fileId ? (byId.get(fileId) ?? null) : null,
      })),
    })),
    attachments: files.filter(file => file.attachment).map(({ attachment, ...file }) => file),
  }
}

async function selectFiles(
  db: Queryable,
  courseId: string,
): Promise<(StoredFile & { attachment: boolean })[]> {
  const rows = await db.rows<Omit<StoredFile, 'url'> & { attachment: boolean }>(sql`
    select id, name, media_type, size, attachment from files
    where organization_id = ${db.organizationId} and course_id = ${courseId} order by name, id`)
  return rows.map(row => ({ ...row, url: fileUrl(row.id, row.name) }))
}

/** A part of the address that no course of the school has. Held until the end of the transaction, which inserts it. */
export async function takeFreeSlug(tx: Transaction, wanted: string): Promise<string> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtext('course address'), hashtext(${tx.organizationId}))`)
  const taken = await tx.rows<{ slug: string }>(sql`
    select slug from courses
    where organization_id = ${tx.organizationId} and (slug = ${wanted} or slug like ${`${wanted}-%`})`)
  const names = new Set(taken.map(row => row.slug))
  if (!names.has(wanted)) return wanted
  let suffix = 2
  while (names.has(`${wanted}-${suffix}`)) suffix += 1
  return `${wanted}-${suffix}`
}

export type NewCourse = {
  id: string
  organizationId: string
  slug: string
  title: string
  summary: string
  description: string
  instructorId: string
  category: string
  level: string
  language: string
  requireQuizzes: boolean
}

export async function insertCourse(db: Queryable, course: NewCourse): Promise<void> {
  await db.run(sql`
    insert into courses (id, organization_id, slug, title, summary, description, instructor_id, category, level,
      language, require_quizzes)
    values (${course.id}, ${course.organizationId}, ${course.slug}, ${course.title}, ${course.summary},
      ${course.description}, ${course.instructorId}, ${course.category}, ${course.level}, ${course.language},
      ${course.requireQuizzes})`)
}

type CourseChange = {
  title?: string | undefined
  summary?: string | undefined
  description?: string | undefined
  category?: string | undefined
  level?: string | undefined
  language?: string | undefined
  requireQuizzes?: boolean | undefined
}

export async function updateCourse(db: Queryable, courseId: string, change: CourseChange): Promise<void> {
  await db.run(sql`
    update courses set
      title = coalesce(${change.title ?? null}, title),
      summary = coalesce(${change.summary ?? null}, summary),
      description = coalesce(${change.description ?? null}, description),
      category = coalesce(${change.category ?? null}, category),
      level = coalesce(${change.level ?? null}, level),
      language = coalesce(${change.language ?? null}, language),
      require_quizzes = coalesce(${change.requireQuizzes ?? null}, require_quizzes),
      updated_at = now()
    where organization_id = ${db.organizationId} and id = ${courseId}`)
}

export async function updateCover(db: Queryable, courseId: string, fileId: string | null): Promise<number> {
  return db.run(sql`
    update courses set cover_file_id = ${fileId}::uuid, updated_at = now()
    where organization_id = ${db.organizationId} and id = ${courseId} and (${fileId}::uuid is null or exists (
      select from files f
      where f.organization_id = ${db.organizationId} and f.id = ${fileId}::uuid and f.course_id = ${courseId}))`)
}

export async function updateStatus(
  db: Queryable,
  courseId: string,
  status: 'published' | 'archived',
): Promise<void> {
  await db.run(sql`
    update courses set status = ${status}, updated_at = now(),
      published_at = case when ${status} = 'published' then coalesce(published_at, now()) else published_at end
    where organization_id = ${db.organizationId} and id = ${courseId}`)
}

export async function touchCourse(db: Queryable, courseId: string): Promise<void> {
  await db.run(sql`
    update courses set updated_at = now() where organization_id = ${db.organizationId} and id = ${courseId}`)
}

/** The title of a course, and whether it says what the course is about. */
export async function selectTexts(db: Queryable, courseId: string) {
  return db.one<{ title: string; described: boolean }>(sql`
    select title, summary || regexp_replace(description, '<[^>]*>|&nbsp;', ' ', 'g') ~ '\\S' as described
    from courses where organization_id = ${db.organizationId} and id = ${courseId}`)
}

export async function countLearners(db: Queryable, courseId: string): Promise<number> {
  const { n } = await db.one<{ n: number }>(sql`
    select count(*) as n from enrollments where organization_id = ${db.organizationId} and course_id = ${courseId}`)
  return n
}

export async function deleteCourseRow(db: Queryable, courseId: string): Promise<void> {
  await db.run(sql`
    delete from hidden_scores where organization_id = ${db.organizationId} and course_id = ${courseId}`)
  await deleteSurveys(db, courseId)
  await db.run(sql`delete from courses where organization_id = ${db.organizationId} and id = ${courseId}`)
}

export async function insertModule(
  db: Queryable,
  module: { id: string; organizationId: string; courseId: string; title: string; status?: PartStatus },
): Promise<void> {
  await db.run(sql`
    insert into modules (id, organization_id, course_id, title, status, position)
    values (${module.id}, ${module.organizationId}, ${module.courseId}, ${module.title}, ${module.status ?? 'published'},
      (select coalesce(max(position), 0) + 1 from modules
        where organization_id = ${module.organizationId} and course_id = ${module.courseId}))`)
}

export async function updateModule(db: Queryable, moduleId: string, title: string): Promise<void> {
  await db.run(sql`
    update modules set title = ${title} where organization_id = ${db.organizationId} and id = ${moduleId}`)
}

export async function deleteModuleRow(db: Queryable, moduleId: string): Promise<void> {
  await db.run(sql`delete from modules where organization_id = ${db.organizationId} and id = ${moduleId}`)
}

/** Set the order of everything in a course. The caller has checked that each id is of the course, once. */
export async function updateArrangement(
  db: Queryable,
  modules: { id: string; lessonIds: string[] }[],
): Promise<void> {
  const places = modules.flatMap((module, at) =>
    module.lessonIds.map((lessonId, position) => ({
      id: lessonId,
      module_id: module.id,
      position: at * 1000 + position,
    })),
  )
  await db.run(sql`
    update modules m set position = o.position
    from jsonb_to_recordset(${JSON.stringify(modules.map((module, position) => ({ id: module.id, position })))}::jsonb)
      as o (id uuid, position int) where m.organization_id = ${db.organizationId} and m.id = o.id`)
  await db.run(sql`
    update lessons l set module_id = o.module_id, position = o.position
    from jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as o (id uuid, module_id uuid, position int)
    where l.organization_id = ${db.organizationId} and l.id = o.id`)
}

export async function selectTaughtCourses(
  db: Queryable,
  filter: { instructorId: string | null; cursor: string | undefined; limit: number },
) {
  const rows = await db.rows<
    CardRow & { status: 'draft' | 'published' | 'archived'; learnerCount: number; updatedAt: string }
  >(sql`
    select ${authorCardColumns}, c.status, c.updated_at, ${learnerCount}
    from courses c
    where c.organization_id = ${db.organizationId}
      and (${filter.instructorId}::uuid is null or c.instructor_id = ${filter.instructorId}::uuid)
      and (${filter.cursor ?? null}::uuid is null or c.id < ${filter.cursor ?? null}::uuid)
    order by c.id desc limit ${filter.limit + 1}`)
  const items = rows.slice(0, filter.limit).map(cardOf)
  return { items, nextCursor: rows.length > filter.limit ? (items.at(-1)?.id ?? null) : null }
}
