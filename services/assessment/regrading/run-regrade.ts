import type { Transaction } from '@azora/kit/db.ts'
import { enqueue, type JobRun } from '@azora/kit/jobs.ts'
import { publish } from '@azora/kit/outbox.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import type { MarkingTools } from '../marking/complete-attempt.ts'
import { type AttemptQuiz, updateGrading } from '../submissions/submissions.store.ts'
import { tellResult } from '../submissions/tell-result.ts'
import { insertMarkChange } from './mark-changes.store.ts'
import { lockGraded } from './override.ts'
import { versionsOf } from './regrade.ts'
import { type Graded, regraded, type Versions } from './regrade-rules.ts'
import {
  finishRegrade,
  type Regrade,
  selectLeftRegrades,
  selectOptionalRegrade,
  selectStillWaits,
  selectWaiting,
  setTaken,
} from './regrades.store.ts'
import { type RegradeToRun, regradeTask } from './task.ts'

type Tools = MarkingTools & Pick<ServiceKit, 'log'>

/**
 * Mark the attempts of a regrade anew, each in a transaction of its own that also notes that it was taken: a run that
 * dies is continued by the next, and two at once take each attempt once. One that fails holds up no other.
 * @throws what made attempts fail that may be tried again
 */
export async function runRegrade(
  tools: Tools,
  { organizationId, regradeId }: RegradeToRun,
  { lastAttempt }: Pick<JobRun, 'lastAttempt'>,
): Promise<void> {
  const school = tools.db.in(organizationId)
  const regrade = await selectOptionalRegrade(school, regradeId)
  if (!regrade || regrade.finishedAt !== null) return
  const versions = await versionsOf(school, regrade.quizId)
  const failed = new Map<string, unknown>()
  for (;;) {
    const waiting = await selectWaiting(school, regradeId, [...failed.keys()])
    if (waiting.length === 0) break
    for (const id of waiting)
      await school
        .transaction(tx => regradeOne(tx, regrade, versions, id))
        .catch(failure => failed.set(id, failure))
  }
  if (failed.size > 0) {
    const told = new AggregateError(
      failed.values(),
      `${failed.size} attempts of ${regradeId} were not regraded.`,
    )
    if (!lastAttempt) throw told
    tools.log.error('Attempts were left as they are, as they could not be regraded', {
      regradeId,
      failure: told,
    })
    await setTaken(school, regradeId, [...failed.keys()], 'failed')
  }
  await finishRegrade(school, regradeId)
}

async function regradeOne(tx: Transaction, regrade: Regrade, versions: Versions, submissionId: string) {
  const { attempt, quiz, grading } = await lockGraded(tx, submissionId)
  if (!(await selectStillWaits(tx, regrade.id, submissionId))) return
  const { rules, neverLower, requestedBy } = regrade
  const known = { ...attempt, grading }
  const after = regraded(known, rules, { versions, passingScore: quiz.passingScore, neverLower })
  await setTaken(tx, regrade.id, [submissionId], after ? 'changed' : 'kept')
  if (!after) return
  updateGrading(tx, submissionId, after, after.kept)
  for (const { questionId, from, to } of after.changes)
    await insertMarkChange(tx, submissionId, {
      questionId,
      kind: 'regraded',
      fromPoints: from,
      toPoints: to,
      reason: null,
      changedBy: requestedBy,
    })
  const same = after.scorePercent === grading.scorePercent && after.passed === attempt.passed
  if (same && after.score === attempt.score && after.maxScore === attempt.maxScore) return
  await tellResult(tx, attempt, quiz, after)
  if (regrade.tellLearners && !same) await tellLearner(tx, known, quiz, after.scorePercent)
}

/** Only of what the learner may see: a school may keep results back. */
async function tellLearner(tx: Transaction, attempt: Graded, quiz: AttemptQuiz, scorePercent: number) {
  if (quiz.resultsShown === 'none') return
  await publish(tx, 'assessment', 'score.changed', {
    submissionId: attempt.id,
    quizId: quiz.id,
    courseId: quiz.courseId,
    userId: attempt.userId,
    organizationId: tx.organizationId,
    quizTitle: quiz.title,
    before: attempt.grading.scorePercent,
    after: scorePercent,
  })
}

const leftAfterMinutes = 60

/** A job that was given up, or lost with its database, is asked for anew. */
export async function sweepRegrades({ db }: Pick<ServiceKit, 'db'>): Promise<void> {
  for (const { id, organizationId } of await selectLeftRegrades(db.across, leftAfterMinutes))
    await db
      .in(organizationId)
      .transaction(tx =>
        enqueue(tx, regradeTask, { organizationId, regradeId: id }, { key: `assessment.regrade:${id}` }),
      )
}
