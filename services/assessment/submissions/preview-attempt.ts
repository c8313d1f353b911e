import type { AskingCaller } from '@azora/kit/caller.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { admissibleAnswers } from '../questions/asked-question.ts'
import { costOf, type HintsTaken } from '../questions/hints.ts'
import type { Question } from '../questions/question.ts'
import { requireAuthoredQuiz } from '../quizzes/authored-quiz.ts'
import { type Answers, gradeAttempt } from '../quizzes/grade.ts'
import { sectionsToTake } from '../quizzes/quiz-sections.ts'
import { selectQuestions } from '../quizzes/quizzes.store.ts'
import { drawnFor } from './asked-questions.ts'
import { admissibleConfidence } from './attempt-confidence.ts'
import { view } from './attempt-view.ts'
import { keptOf } from './submissions.store.ts'
import { variantKey } from './variants.ts'

/**
 * What a learner would see of a quiz, for its author: the questions, and with answers how they are graded. It goes
 * through what real attempts go through and stores nothing. The questions come in the author's order and without a
 * clock, so that they can be compared with the editor in peace.
 *
 * @param variant its number, for what learners have in an order and with values of their own
 * @throws AppError `not_found`, `forbidden`, `quiz_not_ready`.
 */
export async function previewAttempt(
  tools: Pick<ServiceKit, 'db'>,
  by: AskingCaller,
  quizId: string,
  {
    answers: given,
    hints = {},
    confidence: said,
    variant,
  }: {
    answers?: Answers | undefined
    hints?: Record<string, number> | undefined
    confidence?: Record<string, number> | undefined
    variant?: number | undefined
  },
) {
  const quiz = await requireAuthoredQuiz(tools, by, quizId)
  const { organizationId, userId } = by.actor
  const school = tools.db.in(organizationId)
  // No attempt is stored under its key, nor ever will be: the author always sees the same numbers.
  const key = variantKey(quizId, variant)
  const questions = drawnFor({ id: key }, await selectQuestions(school, quizId))
  if (questions.length === 0) throw new AppError('quiz_not_ready')
  const answers = admissibleAnswers(questions, given ?? {})
  const hintsTaken = hintsTakenOf(questions, hints, quiz.practice)
  const confidenceMode = quiz.confidence
  const now = new Date().toISOString()
  const untaken = {
    layout: quiz.layout,
    reached: 0,
    startedAt: now,
    expiresAt: null,
    breaks: [],
    wentOn: [],
    sections: sectionsToTake(quiz.sections),
    now,
  }
  const blank = { ...untaken, confidenceMode, confidence: {}, state: 'graded' as const }
  const confidence = admissibleConfidence(blank, questions, said)
  const survey = quiz.kind === 'survey'
  const graded =
    given && !survey
      ? gradeAttempt(questions, { answers, hintsTaken, confidenceMode, confidence }, quiz.passingScore)
      : null
  const awaitsMarking = graded !== null && graded.awaiting.length > 0
  const grading = awaitsMarking ? null : graded
  const shown = view(
    quiz,
    {
      id: key,
      quizId,
      userId,
      attemptNumber: 1,
      state: !given ? 'in_progress' : survey || awaitsMarking ? 'submitted' : 'graded',
      awaitsMarking,
      shuffleAnswers: variant !== undefined && quiz.shuffleAnswers,
      ...untaken,
      answers,
      flags: {},
      hintsTaken,
      confidenceMode,
      confidence,
      questionIds: questions.map(question => question.id),
      questionVersions: questions.map(question => question.version),
      score: grading?.score ?? null,
      maxScore: grading?.maxScore ?? null,
      passed: grading?.passed ?? null,
      grading: grading && keptOf(grading),
      logDays: null,
      breakSeconds: 0,
      submittedAt: given ? now : null,
    },
    questions,
    { shown: quiz.resultsShown, author: true },
  )
  return { ...shown, id: quizId }
}

/** What taking so many hints of each question costs. */
function hintsTakenOf(questions: Question[], counts: Record<string, number>, practice: boolean): HintsTaken {
  const taken: HintsTaken = {}
  for (const { id, hints = [] } of questions) {
    const costs: number[] = []
    while (costs.length < Math.min(counts[id] ?? 0, hints.length)) costs.push(costOf(hints, costs, practice))
    if (costs.length > 0) taken[id] = costs
  }
  return taken
}
