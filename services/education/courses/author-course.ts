import { recordAudit } from '@azora/kit/audit.ts'
import type { Database, Transaction } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import { actorOf, type RequestContext } from '@azora/kit/http.ts'
import { publish } from '@azora/kit/outbox.ts'
import { cleanLessonHtml } from '@azora/kit/rich-text/clean.ts'
import { v7 as uuidv7 } from 'uuid'
import { recomputeProgress } from '../enrollments/progress.ts'
import {
  countLearners,
  countLessons,
  deleteCourseRow,
  deleteModuleRow,
  insertCourse,
  insertModule,
  selectCourseForAuthor,
  selectFreeSlug,
  touchCourse,
  updateArrangement,
  updateCourse,
  updateCover,
  updateModule,
  updateStatus,
} from './authoring.store.ts'
import {
  type CourseRow,
  lockAuthoredCourse,
  selectAuthoredCourse,
  selectCourseOfModule,
} from './course-access.ts'
import { recordForeignChange } from './foreign-change.ts'
import { slugOf } from './slug.ts'

export type CourseSettings = {
  title: string
  summary: string
  description: string
  category: string
  level: 'beginner' | 'intermediate' | 'advanced'
  language: string
  completionRule: { requireQuizzes: boolean }
}

/** Tell the other services what they must know of a course. */
export async function announceCourse(tx: Transaction, courseId: string): Promise<void> {
  const course = await selectCourseForAuthor(tx, courseId)
  await publish(tx, 'education', 'course.saved', {
    courseId,
    organizationId: tx.organizationId,
    instructorId: course.instructorId,
    title: course.title,
    status: course.status,
  })
}

/** What becomes of a course as a whole is in the audit log, whoever does it. */
function recordCourse(
  tx: Transaction,
  context: RequestContext,
  courseId: string,
  change: 'created' | 'published' | 'archived' | 'deleted',
): Promise<void> {
  const subject = { kind: 'course', id: courseId }
  return recordAudit(tx, 'education', context, { action: `course.${change}`, subject })
}

export async function createCourse(db: Database, context: RequestContext, settings: CourseSettings) {
  const actor = actorOf(context)
  const id = uuidv7()
  const description = await cleanLessonHtml(settings.description, actor.userId)
  return db.in(actor.organizationId).transaction(async tx => {
    await insertCourse(tx, {
      id,
      organizationId: actor.organizationId,
      slug: await selectFreeSlug(tx, slugOf(settings.title)),
      title: settings.title,
      summary: settings.summary,
      description,
      instructorId: actor.userId,
      category: settings.category,
      level: settings.level,
      language: settings.language,
      requireQuizzes: settings.completionRule.requireQuizzes,
    })
    await announceCourse(tx, id)
    await recordCourse(tx, context, id, 'created')
    return selectCourseForAuthor(tx, id)
  })
}

export async function editCourse(db: Database, context: RequestContext, courseId: string) {
  const actor = actorOf(context)
  const school = db.in(actor.organizationId)
  await selectAuthoredCourse(school, actor, courseId)
  return selectCourseForAuthor(school, courseId)
}

/** Change a course under its lock, and answer it as it then is. */
async function change(
  db: Database,
  context: RequestContext,
  courseId: string,
  work: (tx: Transaction, course: CourseRow) => Promise<void>,
) {
  const actor = actorOf(context)
  return db.in(actor.organizationId).transaction(async tx => {
    const course = await lockAuthoredCourse(tx, actor, courseId)
    await work(tx, course)
    await touchCourse(tx, courseId)
    return selectCourseForAuthor(tx, courseId)
  })
}

export async function saveCourse(
  db: Database,
  context: RequestContext,
  courseId: string,
  settings: { [K in keyof CourseSettings]?: CourseSettings[K] | undefined } & {
    coverFileId?: string | null | undefined
  },
) {
  const description =
    settings.description === undefined
      ? undefined
      : await cleanLessonHtml(settings.description, actorOf(context).userId)
  return change(db, context, courseId, async (tx, course) => {
    await recordForeignChange(tx, context, course, { kind: 'course', id: courseId })
    await updateCourse(tx, courseId, {
      ...settings,
      description,
      requireQuizzes: settings.completionRule?.requireQuizzes,
    })
    if (settings.coverFileId !== undefined && (await updateCover(tx, courseId, settings.coverFileId)) === 0) {
      throw new AppError('invalid_input', {
        fields: [{ path: 'coverFileId', code: 'not_found', message: 'This file is not part of the course.' }],
      })
    }
    if (settings.completionRule) await recomputeProgress(tx, { courseId })
    await announceCourse(tx, courseId)
  })
}

export function publishCourse(db: Database, context: RequestContext, courseId: string) {
  return change(db, context, courseId, async tx => {
    if ((await countLessons(tx, courseId)) === 0) {
      throw new AppError('course_not_publishable', { detail: 'Add at least one lesson before publishing.' })
    }
    await updateStatus(tx, courseId, 'published')
    await announceCourse(tx, courseId)
    await recordCourse(tx, context, courseId, 'published')
  })
}

export function archiveCourse(db: Database, context: RequestContext, courseId: string) {
  return change(db, context, courseId, async tx => {
    await updateStatus(tx, courseId, 'archived')
    await announceCourse(tx, courseId)
    await recordCourse(tx, context, courseId, 'archived')
  })
}

export async function deleteCourse(db: Database, context: RequestContext, courseId: string): Promise<void> {
  const actor = actorOf(context)
  await db.in(actor.organizationId).transaction(async tx => {
    await lockAuthoredCourse(tx, actor, courseId)
    if ((await countLearners(tx, courseId)) > 0) throw new AppError('course_has_learners')
    await deleteCourseRow(tx, courseId)
    await publish(tx, 'education', 'course.deleted', { courseId, organizationId: tx.organizationId })
    await recordCourse(tx, context, courseId, 'deleted')
  })
}

export function createModule(db: Database, context: RequestContext, courseId: string, title: string) {
  const id = uuidv7()
  return change(db, context, courseId, async (tx, course) => {
    await insertModule(tx, { id, organizationId: tx.organizationId, courseId, title })
    await recordForeignChange(tx, context, course, { kind: 'module', id })
  })
}

export async function saveModule(db: Database, context: RequestContext, moduleId: string, title: string) {
  const courseId = await selectCourseOfModule(db.in(actorOf(context).organizationId), moduleId)
  return change(db, context, courseId, async (tx, course) => {
    await updateModule(tx, moduleId, title)
    await recordForeignChange(tx, context, course, { kind: 'module', id: moduleId })
  })
}

export async function deleteModule(db: Database, context: RequestContext, moduleId: string) {
  const courseId = await selectCourseOfModule(db.in(actorOf(context).organizationId), moduleId)
  return change(db, context, courseId, async (tx, course) => {
    await deleteModuleRow(tx, moduleId)
    await recordForeignChange(tx, context, course, { kind: 'module', id: moduleId })
    await recomputeProgress(tx, { courseId })
  })
}

export function arrangeCourse(
  db: Database,
  context: RequestContext,
  courseId: string,
  modules: { id: string; lessonIds: string[] }[],
) {
  return change(db, context, courseId, async (tx, course) => {
    await recordForeignChange(tx, context, course, { kind: 'course', id: courseId })
    const now = await selectCourseForAuthor(tx, courseId)
    const before = now.modules
      .flatMap(module => [module.id, ...module.lessons.map(lesson => lesson.id)])
      .sort()
    const after = modules.flatMap(module => [module.id, ...module.lessonIds]).sort()
    if (before.length !== after.length || before.some((id, index) => id !== after[index])) {
      throw new AppError('conflict')
    }
    await updateArrangement(tx, modules)
  })
}
