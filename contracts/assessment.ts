import { quizOperations } from './assessment/quiz.ts'
import { resultsOperations } from './assessment/results.ts'
import { submissionOperations } from './assessment/submission.ts'
import { operationsOf } from './operations.ts'

/** Quizzes and surveys, attempts at them, and what came of them. */
export const assessmentContract = {
  ...quizOperations,
  ...submissionOperations,
  ...resultsOperations,
  ...operationsOf('assessment'),
}
