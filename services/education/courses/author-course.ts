import { recordAudit } from '@azora/kit/audit.ts'
import type { AskingCaller, Caller } from '@azora/kit/caller.ts'
import type { Database, Transaction } from '@azora/kit/db.ts'
import { AppError, invalidField, refusal } from '@azora/kit/errors.ts'
import type { Actor } from '@azora/kit/identity.ts'
import { enqueue } from '@azora/kit/jobs.ts'
import { publish } from '@azora/kit/outbox.ts'
import { cleanLessonHtml } from '@azora/kit/rich-text/clean.ts'
import { filesIn } from '@azora/kit/rich-text/named-files.ts'
import { v7 as uuidv7 } from 'uuid'
import { recomputeProgress } from '../enrollments/progress.ts'
import { refuseMissingFiles } from '../files/manage-files.ts'
import { removeBlobsTask } from '../storage/remove-blobs.ts'
import { selectBlobKeys } from '../storage/storage.store.ts'
import {
  countLearners,
  deleteCourseRow,
  deleteModuleRow,
  insertCourse,
  insertModule,
  selectCourseForAuthor,
  takeFreeSlug,
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
import {
  countParts,
  countUnpublishedModules,
  type PartStatus,
  type Parts,
  selectShownLessons,
  updatePartStatus,
} from './part-status.store.ts'
import { wasSold } from './prices.store.ts'
import {
  announcePlaces,
  courseProblems,
  type HeldQuizzes,
  holdQuizzesOf,
  refuseProblems,
  refuseUnfinished,
} from './publishing.ts'
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
export async function announceCourse(tx: Transaction, courseId: string) {
  const course = await selectCourseForAuthor(tx, courseId)
  await publish(tx, 'education', 'course.saved', {
    courseId,
    organizationId: tx.organizationId,
    instructorId: course.instructorId,
    title: course.title,
    status: course.status,
  })
  return course
}

/** What becomes of a course as a whole is in the audit log, no matter who does it. */
function recordCourse(
  tx: Transaction,
  by: Caller,
  course: { id: string; title: string },
  change: 'created' | 'published' | 'archived' | 'deleted',
): Promise<void> {
  const subject = { kind: 'course', id: course.id, name: course.title }
  return recordAudit(tx, 'education', by, { action: `course.${change}`, subject })
}

export async function createCourse(db: Database, by: Caller, settings: CourseSettings) {
  const { actor } = by
  const id = uuidv7()
  const description = await cleanLessonHtml(settings.description, actor.userId)
  return db.in(actor.organizationId).transaction(async tx => {
    await insertCourse(tx, {
      id,
      organizationId: actor.organizationId,
      slug: await takeFreeSlug(tx, slugOf(settings.title)),
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
    await recordCourse(tx, by, { id, title: settings.title }, 'created')
    return selectCourseForAuthor(tx, id)
  })
}

export async function editCourse(db: Database, actor: Actor, courseId: string) {
  const school = db.in(actor.organizationId)
  await selectAuthoredCourse(school, actor, courseId)
  return selectCourseForAuthor(school, courseId)
}

/** Change a course under its lock, and answer it as it then is. */
async function change(
  db: Database,
  by: Caller,
  courseId: string,
  work: (tx: Transaction, course: CourseRow) => Promise<void>,
) {
  const { actor } = by
  return db.in(actor.organizationId).transaction(async tx => {
    const course = await lockAuthoredCourse(tx, actor, courseId)
    await work(tx, course)
    await touchCourse(tx, courseId)
    return selectCourseForAuthor(tx, courseId)
  })
}

export async function saveCourse(
  db: Database,
  by: Caller,
  courseId: string,
  settings: { [K in keyof CourseSettings]?: CourseSettings[K] | undefined } & {
    coverFileId?: string | null | undefined
  },
) {
  const description =
    settings.description === undefined
      ? undefined
      : await cleanLessonHtml(settings.description, by.actor.userId)
  return change(db, by, courseId, async (tx, course) => {
    await recordForeignChange(tx, by, course, { kind: 'course', id: courseId })
    if (description) {
      const before = (await selectCourseForAuthor(tx, courseId)).description
      await refuseMissingFiles(tx, 'description', filesIn(description), filesIn(before))
    }
    await updateCourse(tx, courseId, {
      ...settings,
      description,
      requireQuizzes: settings.completionRule?.requireQuizzes,
    })
    if (settings.coverFileId !== undefined && (await updateCover(tx, courseId, settings.coverFileId)) === 0) {
      throw invalidField('coverFileId', 'file_not_of_course', { code: 'not_found' })
    }
    if (settings.completionRule) await recomputeProgress(tx, { courseId })
    await announceCourse(tx, courseId)
  })
}

const nothing: Parts = { lessonIds: [], moduleIds: [] }

/** What keeps a course from being published. Empty when it is ready. */
export async function findPublishProblems(db: Database, by: AskingCaller, courseId: string) {
  const { actor } = by
  const school = db.in(actor.organizationId)
  await selectAuthoredCourse(school, actor, courseId)
  const quizzes = await holdQuizzesOf(by.others, school, courseId, nothing)
  return { problems: await courseProblems(school, courseId, quizzes) }
}

/** @throws AppError `course_not_publishable` with everything that is unfinished. */
export async function publishCourse(db: Database, by: AskingCaller, courseId: string) {
  const { actor } = by
  const school = db.in(actor.organizationId)
  await selectAuthoredCourse(school, actor, courseId)
  const quizzes = await holdQuizzesOf(by.others, school, courseId, nothing)
  return change(db, by, courseId, async tx => {
    refuseProblems(await courseProblems(tx, courseId, quizzes))
    await updateStatus(tx, courseId, 'published')
    await announcePlaces(tx, courseId)
    const course = await announceCourse(tx, courseId)
    await recordCourse(tx, by, course, 'published')
  })
}

export function archiveCourse(db: Database, by: Caller, courseId: string) {
  return change(db, by, courseId, async tx => {
    await updateStatus(tx, courseId, 'archived')
    const course = await announceCourse(tx, courseId)
    await recordCourse(tx, by, course, 'archived')
  })
}

export async function deleteCourse(db: Database, by: Caller, courseId: string): Promise<void> {
  const { actor } = by
  await db.in(actor.organizationId).transaction(async tx => {
    const course = await lockAuthoredCourse(tx, actor, courseId)
    if ((await countLearners(tx, courseId)) > 0) throw new AppError('course_has_learners')
    // Somebody may be paying for it at this moment, and what it cost belongs to the books.
    if (await wasSold(tx, courseId)) throw refusal('course_was_sold')
    const keys = await selectBlobKeys(tx, courseId)
    if (keys.length > 0) await enqueue(tx, removeBlobsTask, { keys })
    await deleteCourseRow(tx, courseId)
    await publish(tx, 'education', 'course.deleted', { courseId, organizationId: tx.organizationId })
    await recordCourse(tx, by, course, 'deleted')
  })
}

/**
 * Set who sees some lessons and modules. A completion or certificate is never taken back; what remains is counted anew.
 * @throws AppError `not_found` when a part is not of the course, `course_not_publishable` when learners of a published
 * course would see what cannot be completed.
 */
export async function setPartStatus(
  db: Database,
  by: AskingCaller,
  courseId: string,
  { status, ...parts }: Parts & { status: PartStatus },
) {
  const { actor } = by
  const school = db.in(actor.organizationId)
  const { status: courseStatus } = await selectAuthoredCourse(school, actor, courseId)
  const unique = { lessonIds: [...new Set(parts.lessonIds)], moduleIds: [...new Set(parts.moduleIds)] }
  const quizzes: HeldQuizzes | null =
    status === 'published' && courseStatus !== 'draft'
      ? await holdQuizzesOf(by.others, school, courseId, unique)
      : null
  return change(db, by, courseId, async (tx, course) => {
    if ((await countParts(tx, courseId, unique)) !== unique.lessonIds.length + unique.moduleIds.length) {
      throw new AppError('not_found')
    }
    await updatePartStatus(tx, courseId, unique, status)
    if (status === 'published' && course.status !== 'draft') {
      // The course was published meanwhile: its quizzes were not looked at.
      if (!quizzes) throw new AppError('conflict')
      const { lessonIds, moduleIds } = unique
      await refuseUnfinished(
        tx,
        courseId,
        lesson => lessonIds.includes(lesson.id) || moduleIds.includes(lesson.moduleId),
        quizzes,
      )
    }
    await recordForeignChange(tx, by, course, { kind: 'course', id: courseId })
    await announcePlaces(tx, courseId)
    await recomputeProgress(tx, { courseId })
  })
}

export function createModule(db: Database, by: Caller, courseId: string, title: string) {
  const id = uuidv7()
  return change(db, by, courseId, async (tx, course) => {
    await insertModule(tx, { id, organizationId: tx.organizationId, courseId, title })
    await recordForeignChange(tx, by, course, { kind: 'module', id })
  })
}

export async function saveModule(db: Database, by: Caller, moduleId: string, title: string) {
  const courseId = await selectCourseOfModule(db.in(by.actor.organizationId), moduleId)
  return change(db, by, courseId, async (tx, course) => {
    await updateModule(tx, moduleId, title)
    await recordForeignChange(tx, by, course, { kind: 'module', id: moduleId })
  })
}

export async function deleteModule(db: Database, by: Caller, moduleId: string) {
  const courseId = await selectCourseOfModule(db.in(by.actor.organizationId), moduleId)
  return change(db, by, courseId, async (tx, course) => {
    await deleteModuleRow(tx, moduleId)
    await recordForeignChange(tx, by, course, { kind: 'module', id: moduleId })
    await announcePlaces(tx, courseId)
    await recomputeProgress(tx, { courseId })
  })
}

/** @throws AppError `conflict`, `course_not_publishable` when a move shows learners what cannot be completed. */
export async function arrangeCourse(
  db: Database,
  by: AskingCaller,
  courseId: string,
  modules: { id: string; lessonIds: string[] }[],
) {
  const school = db.in(by.actor.organizationId)
  const moduleIds = modules.map(module => module.id)
  // Only out of a module that learners do not see can a lesson come into their sight.
  const quizzes = (await countUnpublishedModules(school, courseId))
    ? await holdQuizzesOf(by.others, school, courseId, { lessonIds: [], moduleIds })
    : new Map()
  return change(db, by, courseId, async (tx, course) => {
    const shown = new Set((await selectShownLessons(tx, courseId)).map(lesson => lesson.id))
    await recordForeignChange(tx, by, course, { kind: 'course', id: courseId })
    const now = await selectCourseForAuthor(tx, courseId)
    const before = now.modules
      .flatMap(module => [module.id, ...module.lessons.map(lesson => lesson.id)])
      .sort()
    const after = modules.flatMap(module => [module.id, ...module.lessonIds]).sort()
    if (before.length !== after.length || before.some((id, index) => id !== after[index])) {
      throw new AppError('conflict')
    }
    await updateArrangement(tx, modules)
    // A lesson that went into another module may be seen by learners now, or no longer.
    if (course.status !== 'draft') {
      await refuseUnfinished(tx, courseId, lesson => !shown.has(lesson.id), quizzes)
    }
    await announcePlaces(tx, courseId)
    await recomputeProgress(tx, { courseId })
  })
}
