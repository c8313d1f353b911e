import type { Caller } from '@azora/kit/caller.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { noteSavedLocked } from '../integrity/note-activity.ts'
import { selectOptionalQuiz } from '../quizzes/quizzes.store.ts'
import type { AskedQuestions } from './asked-questions.ts'
import { admissibleConfidence } from './attempt-confidence.ts'
import { isAtEnd } from './attempt-rules.ts'
import { view } from './attempt-view.ts'
import { admissibleNow } from './layout.ts'
import { lockAnswerable, type SentAnswers } from './lock-answerable.ts'
import { storeWentOn } from './sections.store.ts'
import { endOfSections, sectionAt, wentOnBy } from './sections.ts'

/**
 * Go on to a section before the one before it ends, with what was answered in that. The attempt is locked, and sections are
 * counted, so that two tabs and a repeated call leave one, and what the clock ended meanwhile is left as it is.
 * @param number the section to go to, from 1
 * @throws AppError `not_found`, `attempt_closed`, `attempt_on_break`, `question_left` for another answer to one that was
 * left, `conflict` where there is no such step.
 */
export async function nextSection(
  tools: Pick<ServiceKit, 'db'> & { questionsOf: AskedQuestions },
  by: Caller,
  submissionId: string,
  { number, answers, confidence, waitedSeconds }: SentAnswers & { number: number },
) {
  return tools.db.in(by.actor.organizationId).transaction(async tx => {
    const { attempt } = await lockAnswerable(tx, by, submissionId)
    if (number > attempt.sections.length) throw new AppError('conflict')
    const { at } = sectionAt(attempt, attempt.now)
    if (number > at + 2) throw new AppError('conflict')
    const [quiz, questions] = await Promise.all([
      selectOptionalQuiz(tx, attempt.quizId),
      tools.questionsOf(tx, attempt),
    ])
    if (!quiz) throw new AppError('not_found')
    const sent = admissibleNow(attempt, questions, answers ?? {})
    const said = admissibleConfidence(attempt, questions, confidence)
    const isNew = number === at + 2
    // In the grace after the end of all, nothing begins any more.
    if (isNew && isAtEnd(attempt, attempt.now)) throw new AppError('attempt_closed')
    const kept = {
      ...attempt,
      answers: { ...attempt.answers, ...sent },
      confidence: { ...attempt.confidence, ...said },
      wentOn: isNew ? [...wentOnBy(attempt, attempt.now), attempt.now] : attempt.wentOn,
    }
    await noteSavedLocked(tx, attempt, by, sent, waitedSeconds)
    const expiresAt = await storeWentOn(tx, kept, endOfSections(kept))
    return view(quiz, { ...kept, expiresAt }, questions)
  })
}
