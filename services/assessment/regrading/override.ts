import type { AskingCaller } from '@azora/kit/caller.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { AppError, invalidField } from '@azora/kit/errors.ts'
import type { MarkingTools } from '../marking/complete-attempt.ts'
import { requireAuthoredQuiz } from '../quizzes/authored-quiz.ts'
import {
  type KeptGrading,
  lockAttemptsBeside,
  lockOptionalAttempt,
  selectOptionalSubmission,
  updateGrading,
} from '../submissions/submissions.store.ts'
import { tellResult } from '../submissions/tell-result.ts'
import { countMarkChanges, insertMarkChange } from './mark-changes.store.ts'
import { overridden, recount } from './recount.ts'

/** Points that who teaches the course gives by hand to an answer of a graded attempt, and takes back (decision 0046). */

type Named = { submissionId: string; questionId: string; revision: number }

/** @throws AppError `not_found`, `forbidden`, `not_graded`, `mark_changed`, `invalid_input` */
export function overrideMark(
  tools: MarkingTools,
  by: AskingCaller,
  input: Named & { awarded: number; reason: string; comment: string },
) {
  const { awarded, reason } = input
  return changeMark(tools, by, input, (kept, points) => {
    if (awarded > points) {
      const values = { most: String(points) }
      throw invalidField('awarded', 'too_many_points', { code: 'too_big', values })
    }
    const given = { awarded, reason, comment: input.comment || null }
    return { kept: overridden(kept, input.questionId, given), kind: 'overridden', reason }
  })
}

/** Give the mark again that there was without the override, or that a regrade gave since. */
export function takeBackOverride(tools: MarkingTools, by: AskingCaller, input: Named) {
  return changeMark(tools, by, input, kept => {
    if (!kept.overridden?.[input.questionId]) throw new AppError('mark_changed')
    return { kept: overridden(kept, input.questionId, null), kind: 'taken_back', reason: null }
  })
}

type Change = { kept: KeptGrading; kind: 'overridden' | 'taken_back'; reason: string | null }

/**
 * Change a mark with all that follows from it, in one transaction. The learner's attempts are locked before the mark is
 * read, so that two changes come one after the other, and the later one finds that it was made on what is no more.
 */
async function changeMark(
  tools: MarkingTools,
  by: AskingCaller,
  { submissionId, questionId, revision }: Named,
  change: (kept: KeptGrading, points: number) => Change,
) {
  const { organizationId, userId } = by.actor
  const school = tools.db.in(organizationId)
  const known = await selectOptionalSubmission(school, submissionId)
  if (!known) throw new AppError('not_found')
  const { kind } = await requireAuthoredQuiz(tools, by, known.quizId)
  if (kind === 'survey' || !known.questionIds.includes(questionId)) throw new AppError('not_found')
  return school.transaction(async tx => {
    const { attempt, quiz, grading } = await lockGraded(tx, submissionId)
    const changes = await countMarkChanges(tx, submissionId, questionId)
    if (changes !== revision) throw new AppError('mark_changed')
    const questions = await tools.questionsOf(tx, attempt)
    const points = questions.find(({ id }) => id === questionId)?.points ?? 0
    const changed = change(grading, points)
    const after = recount(attempt, questions, changed.kept, quiz.passingScore)
    updateGrading(tx, submissionId, after, after.kept)
    await insertMarkChange(tx, submissionId, {
      questionId,
      kind: changed.kind,
      fromPoints: grading.awarded[questionId] ?? 0,
      toPoints: after.kept.awarded[questionId] ?? 0,
      reason: changed.reason,
      changedBy: userId,
    })
    await tellResult(tx, attempt, quiz, after)
    const { score, maxScore, scorePercent, passed } = after
    return {
      revision: revision + 1,
      awarded: after.kept.awarded[questionId] ?? 0,
      score,
      maxScore,
      scorePercent,
      passed,
    }
  })
}

/** An attempt that has a result, locked with those beside it. @throws AppError `not_found`, `not_graded` */
export async function lockGraded(tx: Transaction, submissionId: string) {
  await lockAttemptsBeside(tx, submissionId)
  const found = await lockOptionalAttempt(tx, submissionId)
  if (!found) throw new AppError('not_found')
  const { attempt, quiz } = found
  const { grading, submittedAt } = attempt
  if (attempt.state !== 'graded' || !grading || submittedAt === null) throw new AppError('not_graded')
  return { quiz, grading, attempt: { ...attempt, submittedAt } }
}
