import { z } from 'zod'
import { limits } from '../limits.ts'
import { operation } from '../operation.ts'
import { id, uploadName } from '../wire.ts'

/** Files that learners hand in as answers. */

const uploadId = id.meta({ description: 'Identifies the file. Who adds it chooses a new UUID.' })
const name = (schema: z.ZodString) =>
  schema.meta({ description: 'The name of the file, with its extension.', examples: ['sketch.jpg'] })

const tags: [string] = ['assessment']
const bySubmission = z.object({ submissionId: id })
const answer = z
  .array(z.string())
  .max(limits.filesOfAnswer)
  .meta({
    description:
      'The files of the answer now, in the order in which they arrived: each as its id, media type, size in bytes and name, with spaces between.',
    examples: [['01890a5d-ac96-774b-bcce-b302099a8057 image/jpeg 204800 sketch.jpg']],
  })

export const uploadOperations = {
  removeUpload: operation({
    method: 'DELETE',
    path: '/assessment/submissions/{submissionId}/questions/{questionId}/uploads/{uploadId}',
    access: 'member',
    tags,
    summary: 'Take a file out of an answer of an open attempt. Repeating the call returns the same.',
  })
    .input(bySubmission.extend({ questionId: id, uploadId }))
    .output(z.object({ answer })),
}

/** The body is the file itself, streamed. */
export const uploadFiles = {
  addUpload: operation({
    method: 'POST',
    path: '/assessment/submissions/{submissionId}/uploads',
    access: 'member',
    rateClass: 'upload',
    raw: 'upload',
    tags,
    successStatus: 201,
    summary:
      'Add a file to the answer of an open attempt. You choose its id: to repeat the call with it is safe. What has not arrived whole when the attempt ends does not count.',
  })
    .input(bySubmission.extend({ questionId: id, uploadId, name: name(uploadName) }))
    .output(z.object({ answer })),
  downloadUpload: operation({
    method: 'GET',
    path: '/assessment/uploads/{uploadId}/{name}',
    access: 'member',
    raw: 'download',
    speech: { mediaType: '*/*' },
    tags,
    summary:
      'The bytes of a submitted file, with range requests, for its learner and for who teaches the course.',
  })
    .input(z.object({ uploadId, name: name(z.string().max(300)) }))
    .output(z.custom<Uint8Array>()),
}
