import type { OutlineModule } from '../../learning/outline.tsx'
import type { OutputOf } from '../../lib/api.browser.ts'
import { api, unless } from '../../lib/api.server.ts'
import { isTeacher } from '../teacher.server.ts'

/** Where a teacher looks at a course as its learners see it. */
export const previewAddress = (courseId: string) => `/teach/courses/${courseId}/preview`

/** The same for a course by id or slug; null for who does not teach it. */
export async function previewAddressOf(course: string, path: string): Promise<string | null> {
  if (!(await isTeacher(path))) return null
  const { education } = await api()
  const found = await unless(education.getCourse({ course }), 'not_found', 'invalid_input')
  const access = found && (await unless(education.getCourseAccess({ courseId: found.id }), 'not_found'))
  return access?.author ? previewAddress(access.courseId) : null
}

/** The outline as a learner sees it who has only just enrolled, with what learners do not see at all. */
export function previewModules(course: OutputOf<'education.editCourse'>): OutlineModule[] {
  return course.modules
    .filter(module => module.lessons.length > 0)
    .map(module => ({
      ...module,
      lessons: module.lessons.map(lesson => ({ ...lesson, completed: false, started: false })),
    }))
}
