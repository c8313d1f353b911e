import type { Caller } from '@azora/kit/caller.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { noteSavedLocked } from '../integrity/note-activity.ts'
import { selectOptionalQuiz } from '../quizzes/quizzes.store.ts'
import type { AskedQuestions } from './asked-questions.ts'
import { admissibleConfidence } from './attempt-confidence.ts'
import { view } from './attempt-view.ts'
import { admissibleNow, placesAsked } from './layout.ts'
import { lockAnswerable, type SentAnswers } from './lock-answerable.ts'
import { placesOf, sectionAt } from './sections.ts'
import { type Submission, updateAnswers } from './submissions.store.ts'

/**
 * Leave the question at `position` for good, with its answer and those under the same text, and show what is next. Two tabs and a repeated call leave it
 * once: the attempt is locked, and a question that was left already leads to the one that is asked now.
 * @throws AppError `not_found`, `attempt_closed`, `question_left` for another answer to one that was left, `conflict`
 * where there is no such step.
 */
export async function nextQuestion(
  tools: Pick<ServiceKit, 'db' | 'metrics'> & { questionsOf: AskedQuestions },
  by: Caller,
  submissionId: string,
  { position, answers, confidence, waitedSeconds }: SentAnswers & { position: number },
) {
  return tools.db.in(by.actor.organizationId).transaction(async tx => {
    const { attempt } = await lockAnswerable(tx, by, submissionId)
    const [quiz, questions] = await Promise.all([
      selectOptionalQuiz(tx, attempt.quizId),
      tools.questionsOf(tx, attempt),
    ])
    if (!quiz) throw new AppError('not_found')
    const { from, to } = placesAsked(attempt, questions)
    if (attempt.layout !== 'forward_only' || position > from) throw new AppError('conflict')
    if (position === from && to >= lastPlace(attempt, questions.length)) throw new AppError('conflict')
    const sent = admissibleNow(attempt, questions, answers ?? {})
    const said = admissibleConfidence(attempt, questions, confidence)
    if (position < from) return view(quiz, attempt, questions)
    const moved = {
      ...attempt,
      answers: { ...attempt.answers, ...sent },
      confidence: { ...attempt.confidence, ...said },
      reached: to,
    }
    await noteSavedLocked(tx, attempt, by, sent, waitedSeconds)
    await updateAnswers(tx, moved)
    return view(quiz, moved, questions)
  })
}

/** The place after the last question that is reached by such steps: another section is gone to by a step of its own. */
function lastPlace(attempt: Submission, count: number): number {
  if (attempt.sections.length === 0) return count
  return placesOf(attempt.sections, sectionAt(attempt, attempt.now).at).to
}
