import type { AskingCaller } from '@azora/kit/caller.ts'
import { requireAuthoredQuiz } from '../quizzes/authored-quiz.ts'
import { recordQuiz } from '../quizzes/record-quiz.ts'
import type { MarkingTools } from './complete-attempt.ts'
import { givenToMarks, lockAwaiting, marksToGiven, secondsToFirst } from './given-marks.store.ts'
import { type MarkingSettings, selectMarkingSettings, upsertMarkingSettings } from './marking.store.ts'

/**
 * Set how the answers of a quiz are marked. What was decided stays so where marks of two people, or a moderator, decided
 * it, and what waits for a moderator continues to wait. Every other mark that is not released becomes the first of two, or
 * the only one; nothing is released by it.
 * @param given what is left out stays as it is
 * @throws AppError `not_found`, `forbidden`
 */
export async function setMarking(
  tools: Pick<MarkingTools, 'db'>,
  by: AskingCaller,
  quizId: string,
  given: Pick<MarkingSettings, 'release' | 'anonymous'> & {
    [K in keyof MarkingSettings]?: MarkingSettings[K] | undefined
  },
): Promise<MarkingSettings> {
  const quiz = await requireAuthoredQuiz(tools, by, quizId)
  return tools.db.in(by.actor.organizationId).transaction(async tx => {
    // In turn with every mark that is being saved: each is made by the old setting or by the new one.
    const awaiting = await lockAwaiting(tx, quizId)
    const before = await selectMarkingSettings(tx, quizId)
    const settings = {
      release: given.release,
      anonymous: given.anonymous,
      markers: given.markers ?? before.markers,
      tolerance: given.tolerance ?? before.tolerance,
      toleranceUnit: given.toleranceUnit ?? before.toleranceUnit,
      samplePercent: given.samplePercent ?? before.samplePercent,
      markersDecide: given.markersDecide ?? before.markersDecide,
    }
    await upsertMarkingSettings(tx, quizId, settings)
    if (before.markers === 'one' && settings.markers !== 'one') await marksToGiven(tx, awaiting)
    if (before.markers !== 'one' && settings.markers === 'one') await givenToMarks(tx, awaiting)
    if (before.markers === 'two' && settings.markers === 'moderated') await secondsToFirst(tx, awaiting)
    // Who showed the names, and when, can be asked later.
    await recordQuiz(tx, by, quiz, 'changed', { marking: settings })
    return settings
  })
}
