import type { FileUse } from '@azora/contracts/errors.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** The files that a lesson shows, whole: those of its course among the given. */
export async function replaceFileUses(
  db: Queryable,
  uses: { lessonId: string; courseId: string; fileIds: string[] },
): Promise<void> {
  await db.run(sql`
    delete from file_uses where organization_id = ${db.organizationId} and lesson_id = ${uses.lessonId}`)
  if (uses.fileIds.length === 0) return
  await db.run(sql`
    insert into file_uses (organization_id, lesson_id, file_id)
    select organization_id, ${uses.lessonId}::uuid, id from files
    where organization_id = ${db.organizationId} and course_id = ${uses.courseId} and id = any(${uses.fileIds}::uuid[])`)
}

/** Where files are used as far as education knows: everywhere but in quizzes. */
export async function selectFileUses(
  db: Queryable,
  fileIds: string[],
): Promise<(FileUse & { fileId: string })[]> {
  return db.rows<FileUse & { fileId: string }>(sql`
    select * from (
      select f.id as file_id, 'cover' as kind, c.id, c.title, 0 as place, 0 as position
      from files f
      join courses c on c.organization_id = f.organization_id and c.id = f.course_id and c.cover_file_id = f.id
      where f.organization_id = ${db.organizationId} and f.id = any(${fileIds}::uuid[])
      union all
      select f.id, 'description', c.id, c.title, 1, 0
      from files f join courses c on c.organization_id = f.organization_id and c.id = f.course_id
        and position(f.id::text in c.description) > 0
      where f.organization_id = ${db.organizationId} and f.id = any(${fileIds}::uuid[])
      union all
      select u.file_id, 'lesson', l.id, l.title, 2 + m.position, l.position
      from file_uses u
      join lessons l on l.organization_id = u.organization_id and l.id = u.lesson_id
      join modules m on m.organization_id = l.organization_id and m.id = l.module_id
      where u.organization_id = ${db.organizationId} and u.file_id = any(${fileIds}::uuid[])
    ) uses order by place, position, id`)
}

/** Those of the ids that name no file of the school. */
export async function selectMissingFiles(db: Queryable, fileIds: string[]): Promise<string[]> {
  if (fileIds.length === 0) return []
  const rows = await db.rows<{ id: string }>(sql`
    select named.id from unnest(${fileIds}::uuid[]) as named (id)
    where not exists (
      select from files f where f.organization_id = ${db.organizationId} and f.id = named.id)`)
  return rows.map(row => row.id)
}

/** Keep files of a course from being deleted for a while. Waits for who is deleting one of them. */
export async function lockFileRows(
  db: Queryable,
  courseId: string,
  fileIds: string[],
  seconds: number,
): Promise<void> {
  await db.run(sql`
    update files set held_until = clock_timestamp() + make_interval(secs => ${seconds})
    where organization_id = ${db.organizationId} and id in (
      select id from files
      where organization_id = ${db.organizationId} and course_id = ${courseId} and id = any(${fileIds}::uuid[])
      order by id for update)`)
}
