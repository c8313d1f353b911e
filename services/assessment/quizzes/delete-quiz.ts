import type { AzoraClient } from '@azora/contracts/client.ts'
import type { AskingCaller } from '@azora/kit/caller.ts'
import type { Database, Transaction } from '@azora/kit/db.ts'
import { AppError, refusal } from '@azora/kit/errors.ts'
import { selectIsHeld } from '../courses/places.store.ts'
import { requireAuthoredQuiz } from './authored-quiz.ts'
import { deleteQuizRow, lockQuiz, selectIsAttempted } from './quizzes.store.ts'
import { recordQuiz } from './record-quiz.ts'

/** Lessons that show a quiz, as education knows them. */
export async function placesOf(others: AzoraClient, quizId: string): Promise<Places> {
  return (await others.education.findQuizPlaces({ quizId })).places
}

export type Places = { lessonTitle: string; open: boolean }[]

/**
 * Refuse to empty or delete a quiz that a lesson needs: one that shows it, or is being published with it just now. The
 * quiz is locked. `places` are the lessons that education named before the transaction; a lesson that came to show the
 * quiz since then held it first.
 * @param shownTo whose lessons count: a quiz that only its author sees may be emptied, but not deleted.
 * @throws AppError `quiz_needed` naming the lessons.
 */
export async function refuseNeeded(
  tx: Transaction,
  quizId: string,
  shownTo: 'learners' | 'anyone',
  places: Places,
): Promise<void> {
  const needing = places.filter(({ open }) => open || shownTo === 'anyone')
  if (needing.length > 0) {
    const titles = needing.slice(0, 10).map(place => place.lessonTitle)
    const reason = shownTo === 'anyone' ? 'quiz_in_lessons' : 'quiz_in_shown_lessons'
    throw refusal(reason, { lessons: titles.join(', ') })
  }
  if (await selectIsHeld(tx, quizId)) throw new AppError('quiz_needed')
}

/** @throws AppError `quiz_in_use` once it was attempted, `quiz_needed` while a lesson shows it. */
export async function deleteQuiz(tools: { db: Database }, by: AskingCaller, quizId: string): Promise<void> {
  const { courseId } = await requireAuthoredQuiz(tools, by, quizId)
  const places = await placesOf(by.others, quizId)
  await tools.db.in(by.actor.organizationId).transaction(async tx => {
    await lockQuiz(tx, quizId, 'update')
    if (await selectIsAttempted(tx, quizId)) throw new AppError('quiz_in_use')
    await refuseNeeded(tx, quizId, 'anyone', places)
    const title = await deleteQuizRow(tx, quizId)
    if (title === null) throw new AppError('not_found')
    await recordQuiz(tx, by, { id: quizId, courseId, title }, 'deleted')
  })
}
