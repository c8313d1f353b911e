import type { Database, Queryable } from '@azora/kit/db.ts'
import type { Documents } from '@azora/kit/documents.ts'
import { AppError } from '@azora/kit/errors.ts'
import { actorOf, type RequestContext } from '@azora/kit/http.ts'
import type { Actor } from '@azora/kit/identity.ts'
import { cleanLessonHtml } from '@azora/kit/rich-text/clean.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { v7 as uuidv7 } from 'uuid'
import { selectCourseForAuthor, touchCourse } from '../courses/authoring.store.ts'
import {
  lockAuthoredCourse,
  selectAuthoredCourse,
  selectCourseOfLesson,
  selectCourseOfModule,
} from '../courses/course-access.ts'
import { recordForeignChange } from '../courses/foreign-change.ts'
import { recomputeProgress } from '../enrollments/progress.ts'
import { deleteContents, readContent, writeContent } from './lesson-content.ts'
import {
  countFilesOfCourse,
  deleteLessonRow,
  insertLesson,
  type LessonKind,
  selectFilesById,
  selectOptionalLesson,
  updateLesson,
} from './lessons.store.ts'

type Stores = { db: Database; documents: Documents }
type Tools = Stores & Pick<ServiceKit, 'others'>

export type LessonInput = {
  title: string
  content: string
  durationMinutes: number
  required: boolean
  fileId: string | null
  linkUrl: string | null
  quizId: string | null
  attachmentIds: string[]
}

/** What each kind of lesson cannot be without. @throws AppError `invalid_input` naming the field. */
export function checkLesson(kind: LessonKind, input: LessonInput): void {
  const missing: Partial<Record<LessonKind, ['fileId' | 'linkUrl' | 'quizId', string]>> = {
    quiz: ['quizId', 'Choose the quiz of this lesson.'],
    link: ['linkUrl', 'Enter the address of the page.'],
    file: ['fileId', 'Choose the file of this lesson.'],
  }
  const rule = missing[kind]
  if (rule && !input[rule[0]]) {
    throw new AppError('invalid_input', { fields: [{ path: rule[0], code: 'required', message: rule[1] }] })
  }
}

async function checkFiles(db: Queryable, courseId: string, input: LessonInput): Promise<void> {
  const ids = [...new Set([...input.attachmentIds, ...(input.fileId ? [input.fileId] : [])])]
  if (ids.length > 0 && (await countFilesOfCourse(db, courseId, ids)) !== ids.length) {
    throw new AppError('invalid_input', {
      fields: [{ path: 'fileId', code: 'not_found', message: 'A file is not part of this course.' }],
    })
  }
}

/**
 * A lesson's quiz belongs to its course. Assessment, which holds the quizzes, is asked before the transaction; one
 * that the lesson has already is not looked at anew, since an import's may still be on its way there.
 * @throws AppError `invalid_input` naming the field.
 */
export async function checkQuiz(
  tools: Pick<ServiceKit, 'others'>,
  context: RequestContext,
  courseId: string,
  quizId: string,
): Promise<void> {
  const { items } = await tools.others(context).assessment.listQuizzes({ courseId })
  if (items.some(quiz => quiz.id === quizId && !quiz.bank)) return
  throw new AppError('invalid_input', {
    fields: [{ path: 'quizId', code: 'not_found', message: 'The quiz is not part of this course.' }],
  })
}

async function selectForAuthor({ db, documents }: Stores, actor: Actor, lessonId: string) {
  const school = db.in(actor.organizationId)
  const lesson = await selectOptionalLesson(school, lessonId)
  if (!lesson) throw new AppError('not_found')
  const files = await selectFilesById(school, [
    ...lesson.attachmentIds,
    ...(lesson.fileId ? [lesson.fileId] : []),
  ])
  return {
    id: lesson.id,
    title: lesson.title,
    kind: lesson.kind,
    durationMinutes: lesson.durationMinutes,
    required: lesson.required,
    content: await readContent(documents, actor.organizationId, lesson.contentId),
    file: lesson.fileId ? (files.get(lesson.fileId) ?? null) : null,
    linkUrl: lesson.linkUrl,
    quizId: lesson.quizId,
    attachments: lesson.attachmentIds.flatMap(id => files.get(id) ?? []),
    courseId: lesson.courseId,
    courseTitle: lesson.courseTitle,
  }
}

export async function editLesson(stores: Stores, actor: Actor, lessonId: string) {
  const school = stores.db.in(actor.organizationId)
  await selectAuthoredCourse(school, actor, await selectCourseOfLesson(school, lessonId))
  return selectForAuthor(stores, actor, lessonId)
}

export async function createLesson(
  stores: Tools,
  context: RequestContext,
  { moduleId, kind, ...input }: LessonInput & { moduleId: string; kind: LessonKind },
) {
  const actor = actorOf(context)
  checkLesson(kind, input)
  const school = stores.db.in(actor.organizationId)
  const courseId = await selectCourseOfModule(school, moduleId)
  await selectAuthoredCourse(school, actor, courseId)
  if (input.quizId) await checkQuiz(stores, context, courseId, input.quizId)
  const contentId = await writeContent(
    stores.documents,
    actor.organizationId,
    await cleanLessonHtml(input.content, actor.userId),
  )
  const id = uuidv7()
  await school.transaction(async tx => {
    const course = await lockAuthoredCourse(tx, actor, courseId)
    await recordForeignChange(tx, context, course, { kind: 'lesson', id })
    await checkFiles(tx, courseId, input)
    await insertLesson(tx, {
      ...input,
      contentId,
      id,
      organizationId: actor.organizationId,
      courseId,
      moduleId,
      kind,
    })
    await touchCourse(tx, courseId)
    await recomputeProgress(tx, { courseId })
  })
  return selectForAuthor(stores, actor, id)
}

export async function saveLesson(
  stores: Tools,
  context: RequestContext,
  lessonId: string,
  input: LessonInput,
) {
  const actor = actorOf(context)
  const school = stores.db.in(actor.organizationId)
  const courseId = await selectCourseOfLesson(school, lessonId)
  await selectAuthoredCourse(school, actor, courseId)
  const now = await selectOptionalLesson(school, lessonId)
  if (input.quizId && input.quizId !== now?.quizId) await checkQuiz(stores, context, courseId, input.quizId)
  const contentId = await writeContent(
    stores.documents,
    actor.organizationId,
    await cleanLessonHtml(input.content, actor.userId),
  )
  const replaced = await school.transaction(async tx => {
    const course = await lockAuthoredCourse(tx, actor, courseId)
    await recordForeignChange(tx, context, course, { kind: 'lesson', id: lessonId })
    const before = await selectOptionalLesson(tx, lessonId)
    if (!before) throw new AppError('not_found')
    checkLesson(before.kind, input)
    await checkFiles(tx, courseId, input)
    await updateLesson(tx, lessonId, { ...input, contentId })
    await touchCourse(tx, courseId)
    await recomputeProgress(tx, { courseId })
    return before.contentId
  })
  await deleteContents(stores.documents, actor.organizationId, replaced ? [replaced] : [])
  return selectForAuthor(stores, actor, lessonId)
}

export async function deleteLesson(stores: Stores, context: RequestContext, lessonId: string) {
  const actor = actorOf(context)
  const school = stores.db.in(actor.organizationId)
  const courseId = await selectCourseOfLesson(school, lessonId)
  return school.transaction(async tx => {
    const course = await lockAuthoredCourse(tx, actor, courseId)
    await deleteLessonRow(tx, lessonId)
    await recordForeignChange(tx, context, course, { kind: 'lesson', id: lessonId })
    await touchCourse(tx, courseId)
    await recomputeProgress(tx, { courseId })
    return selectCourseForAuthor(tx, courseId)
  })
}
