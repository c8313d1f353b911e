import type { FieldReason } from '@azora/contracts/errors.ts'
import type { AskingCaller, Caller } from '@azora/kit/caller.ts'
import type { Database, Queryable } from '@azora/kit/db.ts'
import type { Documents } from '@azora/kit/documents.ts'
import { AppError, invalidField } from '@azora/kit/errors.ts'
import type { Actor } from '@azora/kit/identity.ts'
import { cleanLessonHtml } from '@azora/kit/rich-text/clean.ts'
import { filesIn } from '@azora/kit/rich-text/named-files.ts'
import { v7 as uuidv7 } from 'uuid'
import { selectCourseForAuthor, touchCourse } from '../courses/authoring.store.ts'
import {
  lockAuthoredCourse,
  selectAuthoredCourse,
  selectCourseOfLesson,
  selectCourseOfModule,
} from '../courses/course-access.ts'
import { recordForeignChange } from '../courses/foreign-change.ts'
import type { PartStatus } from '../courses/part-status.store.ts'
import { announcePlaces, type HeldQuizzes, holdQuizzes, refuseUnfinished } from '../courses/publishing.ts'
import { recomputeProgress } from '../enrollments/progress.ts'
import { replaceFileUses } from '../files/file-uses.store.ts'
import { refuseMissingFiles } from '../files/manage-files.ts'
import { deleteContents, isBlank, readContent, showsMedia, wordsOf, writeContent } from './lesson-content.ts'
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
  const missing: Partial<Record<LessonKind, ['fileId' | 'linkUrl' | 'quizId', FieldReason]>> = {
    quiz: ['quizId', 'lesson_quiz_missing'],
    link: ['linkUrl', 'lesson_link_missing'],
    file: ['fileId', 'lesson_file_missing'],
  }
  const rule = missing[kind]
  if (rule && !input[rule[0]]) throw invalidField(...rule, { code: 'required' })
}

async function checkFiles(db: Queryable, courseId: string, input: LessonInput): Promise<void> {
  const ids = [...new Set([...input.attachmentIds, ...(input.fileId ? [input.fileId] : [])])]
  if (ids.length > 0 && (await countFilesOfCourse(db, courseId, ids)) !== ids.length) {
    throw invalidField('fileId', 'file_not_of_course', { code: 'not_found' })
  }
}

function checkQuiz(quizzes: HeldQuizzes, quizId: string | null): void {
  if (quizId === null || quizzes.has(quizId)) return
  throw invalidField('quizId', 'quiz_not_of_course', { code: 'not_found' })
}

/** What is shown by a lesson: its own file, what is attached, what its text names. */
const filesOf = (input: LessonInput, html: string) => [
  ...new Set([...input.attachmentIds, ...(input.fileId ? [input.fileId] : []), ...filesIn(html)]),
]

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
    status: lesson.status,
    kind: lesson.kind,
    survey: lesson.survey,
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

async function readText({ db, documents }: Stores, actor: Actor, lessonId: string) {
  const lesson = await selectOptionalLesson(db.in(actor.organizationId), lessonId)
  return readContent(documents, actor.organizationId, lesson?.contentId ?? null)
}

export async function editLesson(stores: Stores, actor: Actor, lessonId: string) {
  const school = stores.db.in(actor.organizationId)
  await selectAuthoredCourse(school, actor, await selectCourseOfLesson(school, lessonId))
  return selectForAuthor(stores, actor, lessonId)
}

export async function createLesson(
  stores: Stores,
  by: AskingCaller,
  {
    moduleId,
    kind,
    status: wanted,
    ...input
  }: LessonInput & { moduleId: string; kind: LessonKind; status?: PartStatus | undefined },
) {
  const { actor } = by
  checkLesson(kind, input)
  const school = stores.db.in(actor.organizationId)
  const courseId = await selectCourseOfModule(school, moduleId)
  await selectAuthoredCourse(school, actor, courseId)
  const html = await cleanLessonHtml(input.content, actor.userId)
  const contentId = await writeContent(stores.documents, actor.organizationId, isBlank(html) ? '' : html)
  const quizzes = await holdQuizzes(by.others, courseId, input.quizId ? [input.quizId] : [])
  const id = uuidv7()
  await school.transaction(async tx => {
    const course = await lockAuthoredCourse(tx, actor, courseId)
    // Nobody sees the lessons of a draft course; in any other, a lesson that was only begun would be seen at once.
    const status = wanted ?? (course.status === 'draft' ? 'published' : 'draft')
    await recordForeignChange(tx, by, course, { kind: 'lesson', id })
    await checkFiles(tx, courseId, input)
    await refuseMissingFiles(tx, 'content', filesIn(html), [])
    checkQuiz(quizzes, input.quizId)
    await insertLesson(tx, {
      ...input,
      status,
      contentId,
      media: showsMedia(html),
      words: wordsOf(html),
      id,
      organizationId: actor.organizationId,
      courseId,
      moduleId,
      kind,
    })
    await replaceFileUses(tx, { lessonId: id, courseId, fileIds: filesOf(input, html) })
    if (status === 'published' && course.status !== 'draft') {
      await refuseUnfinished(tx, courseId, lesson => lesson.id === id, quizzes)
    }
    if (kind === 'quiz') await announcePlaces(tx, courseId)
    await touchCourse(tx, courseId)
    await recomputeProgress(tx, { courseId })
  })
  return selectForAuthor(stores, actor, id)
}

export async function saveLesson(stores: Stores, by: AskingCaller, lessonId: string, input: LessonInput) {
  const { actor } = by
  const school = stores.db.in(actor.organizationId)
  const courseId = await selectCourseOfLesson(school, lessonId)
  await selectAuthoredCourse(school, actor, courseId)
  const html = await cleanLessonHtml(input.content, actor.userId)
  const contentId = await writeContent(stores.documents, actor.organizationId, isBlank(html) ? '' : html)
  const quizzes = await holdQuizzes(by.others, courseId, input.quizId ? [input.quizId] : [])
  const named = filesIn(html)
  const shownBefore = named.length > 0 ? filesIn(await readText(stores, actor, lessonId)) : []
  const replaced = await school.transaction(async tx => {
    const course = await lockAuthoredCourse(tx, actor, courseId)
    await recordForeignChange(tx, by, course, { kind: 'lesson', id: lessonId })
    const before = await selectOptionalLesson(tx, lessonId)
    if (!before) throw new AppError('not_found')
    checkLesson(before.kind, input)
    await checkFiles(tx, courseId, input)
    await refuseMissingFiles(tx, 'content', named, shownBefore)
    // The quiz of an import may still be on its way; it may stay.
    if (input.quizId !== before.quizId) checkQuiz(quizzes, input.quizId)
    await updateLesson(tx, lessonId, { ...input, contentId, media: showsMedia(html), words: wordsOf(html) })
    await replaceFileUses(tx, { lessonId, courseId, fileIds: filesOf(input, html) })
    if (course.status !== 'draft') {
      await refuseUnfinished(tx, courseId, lesson => lesson.id === lessonId, quizzes)
    }
    if (before.kind === 'quiz') await announcePlaces(tx, courseId)
    await touchCourse(tx, courseId)
    await recomputeProgress(tx, { courseId })
    return before.contentId
  })
  await deleteContents(stores.documents, actor.organizationId, replaced ? [replaced] : [])
  return selectForAuthor(stores, actor, lessonId)
}

export async function deleteLesson(db: Database, by: Caller, lessonId: string) {
  const { actor } = by
  const school = db.in(actor.organizationId)
  const courseId = await selectCourseOfLesson(school, lessonId)
  return school.transaction(async tx => {
    const course = await lockAuthoredCourse(tx, actor, courseId)
    await deleteLessonRow(tx, lessonId)
    await recordForeignChange(tx, by, course, { kind: 'lesson', id: lessonId })
    await announcePlaces(tx, courseId)
    await touchCourse(tx, courseId)
    await recomputeProgress(tx, { courseId })
    return selectCourseForAuthor(tx, courseId)
  })
}
