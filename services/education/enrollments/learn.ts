import { authorsCourse } from '@azora/contracts/education/author-rule.ts'
import type { Database, Transaction } from '@azora/kit/db.ts'
import type { Documents } from '@azora/kit/documents.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { Actor } from '@azora/kit/identity.ts'
import type { Metrics } from '@azora/kit/metrics.ts'
import { publish } from '@azora/kit/outbox.ts'
import { v7 as uuidv7 } from 'uuid'
import { lockOptionalCourse } from '../courses/course-access.ts'
import { isFree } from '../courses/prices.store.ts'
import { readContent } from '../lessons/lesson-content.ts'
import { refusalToRead } from '../lessons/lesson-rules.ts'
import { lockLesson, selectFilesById, selectOptionalLesson, selectPlace } from '../lessons/lessons.store.ts'
import {
  type Enrollment,
  insertEnrollment,
  selectEnrollment,
  selectOptionalEnrollment,
  selectOptionalProgress,
  updateActivity,
  upsertProgress,
} from './enrollments.store.ts'
import { recomputeProgress } from './progress.ts'

/**
 * Enrol in a published course. Repeating it answers the enrolment there is.
 * @throws AppError `not_found` for a course that is not in the catalogue; `payment_required` for one that is sold, but to
 * those who teach it.
 */
export async function enroll(
  db: Database,
  actor: Actor,
  courseId: string,
  metrics: Metrics,
): Promise<Enrollment> {
  return db.in(actor.organizationId).transaction(async tx => {
    const known = await selectOptionalEnrollment(tx, actor.userId, courseId)
    if (known) return known
    const course = await lockOptionalCourse(tx, courseId)
    if (course?.status !== 'published') throw new AppError('not_found')
    if (!authorsCourse(actor, course) && !(await isFree(tx, courseId))) throw new AppError('payment_required')
    await addLearner(tx, { courseId, userId: actor.userId, bought: false }, metrics)
    const enrollment = await selectOptionalEnrollment(tx, actor.userId, courseId)
    if (!enrollment) throw new Error('The enrolment vanished.')
    return enrollment
  })
}

/** Enrol someone, for the first time or again, and say so; nothing happens where they are. */
export async function addLearner(
  tx: Transaction,
  { courseId, userId, bought }: { courseId: string; userId: string; bought: boolean },
  metrics: Metrics,
): Promise<void> {
  const { organizationId } = tx
  const enrolledAt = new Date().toISOString()
  const made = await insertEnrollment(tx, {
    id: uuidv7(),
    organizationId,
    userId,
    courseId,
    enrolledAt,
    bought,
  })
  if (!made) return
  await publish(tx, 'education', 'course.enrolled', {
    enrollmentId: made.id,
    courseId,
    userId,
    organizationId,
    enrolledAt,
    revision: made.revision,
  })
  tx.afterCommit(() => metrics.business.inc({ event: 'enrolled' }))
}

/** A lesson for who is enrolled or teaches it. @throws AppError `not_found`, `not_enrolled`. */
export async function readLesson(
  { db, documents }: { db: Database; documents: Documents },
  actor: Actor,
  lessonId: string,
) {
  const school = db.in(actor.organizationId)
  const lesson = await selectOptionalLesson(school, lessonId)
  if (!lesson) throw new AppError('not_found')
  const enrollment = await selectOptionalEnrollment(school, actor.userId, lesson.courseId)
  const refused = refusalToRead(actor, lesson, enrollment !== null)
  if (refused) throw new AppError(refused)
  const among = enrollment && lesson.visible ? 'visible' : 'all'
  const place = await selectPlace(school, lesson.courseId, lessonId, among)
  const files = await selectFilesById(school, [
    ...lesson.attachmentIds,
    ...(lesson.fileId ? [lesson.fileId] : []),
  ])
  const progress = enrollment ? await selectOptionalProgress(school, enrollment.id, lessonId) : null
  return {
    id: lesson.id,
    courseId: lesson.courseId,
    courseTitle: lesson.courseTitle,
    courseSlug: lesson.courseSlug,
    moduleTitle: lesson.moduleTitle,
    title: lesson.title,
    kind: lesson.kind,
    survey: lesson.survey,
    content: await readContent(documents, actor.organizationId, lesson.contentId),
    durationMinutes: lesson.durationMinutes,
    required: lesson.required,
    file: lesson.fileId ? (files.get(lesson.fileId) ?? null) : null,
    linkUrl: lesson.linkUrl,
    quizId: lesson.quizId,
    attachments: lesson.attachmentIds.flatMap(id => files.get(id) ?? []),
    previousLessonId: place.previousLessonId,
    nextLessonId: place.nextLessonId,
    position: { index: place.index, count: place.count },
    progress: enrollment ? (progress ?? { completed: false, positionPercent: 0, positionSeconds: 0 }) : null,
  }
}

/**
 * Keep where a learner is in a lesson. A quiz lesson is completed by its result, never by saying so.
 * @throws AppError `not_found`, `not_enrolled`.
 */
export async function saveProgress(
  db: Database,
  actor: Actor,
  input: { lessonId: string; completed: boolean; positionPercent: number; positionSeconds: number },
): Promise<Enrollment> {
  return db.in(actor.organizationId).transaction(async tx => {
    await lockLesson(tx, input.lessonId)
    const lesson = await selectOptionalLesson(tx, input.lessonId)
    if (!lesson?.visible) throw new AppError('not_found')
    const enrollment = await selectOptionalEnrollment(tx, actor.userId, lesson.courseId)
    if (!enrollment) throw new AppError('not_enrolled')
    await upsertProgress(tx, {
      organizationId: actor.organizationId,
      enrollmentId: enrollment.id,
      lessonId: input.lessonId,
      positionPercent: input.positionPercent,
      positionSeconds: input.positionSeconds,
      completed: input.completed && lesson.kind !== 'quiz',
    })
    await updateActivity(tx, enrollment.id, input.lessonId)
    if (input.completed) await recomputeProgress(tx, { enrollmentIds: [enrollment.id] })
    return selectEnrollment(tx, enrollment.id)
  })
}
