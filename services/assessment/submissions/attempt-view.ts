import type { Question, Quiz } from '../quizzes/quizzes.store.ts'
import type { Submission } from './submissions.store.ts'

/** An attempt in a list. */
export const summaryOf = (attempt: Submission) => ({
  id: attempt.id,
  attemptNumber: attempt.attemptNumber,
  state: attempt.state,
  scorePercent: attempt.grading?.scorePercent ?? null,
  passed: attempt.passed,
  startedAt: attempt.startedAt,
  submittedAt: attempt.submittedAt,
})

/** An attempt as its learner sees it: the correct options only once it is graded. */
export function view(quiz: Quiz, attempt: Submission, questions: Question[]) {
  const open = questions.map(({ id, type, content, points, options }) => ({
    id,
    type,
    content,
    points,
    options: options.map(option => ({ id: option.id, content: option.content })),
  }))
  return {
    id: attempt.id,
    quizId: quiz.id,
    courseId: quiz.courseId,
    title: quiz.title,
    passingScore: quiz.passingScore,
    attemptNumber: attempt.attemptNumber,
    state: attempt.state,
    startedAt: attempt.startedAt,
    expiresAt: attempt.expiresAt,
    now: new Date().toISOString(),
    submittedAt: attempt.submittedAt,
    answers: attempt.answers,
    questions: open,
    result: attempt.grading
      ? {
          score: attempt.score ?? 0,
          maxScore: attempt.maxScore ?? 0,
          scorePercent: attempt.grading.scorePercent,
          passed: attempt.passed === true,
          questions: open.map((question, index) => graded(question, questions[index] as Question, attempt)),
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
