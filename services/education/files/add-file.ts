import type { Actor } from '@azora/kit/identity.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import type { Request } from 'express'
import { v7 as uuidv7 } from 'uuid'
import { selectAuthoredCourse } from '../courses/course-access.ts'
import { fileUrl } from './file-url.ts'
import { insertFiles } from './files.store.ts'
import { mediaTypeOf, receiveBody, safeFileName } from './receive-file.ts'

const maxFileBytes = 512 * 1024 * 1024

/** Add a file to a course that one teaches. */
export async function addFile(
  { db, blobs }: Pick<ServiceKit, 'db' | 'blobs'>,
  actor: Actor,
  courseId: string,
  givenName: string,
  req: Request,
) {
  const school = db.in(actor.organizationId)
  await selectAuthoredCourse(school, actor, courseId)
  const id = uuidv7()
  const name = safeFileName(givenName)
  const mediaType = mediaTypeOf(name)
  const blobKey = `files/${courseId}/${id}`
  const { size, sha256 } = await receiveBody(req, blobs, blobKey, mediaType, maxFileBytes)
  await insertFiles(school, [
    {
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
    },
  ])
  return { id, name, mediaType, size, url: fileUrl(id, name) }
}
