import { uploadWritten } from '@azora/contracts/assessment/uploaded-file.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { AppError, refusal } from '@azora/kit/errors.ts'
import { receiveBody, safeFileName } from '@azora/kit/receive-file.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { refuseStorage } from '@azora/kit/storage-quota.ts'
import type { Request } from 'express'
import { v7 as uuidv7 } from 'uuid'
import type { AskedQuestions } from '../submissions/asked-questions.ts'
import { refusalOfAnswers } from '../submissions/attempt-rules.ts'
import { standingIn } from '../submissions/layout.ts'
import {
  lockOptionalAttempt,
  type Submission,
  selectOptionalSubmission,
} from '../submissions/submissions.store.ts'
import { nameEndingAs } from './file-types.ts'
import { inspectFile } from './inspect-file.ts'
import {
  beginUpload,
  deleteTry,
  deleteUpload,
  keepUpload,
  selectAnswerFiles,
  selectOptionalUpload,
  selectUploadUse,
  type UploadPlace,
  writeAnswer,
} from './uploads.store.ts'

/**
 * Files of an answer. A row is there before its content, and counts once that has arrived whole in an attempt that is
 * still open: this is looked at under the lock under which an attempt ends. The answer is written in that transaction,
 * so that no tab with an older list can lose a file.
 */

type Tools = Pick<ServiceKit, 'db' | 'blobs' | 'config'> & { questionsOf: AskedQuestions }

/** The question that a file is for. @throws AppError `not_found`, `attempt_closed`, `question_left` */
async function askedFor(
  tools: Pick<Tools, 'questionsOf'>,
  db: Queryable,
  { attempt, userId }: { attempt: Submission | null | undefined; userId: string },
  questionId: string,
) {
  if (attempt?.userId !== userId) throw new AppError('not_found')
  const refused = refusalOfAnswers(attempt, attempt.now)
  if (refused) throw new AppError(refused)
  const at = attempt.questionIds.indexOf(questionId)
  const questions = await tools.questionsOf(db, attempt)
  const question = questions.find(({ id }) => id === questionId)
  if (question?.type !== 'upload') throw new AppError('not_found')
  const standing = standingIn(attempt, questions)(at)
  if (standing !== 'open') throw new AppError(standing === 'left' ? 'question_left' : 'not_found')
  return question
}

/** Those who add at once wait for each other at the count of the school. */
async function refuseBeyondQuota(tools: Tools, db: Queryable, userId: string): Promise<void> {
  const { schoolBytes, personBytes } = tools.config.storageQuota
  const used = await selectUploadUse(db, userId)
  if (used.personBytes > personBytes) refuseStorage('person', used.personBytes, personBytes)
  if (used.schoolBytes > schoolBytes) refuseStorage('school', used.schoolBytes, schoolBytes)
}

export type NewUpload = UploadPlace & { uploadId: string; name: string }

/** @throws AppError `not_found`, `attempt_closed`, `question_left`, `too_many_files`, `invalid_input`, `payload_too_large` */
export async function addUpload(
  tools: Tools,
  { actor }: Pick<Caller, 'actor'>,
  { uploadId, name: givenName, ...place }: NewUpload,
  req: Request,
): Promise<{ answer: string[] }> {
  const { userId, organizationId } = actor
  const school = tools.db.in(organizationId)
  const attempt = await selectOptionalSubmission(school, place.submissionId)
  const known = await selectOptionalUpload(school, uploadId)
  if (known?.state === 'kept' && isOf(known, place) && known.userId === userId) {
    // The answer to an earlier try was lost on the way. It is told again even where the attempt is over.
    req.resume()
    return { answer: (await selectAnswerFiles(school, place)).map(uploadWritten) }
  }
  const { body } = await askedFor(tools, school, { attempt, userId }, place.questionId)
  const { mostFiles, mostBytes, kinds } = body
  if ((await selectAnswerFiles(school, place)).length >= mostFiles) throw new AppError('too_many_files')
  const announced = Number(req.headers['content-length'] ?? mostBytes)
  if (announced > mostBytes) throw new AppError('payload_too_large')
  const name = safeFileName(givenName)
  const blobKey = `uploads/${place.submissionId}/${uploadId}-${uuidv7()}`
  await school.transaction(async tx => {
    const upload = { ...place, id: uploadId, userId, name, size: announced, blobKey }
    if (!(await beginUpload(tx, upload))) {
      const other = await selectOptionalUpload(tx, uploadId)
      // It arrived by another try meanwhile: the next one is told so.
      throw other && isOf(other, place) ? refusal('upload_interrupted') : new AppError('not_found')
    }
    await refuseBeyondQuota(tools, tx, userId)
  })
  try {
    const inspected = inspectFile(name, kinds)
    const { size, sha256 } = await receiveBody(
      req,
      tools.blobs,
      blobKey,
      'application/octet-stream',
      mostBytes,
      inspected,
    )
    const type = inspected.type()
    return await school.transaction(async tx => {
      const found = await lockOptionalAttempt(tx, place.submissionId)
      await askedFor(tools, tx, { attempt: found?.attempt, userId }, place.questionId)
      if ((await selectAnswerFiles(tx, place)).length >= mostFiles) throw new AppError('too_many_files')
      const kept = await keepUpload(tx, {
        id: uploadId,
        blobKey,
        name: nameEndingAs(name, type),
        size,
        mediaType: type.mediaType,
        sha256,
      })
      // Another try has taken over, or it took so long that it was given up.
      if (!kept) throw refusal('upload_interrupted')
      await refuseBeyondQuota(tools, tx, userId)
      return { answer: await writeAnswer(tx, place) }
    })
  } catch (failure) {
    // The content goes later, by the note that the row leaves; of other failures it is not certain that they undid it.
    if (failure instanceof AppError) await deleteTry(school, blobKey)
    throw failure
  }
}

const isOf = (upload: UploadPlace, { submissionId, questionId }: UploadPlace) =>
  upload.submissionId === submissionId && upload.questionId === questionId

/** Take a file out of an answer. @throws AppError `not_found`, `attempt_closed`, `question_left` */
export async function removeUpload(
  tools: Tools,
  { actor }: Pick<Caller, 'actor'>,
  { uploadId, ...place }: UploadPlace & { uploadId: string },
): Promise<{ answer: string[] }> {
  return tools.db.in(actor.organizationId).transaction(async tx => {
    const found = await lockOptionalAttempt(tx, place.submissionId)
    await askedFor(tools, tx, { attempt: found?.attempt, userId: actor.userId }, place.questionId)
    await deleteUpload(tx, place, uploadId)
    return { answer: await writeAnswer(tx, place) }
  })
}
