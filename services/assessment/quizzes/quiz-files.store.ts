import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

type QuizFiles = { organizationId: string; courseId: string; quizId: string; fileIds: string[] }

/**
 * Note the files that a quiz shows. Of a quiz that was attempted none is taken out: attempts show the questions as they
 * were.
 */
export async function noteQuizFiles(db: Queryable, files: QuizFiles): Promise<void> {
  await db.run(sql`
    delete from quiz_files
    where organization_id = ${files.organizationId} and quiz_id = ${files.quizId} and not exists (
      select from submissions where organization_id = ${files.organizationId} and quiz_id = ${files.quizId})`)
  if (files.fileIds.length === 0) return
  await db.run(sql`
    insert into quiz_files (organization_id, course_id, quiz_id, file_id)
    select ${files.organizationId}::uuid, ${files.courseId}::uuid, ${files.quizId}::uuid, id
    from unnest(${files.fileIds}::uuid[]) as id on conflict do nothing`)
}

/** The quizzes of a course that show one of the files. */
export async function selectFileUses(db: Queryable, courseId: string, fileIds: string[]) {
  return db.rows<{ fileId: string; quizId: string; quizTitle: string }>(sql`
    select f.file_id, q.id as quiz_id, q.title as quiz_title from quiz_files f
    join quizzes q on q.organization_id = f.organization_id and q.id = f.quiz_id
    where f.organization_id = ${db.organizationId} and f.course_id = ${courseId} and f.file_id = any(${fileIds}::uuid[])
    order by q.title, q.id`)
}
