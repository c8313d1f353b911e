import { AppError } from '@azora/kit/errors.ts'
import type { Actor } from '@azora/kit/identity.ts'
import { mediaTypeOf, receiveBody, safeFileName } from '@azora/kit/receive-file.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import type { Request } from 'express'
import { v7 as uuidv7 } from 'uuid'
import { selectAuthoredCourse } from '../courses/course-access.ts'
import { addFiles, refuseBeyondQuota } from '../storage/quota.ts'
import { fileUrl } from './file-url.ts'

export const maxFileBytes = 512 * 1024 * 1024

/** Add a file to a course that one teaches. @throws AppError `storage_quota_reached`. */
export async function addFile(
  { db, blobs, config }: Pick<ServiceKit, 'db' | 'blobs' | 'config'>,
  actor: Actor,
  courseId: string,
  givenName: string,
  req: Request,
) {
  const school = db.in(actor.organizationId)
  await selectAuthoredCourse(school, actor, courseId)
  const announcedBytes = Number(req.headers['content-length'] ?? 0)
  await refuseBeyondQuota(school, config.storageQuota, actor.userId, announcedBytes)
  const id = uuidv7()
  const name = safeFileName(givenName)
  const mediaType = mediaTypeOf(name)
  const blobKey = `files/${courseId}/${id}`
  const { size, sha256 } = await receiveBody(req, blobs, blobKey, mediaType, maxFileBytes)
  const file = {
    id,
    organizationId: actor.organizationId,
    courseId,
    name,
    mediaType,
    size,
    sha256,
    blobKey,
    attachment: false,
    createdBy: actor.userId,
  }
  try {
    await school.transaction(tx => addFiles(tx, config.storageQuota, actor.userId, [file]))
  } catch (failure) {
    // Of anything else it is not certain that the row is not there.
    if (failure instanceof AppError && failure.code === 'storage_quota_reached') await blobs.delete(blobKey)
    throw failure
  }
  return { id, name, mediaType, size, url: fileUrl(id, name) }
}
