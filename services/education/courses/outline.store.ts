import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import { isSurvey } from './surveys.store.ts'

export type OutlineLesson = {
  id: string
  title: string
  kind: 'page' | 'video' | 'file' | 'link' | 'quiz'
  survey: boolean
  durationMinutes: number
  required: boolean
}

export type OutlineModule<L> = { id: string; title: string; lessons: L[] }

/** Modules and lessons of a course as learners see them, in order, built by the database in one statement. */
export async function selectOutline(
  db: Queryable,
  courseId: string,
): Promise<OutlineModule<OutlineLesson>[]> {
  const rows = await db.rows<OutlineModule<OutlineLesson>>(sql`
    select m.id, m.title, (
      select json_agg(json_build_object('id', l.id, 'title', l.title, 'kind', l.kind, 'survey', ${isSurvey},
        'durationMinutes', l.duration_minutes, 'required', l.required) order by l.position, l.id)
      from visible_lessons l where l.organization_id = m.organization_id and l.module_id = m.id) as lessons
    from modules m where m.organization_id = ${db.organizationId} and m.course_id = ${courseId} and exists (
      select from visible_lessons l where l.organization_id = m.organization_id and l.module_id = m.id)
    order by m.position, m.id`)
  return rows
}
