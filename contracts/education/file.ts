import { z } from 'zod'
import { operation } from '../operation.ts'
import { id, uploadName } from '../wire.ts'
import { file, tags } from './shapes.ts'

/** Uploads and downloads: the body is the file itself, streamed. */
export const courseFiles = {
  uploadFile: operation({
    method: 'POST',
    path: '/education/courses/{courseId}/files',
    access: 'course.author',
    rateClass: 'upload',
    raw: 'upload',
    tags,
    successStatus: 201,
    summary: 'Add a file to a course: an image, a video, a document. The body is the file.',
  })
    .input(z.object({ courseId: id, name: uploadName }))
    .output(file),
  downloadFile: operation({
    method: 'GET',
    path: '/education/files/{fileId}/{name}',
    access: 'public',
    raw: 'download',
    // Whatever the file is.
    speech: { mediaType: '*/*' },
    tags,
    summary: 'The bytes of a file, with range requests. A cover is public; anything else needs an enrolment.',
  })
    .input(z.object({ fileId: id, name: z.string().max(300) }))
    .output(z.custom<Uint8Array>()),
}
