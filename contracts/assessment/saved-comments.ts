import { z } from 'zod'
import { limits } from '../limits.ts'
import { operation } from '../operation.ts'
import { id } from '../wire.ts'

/** Comments that a teacher keeps to use again when marking, and who is marking what. */

const savedComment = z.object({ id, text: z.string() })
const text = z.string().trim().min(1).max(limits.savedCommentLength)
const ok = z.object({ ok: z.literal(true) })
const tags: [string] = ['assessment']

export const savedCommentOperations = {
  listSavedComments: operation({
    method: 'GET',
    path: '/assessment/saved-comments',
    access: 'course.author',
    tags,
    summary: 'The comments that you keep to use again when you mark, oldest first.',
  })
    .input(z.object({}))
    .output(z.object({ items: z.array(savedComment) })),
  keepComment: operation({
    method: 'POST',
    path: '/assessment/saved-comments',
    access: 'course.author',
    tags,
    successStatus: 201,
    summary: 'Keep a comment to use again, at most 200. The same text is kept once.',
  })
    .input(z.object({ text }))
    .output(savedComment),
  changeComment: operation({
    method: 'PUT',
    path: '/assessment/saved-comments/{commentId}',
    access: 'course.author',
    tags,
    summary: 'Change a comment that you keep. Where it was used it stays as it was.',
  })
    .input(z.object({ commentId: id, text }))
    .output(savedComment),
  deleteComment: operation({
    method: 'DELETE',
    path: '/assessment/saved-comments/{commentId}',
    access: 'course.author',
    tags,
    summary: 'Delete a comment that you keep. Where it was used it stays.',
  })
    .input(z.object({ commentId: id }))
    .output(ok),
  holdAnswer: operation({
    method: 'PUT',
    path: '/assessment/marking/{answerId}/open',
    access: 'course.author',
    tags,
    summary:
      'Say that you have an answer open to mark it, for a minute, and get the answers of its quiz that others have open. It locks nothing.',
  })
    .input(z.object({ answerId: id }))
    .output(z.object({ openElsewhere: z.array(id) })),
}
