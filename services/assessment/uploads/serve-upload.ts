import type { AskingCaller } from '@azora/kit/caller.ts'
import { AppError } from '@azora/kit/errors.ts'
import { sendFile } from '@azora/kit/send-file.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import type { Request, Response } from 'express'
import { courseRole } from '../courses/course-roles.ts'
import { namelessFile } from '../marking/desk-question.ts'
import { selectMarkingSettings } from '../marking/marking.store.ts'
import { selectOptionalQuiz } from '../quizzes/quizzes.store.ts'
import { selectOptionalSubmission } from '../submissions/submissions.store.ts'
import { selectAnswerFiles, selectOptionalUpload, type Upload } from './uploads.store.ts'

type Tools = Pick<ServiceKit, 'db' | 'blobs' | 'config' | 'cache'>

/**
 * A file for its learner, or for who teaches the course; those learn no name of it where names are hidden.
 * @throws AppError `not_found` in every other case, so that nobody learns what there is.
 */
async function selectReadable(tools: Pick<Tools, 'db'>, by: AskingCaller, uploadId: string): Promise<Upload> {
  const { actor } = by
  const school = tools.db.in(actor.organizationId)
  const upload = await selectOptionalUpload(school, uploadId)
  if (upload?.state !== 'kept') throw new AppError('not_found')
  if (upload.userId === actor.userId) return upload
  const attempt = await selectOptionalSubmission(school, upload.submissionId)
  const quiz = attempt && (await selectOptionalQuiz(school, attempt.quizId))
  // Not yet submitted: not yet theirs to see.
  if (!attempt || attempt.state === 'in_progress' || !quiz) throw new AppError('not_found')
  if (!(await courseRole(tools, by, quiz.courseId)).author) throw new AppError('not_found')
  const { anonymous } = await selectMarkingSettings(school, quiz.id)
  if (!anonymous || attempt.state === 'graded') return upload
  const at = (await selectAnswerFiles(school, upload)).findIndex(({ id }) => id === upload.id)
  return { ...upload, name: namelessFile(upload, at) }
}

export async function serveUpload(
  tools: Tools,
  by: AskingCaller,
  uploadId: string,
  req: Request,
  res: Response,
): Promise<void> {
  const upload = await selectReadable(tools, by, uploadId)
  // Saved, not shown: nobody knows what a text of a learner looks like to a browser.
  const mediaType = upload.mediaType === 'text/plain' ? 'application/octet-stream' : upload.mediaType
  await sendFile(tools.blobs, { ...upload, mediaType }, { caching: 'private, no-cache', req, res })
}
