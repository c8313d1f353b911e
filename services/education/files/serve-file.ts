import type { Blobs } from '@azora/kit/blobs.ts'
import type { Database } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { Actor } from '@azora/kit/identity.ts'
import { sendFile } from '@azora/kit/send-file.ts'
import type { Request, Response } from 'express'
import { selectOptionalEnrollment } from '../enrollments/enrollments.store.ts'
import { accessToFile } from './file-rules.ts'
import { type FileRow, selectOptionalFile, selectOptionalPublicCover } from './files.store.ts'

/**
 * Who may read a file: anyone a published course's cover, else who teaches its course, or is enrolled in it and sees
 * a lesson that shows it.
 * @throws AppError `not_found` in every other case, so that a file's existence is not told.
 */
async function selectReadableFile(db: Database, actor: Actor | null, fileId: string): Promise<FileRow> {
  const school = actor && db.in(actor.organizationId)
  const file = school
    ? await selectOptionalFile(school, fileId)
    : await selectOptionalPublicCover(db.across, fileId)
  const access = file ? accessToFile(actor, file) : 'no'
  if (file && access === 'yes') return file
  if (file && access === 'if_enrolled' && school) {
    if (await selectOptionalEnrollment(school, actor.userId, file.courseId)) return file
  }
  throw new AppError('not_found')
}

/** Stream a file to who may read it. */
export async function serveFile(
  { db, blobs }: { db: Database; blobs: Blobs },
  actor: Actor | null,
  fileId: string,
  req: Request,
  res: Response,
): Promise<void> {
  const file = await selectReadableFile(db, actor, fileId)
  // Kept, but asked about each time: the content of a file may be replaced under its address.
  await sendFile(blobs, file, { caching: file.isCover ? 'public, no-cache' : 'private, no-cache', req, res })
}
