import { assessmentEvents } from './assessment/events.ts'
import { quizOperations } from './assessment/quiz.ts'
import { resultsOperations } from './assessment/results.ts'
import { submissionOperations } from './assessment/submission.ts'
import { assessmentNotes } from './notes/assessment.ts'
import { operationsOf } from './operations.ts'
import { defineService } from './service.ts'

/** Quizzes and surveys, attempts at them, and what came of them. */
export const assessmentContract = {
  ...quizOperations,
  ...submissionOperations,
  ...resultsOperations,
  ...operationsOf('assessment'),
}

export const assessment = defineService({
  name: 'assessment',
  title: 'Quizzes and grades',
  about: 'Questions, attempts and results.',
  keepsPersonalData: true,
  operations: assessmentContract,
  events: assessmentEvents,
  innerEvents: [
    'quiz.kind_set',
    'quiz.results_shown',
    // Callers of v1 know which events there are.
    'survey.completed',
  ],
  notes: assessmentNotes,
})
