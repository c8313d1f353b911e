import type { Caller } from '@azora/kit/caller.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { storeBreaks } from '../accommodations/accommodations.store.ts'
import { selectOptionalQuiz } from '../quizzes/quizzes.store.ts'
import type { AskedQuestions } from './asked-questions.ts'
import { hasToEnd } from './attempt-rules.ts'
import { view } from './attempt-view.ts'
import { type Break, breakUntil, endedNow, refusalOfBreak, withBreak } from './breaks.ts'
import { endOfSections } from './sections.ts'
import { lockOptionalAttempt, type Submission } from './submissions.store.ts'

/**
 * A break of an attempt, begun and ended under the lock under which the attempt ends. Breaks are counted, so that two
 * tabs take one, and a call that comes again late does nothing to a later one.
 */

type Tools = Pick<ServiceKit, 'db'> & { questionsOf: AskedQuestions }
type Which = { submissionId: string; number: number }

/** @throws AppError `not_found`, `attempt_closed`, `no_break_left`, `conflict` for one that is not the next. */
export function startBreak(tools: Tools, by: Caller, which: Which) {
  return changeBreaks(tools, by, which, attempt => {
    if (which.number <= attempt.breaks.length) return null
    const running = breakUntil(attempt, attempt.now) !== null
    if (running || which.number > attempt.breaks.length + 1) throw new AppError('conflict')
    const refusal = refusalOfBreak(attempt, attempt.now)
    if (refusal) throw new AppError(refusal)
    return withBreak(attempt, attempt.now)
  })
}

/** @throws AppError `not_found`, `attempt_closed`. */
export function endBreak(tools: Tools, by: Caller, which: Which) {
  return changeBreaks(tools, by, which, attempt =>
    which.number === attempt.breaks.length && breakUntil(attempt, attempt.now) !== null
      ? endedNow(attempt.breaks, attempt.now)
      : null,
  )
}

/** @param change answers null where everything is as it should be already */
async function changeBreaks(
  tools: Tools,
  { actor }: Caller,
  { submissionId }: Which,
  change: (attempt: Submission) => Break[] | null,
) {
  return tools.db.in(actor.organizationId).transaction(async tx => {
    const found = await lockOptionalAttempt(tx, submissionId)
    if (found?.attempt.userId !== actor.userId) throw new AppError('not_found')
    if (found.attempt.state !== 'in_progress' || hasToEnd(found.attempt, found.attempt.now))
      throw new AppError('attempt_closed')
    const breaks = change(found.attempt)
    const attempt = breaks ? await changed(tx, found.attempt, breaks) : found.attempt
    const quiz = await selectOptionalQuiz(tx, attempt.quizId)
    if (!quiz) throw new AppError('not_found')
    return view(quiz, attempt, await tools.questionsOf(tx, attempt))
  })
}

async function changed(tx: Transaction, attempt: Submission, breaks: Break[]): Promise<Submission> {
  const sectionsEnd = endOfSections({ ...attempt, breaks })
  const expiresAt = await storeBreaks(tx, { id: attempt.id, breaks, sectionsEnd })
  return { ...attempt, breaks, expiresAt }
}
