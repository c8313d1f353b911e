import type { AzoraClient } from '@azora/contracts/client.ts'
import type { FileUse } from '@azora/contracts/errors.ts'
import type { AskingCaller } from '@azora/kit/caller.ts'
import { idCursor } from '@azora/kit/cursor.ts'
import type { Database, Queryable } from '@azora/kit/db.ts'
import { AppError, invalidField } from '@azora/kit/errors.ts'
import type { Actor } from '@azora/kit/identity.ts'
import { enqueue } from '@azora/kit/jobs.ts'
import { touchCourse } from '../courses/authoring.store.ts'
import { lockAuthoredCourse, selectAuthoredCourse } from '../courses/course-access.ts'
import { recordForeignChange } from '../courses/foreign-change.ts'
import { removeBlobsTask } from '../storage/remove-blobs.ts'
import { deleteUnheldFile, type FileKind, selectCourseFiles, type UsedFile } from './course-files.store.ts'
import { lockFileRows, selectFileUses, selectMissingFiles } from './file-uses.store.ts'
import { selectOptionalFile } from './files.store.ts'

/**
 * The files of a course: where each is used, and deleting those that are not. Education knows the lessons that show a
 * file, assessment the quizzes. A file cannot go while something takes it up: a lesson is saved under the lock of its
 * course, as a file is deleted; a quiz first holds its files for the minute that its save may take, and anyone who deletes
 * looks at the hold after assessment has been asked.
 */

const holdSeconds = 60

/** Where quizzes show the files, by file. */
async function quizUses(
  others: AzoraClient,
  courseId: string,
  fileIds: string[],
): Promise<(FileUse & { fileId: string })[]> {
  if (fileIds.length === 0) return []
  const { items } = await others.assessment.findFileUses({ courseId, fileIds })
  return items.map(({ fileId, quizId, quizTitle }) => ({
    fileId,
    kind: 'quiz' as const,
    id: quizId,
    title: quizTitle,
  }))
}

export async function listFiles(
  db: Database,
  by: AskingCaller,
  input: {
    courseId: string
    q?: string | undefined
    kind?: FileKind | undefined
    cursor?: string | undefined
    limit: number
  },
) {
  const { actor } = by
  const school = db.in(actor.organizationId)
  await selectAuthoredCourse(school, actor, input.courseId)
  const page = await selectCourseFiles(school, input.courseId, { ...input, cursor: idCursor(input.cursor) })
  const ids = page.items.map(file => file.id)
  const found = [...(await selectFileUses(school, ids)), ...(await quizUses(by.others, input.courseId, ids))]
  const items: UsedFile[] = page.items.map(file => ({
    ...file,
    uses: found.filter(use => use.fileId === file.id).map(({ kind, id, title }) => ({ kind, id, title })),
  }))
  return { ...page, items }
}

/** @throws AppError `not_found`, `forbidden`, `file_in_use` with where. */
export async function deleteFile(db: Database, by: AskingCaller, fileId: string): Promise<void> {
  const { actor } = by
  const school = db.in(actor.organizationId)
  const file = await selectOptionalFile(school, fileId)
  if (!file) throw new AppError('not_found')
  await selectAuthoredCourse(school, actor, file.courseId)
  const inQuizzes = await quizUses(by.others, file.courseId, [fileId])
  await school.transaction(async tx => {
    const course = await lockAuthoredCourse(tx, actor, file.courseId)
    const uses = [...(await selectFileUses(tx, [fileId])), ...inQuizzes]
    if (uses.length > 0) {
      throw new AppError('file_in_use', { uses: uses.map(({ kind, id, title }) => ({ kind, id, title })) })
    }
    const key = await deleteUnheldFile(tx, fileId)
    if (key === null) {
      // Another deleted it first, or a quiz that shows it is being saved.
      if ((await selectMissingFiles(tx, [fileId])).length > 0) throw new AppError('not_found')
      throw new AppError('file_in_use', { uses: [] })
    }
    await enqueue(tx, removeBlobsTask, { keys: [key] })
    await recordForeignChange(tx, by, course, { kind: 'file', id: fileId })
    await touchCourse(tx, file.courseId)
  })
}

/** For a quiz that is about to be saved. @returns the files that are not there. */
export async function holdFiles(
  db: Database,
  actor: Actor,
  { courseId, fileIds }: { courseId: string; fileIds: string[] },
): Promise<{ missing: string[] }> {
  return db.in(actor.organizationId).transaction(async tx => {
    await lockFileRows(tx, courseId, fileIds, holdSeconds)
    return { missing: await selectMissingFiles(tx, fileIds) }
  })
}

/**
 * Refuse a text that shows a file which was deleted meanwhile. The course is locked.
 * @param shownBefore the files that the text showed already; that one of them is gone stops nobody from mending the rest.
 * @throws AppError `invalid_input` naming the field.
 */
export async function refuseMissingFiles(
  db: Queryable,
  path: string,
  named: string[],
  shownBefore: string[],
): Promise<void> {
  const missing = await selectMissingFiles(db, named)
  if (missing.every(id => shownBefore.includes(id))) return
  throw invalidField(path, 'file_deleted', { code: 'not_found' })
}
