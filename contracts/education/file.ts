import { z } from 'zod'
import { limits } from '../limits.ts'
import { operation } from '../operation.ts'
import { done, id, line, pageOf, paging, time, uploadName } from '../wire.ts'
import { byCourse, file, tags } from './shapes.ts'

/** What a file is, by its media type; `document` is whatever is no picture, film or sound. */
const fileKind = z.enum(['image', 'video', 'audio', 'document'])

const courseFile = file.extend({
  /** When its content was uploaded, or last replaced. */
  updatedAt: time,
  /** Everywhere it is used. A file that is used nowhere can be deleted. */
  uses: z.array(
    z.object({ kind: z.enum(['cover', 'description', 'lesson', 'quiz']), id, title: z.string() }),
  ),
})

/** The files of a course, for those who teach it. */
export const fileOperations = {
  listFiles: operation({
    method: 'GET',
    path: '/education/courses/{courseId}/files',
    access: 'course.author',
    tags,
    summary: 'The files of a course by name, and where each is used.',
  })
    .input(byCourse.extend({ q: line(100).optional(), kind: fileKind.optional(), ...paging }))
    .output(pageOf(courseFile)),
  getFileSizes: operation({
    method: 'POST',
    path: '/education/file-sizes',
    access: 'member',
    reads: true,
    tags,
    summary:
      'How large files are, to decide whether to fetch them. Nothing is told of files that you may not read.',
  })
    .input(
      z.object({
        fileIds: z
          .array(id)
          .max(limits.filesInRequest)
          .meta({
            description: 'The files to tell of.',
            examples: [['0198c7a2-0000-7000-8000-000000000001']],
          }),
      }),
    )
    .output(
      z.object({
        files: z
          .array(file.pick({ id: true, mediaType: true, size: true }))
          .meta({ description: 'The files that you may read.' }),
      }),
    ),
  deleteFile: operation({
    method: 'DELETE',
    path: '/education/files/{fileId}',
    access: 'course.author',
    tags,
    summary:
      'Delete a file that is used nowhere. One that is used is refused: `file_in_use`, with `data.uses`.',
  })
    .input(z.object({ fileId: id }))
    .output(done),
  holdFiles: operation({
    method: 'POST',
    path: '/education/courses/{courseId}/held-files',
    access: 'internal',
    tags,
    summary:
      'Keep files of a course from being deleted for a minute, while a quiz that shows them is saved. Answers those that are not there.',
  })
    .input(byCourse.extend({ fileIds: z.array(id).max(5000) }))
    .output(z.object({ missing: z.array(id) })),
}

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
  replaceFile: operation({
    method: 'POST',
    path: '/education/files/{fileId}/content',
    access: 'course.author',
    rateClass: 'upload',
    raw: 'upload',
    tags,
    summary:
      'Replace the content of a file by another of the same type. Its address stays, so every place that uses it shows the new content.',
  })
    .input(z.object({ fileId: id, name: uploadName }))
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
