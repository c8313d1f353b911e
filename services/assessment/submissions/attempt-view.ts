import type { Question, Quiz, ResultsShown } from '../quizzes/quizzes.store.ts'
import { optionsInOrder } from './option-order.ts'
import type { Submission } from './submissions.store.ts'

/** Callers know two states: a survey that was submitted is as much over as a quiz that was graded. */
const stateOf = ({ state }: Submission) =>
  state === 'in_progress' ? ('in_progress' as const) : ('graded' as const)

/** An attempt in a list, with as much of its result as is `shown`. */
export const summaryOf = (attempt: Submission, shown: ResultsShown) => ({
  id: attempt.id,
  attemptNumber: attempt.attemptNumber,
  state: stateOf(attempt),
  scorePercent: shown === 'none' ? null : (attempt.grading?.scorePercent ?? null),
  passed: shown === 'none' ? null : attempt.passed,
  startedAt: attempt.startedAt,
  submittedAt: attempt.submittedAt,
})

/**
 * An attempt as its learner sees it: of the result as much as is `shown`, and the correct options only where all is
 * shown and it is graded.
 */
export function view(quiz: Quiz, attempt: Submission, questions: Question[], shown = quiz.resultsShown) {
  const open = questions.map(question => ({
    id: question.id,
    type: question.type,
    content: question.content,
    points: question.points,
    options: optionsInOrder(attempt, question).map(option => ({ id: option.id, content: option.content })),
  }))
  return {
    id: attempt.id,
    quizId: quiz.id,
    courseId: quiz.courseId,
    kind: quiz.kind,
    title: quiz.title,
    passingScore: quiz.passingScore,
    resultsShown: quiz.resultsShown,
    attemptNumber: attempt.attemptNumber,
    state: stateOf(attempt),
    startedAt: attempt.startedAt,
    expiresAt: attempt.expiresAt,
    now: attempt.now,
    submittedAt: attempt.submittedAt,
    answers: attempt.answers,
    questions: open,
    result:
      attempt.grading && shown !== 'none'
        ? {
            score: attempt.score ?? 0,
            maxScore: attempt.maxScore ?? 0,
            scorePercent: attempt.grading.scorePercent,
            passed: attempt.passed === true,
            questions:
              shown === 'all'
                ? open.map((question, index) => graded(question, questions[index] as Question, attempt))
                : [],
          }
        : null,
  }
}

function graded<Q extends { id: string }>(shown: Q, question: Question, attempt: Submission) {
  const chosen = attempt.answers[question.id] ?? []
  const awarded = attempt.grading?.awarded[question.id] ?? 0
  const right =
    chosen.length === question.correctAnswer.length && chosen.every(id => question.correctAnswer.includes(id))
  const ofOptions = question.options
    .filter(option => chosen.includes(option.id))
    .map(option => option.feedback)
  const feedback = [
    ...ofOptions,
    right ? question.feedback.correct : question.feedback.incorrect,
    question.feedback.general,
  ]
  return {
    ...shown,
    chosen,
    correct: question.correctAnswer,
    awarded,
    feedback: feedback.flatMap(text => text || []),
  }
}
