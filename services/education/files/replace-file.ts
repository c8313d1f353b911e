import type { Caller } from '@azora/kit/caller.ts'
import { AppError, invalidField } from '@azora/kit/errors.ts'
import { enqueue } from '@azora/kit/jobs.ts'
import { mediaTypeOf, receiveBody, safeFileName } from '@azora/kit/receive-file.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import type { Request } from 'express'
import { v7 as uuidv7 } from 'uuid'
import { touchCourse } from '../courses/authoring.store.ts'
import { lockAuthoredCourse, selectAuthoredCourse } from '../courses/course-access.ts'
import { recordForeignChange } from '../courses/foreign-change.ts'
import { refuseBeyondQuota } from '../storage/quota.ts'
import { removeBlobsTask } from '../storage/remove-blobs.ts'
import { maxFileBytes } from './add-file.ts'
import { updateContent } from './course-files.store.ts'
import { fileUrl } from './file-url.ts'
import { selectOptionalFile } from './files.store.ts'

// Longer than anyone who found the old content a moment ago takes to open it.
const keptMs = 10 * 60_000

/**
 * Replace the content of a file. Name and address stay, for texts hold them, and so does the type, which a page of a
 * lesson is built on; readers are told of the new content by its entity tag.
 *
 * @throws AppError `not_found`, `forbidden`, `invalid_input` for another type, `storage_quota_reached`.
 */
export async function replaceFile(
  { db, blobs, config }: Pick<ServiceKit, 'db' | 'blobs' | 'config'>,
  by: Caller,
  fileId: string,
  givenName: string,
  req: Request,
) {
  const { actor } = by
  const school = db.in(actor.organizationId)
  const file = await selectOptionalFile(school, fileId)
  if (!file) throw new AppError('not_found')
  await selectAuthoredCourse(school, actor, file.courseId)
  const { id, name, mediaType, courseId, createdBy } = file
  if (![mediaType, mediaTypeOf(name)].includes(mediaTypeOf(safeFileName(givenName)))) {
    throw invalidField('name', 'other_type', { values: { name } })
  }
  // It counts for who uploaded the file first, and only by what it is larger.
  const announcedBytes = Number(req.headers['content-length'] ?? 0)
  await refuseBeyondQuota(school, config.storageQuota, createdBy, Math.max(0, announcedBytes - file.size))
  const blobKey = `files/${courseId}/${id}-${uuidv7()}`
  const content = await receiveBody(req, blobs, blobKey, mediaType, maxFileBytes)
  try {
    await school.transaction(async tx => {
      const course = await lockAuthoredCourse(tx, actor, courseId)
      const replaced = await updateContent(tx, id, { ...content, blobKey })
      if (replaced === null) throw new AppError('not_found')
      if (content.size > replaced.size) await refuseBeyondQuota(tx, config.storageQuota, createdBy, 0)
      const runAt = new Date(Date.now() + keptMs).toISOString()
      await enqueue(tx, removeBlobsTask, { keys: [replaced.blobKey] }, { runAt })
      await recordForeignChange(tx, by, course, { kind: 'file', id })
      await touchCourse(tx, courseId)
    })
  } catch (failure) {
    // Of anything else it is not certain that the file does not have it.
    if (failure instanceof AppError) await blobs.delete(blobKey)
    throw failure
  }
  return { id, name, mediaType, size: content.size, url: fileUrl(id, name) }
}
