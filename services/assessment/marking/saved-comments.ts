import { limits } from '@azora/contracts/limits.ts'
import type { Caller } from '@azora/kit/caller.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { v7 as uuidv7 } from 'uuid'
import {
  deleteSavedComment,
  insertSavedComment,
  lockSavedComments,
  type SavedComment,
  selectSavedComments,
  updateSavedComment,
} from './saved-comments.store.ts'

/** Comments that a teacher keeps to use again; each sees their own. */

type Tools = Pick<ServiceKit, 'db'>

export async function listSavedComments({ db }: Tools, { actor }: Caller) {
  return { items: await selectSavedComments(db.in(actor.organizationId), actor.userId) }
}

/** The same text is kept once. @throws AppError `too_many_comments` */
export async function keepComment({ db }: Tools, { actor }: Caller, text: string): Promise<SavedComment> {
  const { organizationId, userId } = actor
  return db.in(organizationId).transaction(async tx => {
    await lockSavedComments(tx, userId)
    const kept = await selectSavedComments(tx, userId)
    const same = kept.find(comment => comment.text === text)
    if (same) return same
    if (kept.length >= limits.savedComments) throw new AppError('too_many_comments')
    const comment = { id: uuidv7(), text }
    await insertSavedComment(tx, { ...comment, userId })
    return comment
  })
}

/** @throws AppError `not_found` */
export async function changeComment({ db }: Tools, { actor }: Caller, comment: SavedComment) {
  const { organizationId, userId } = actor
  const changed = await updateSavedComment(db.in(organizationId), { ...comment, userId })
  if (!changed) throw new AppError('not_found')
  return comment
}

export async function deleteComment({ db }: Tools, { actor }: Caller, commentId: string): Promise<void> {
  await deleteSavedComment(db.in(actor.organizationId), actor.userId, commentId)
}
