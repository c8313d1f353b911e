import type { Reactions } from '@azora/kit/inbox.ts'
import { deleteCourse, upsertCourse } from './courses/courses.store.ts'
import { upsertSchoolName } from './schools/schools.store.ts'
import { updateOwner } from './subscriptions/subscriptions.store.ts'

export const reactions: Reactions = {
  'course.saved': (tx, { courseId, instructorId, title }, { occurredAt }) =>
    upsertCourse(tx, { id: courseId, instructorId, title }, occurredAt),
  'course.deleted': (tx, { courseId }) => deleteCourse(tx, courseId),
  'user.changed': (tx, person) => updateOwner(tx, person),
  'organization.created': (tx, { name }, { occurredAt }) => upsertSchoolName(tx, name, occurredAt),
  'organization.changed': (tx, { name }, { occurredAt }) => upsertSchoolName(tx, name, occurredAt),
}
