import { accommodationOperations } from './assessment/accommodation.ts'
import { assessmentEvents } from './assessment/events.ts'
import { gradebookOperations } from './assessment/gradebook.ts'
import { integrityOperations } from './assessment/integrity.ts'
import { markingOperations } from './assessment/marking.ts'
import { programOperations } from './assessment/programs.ts'
import { quizOperations } from './assessment/quiz.ts'
import { quizPictureOperations } from './assessment/quiz-pictures.ts'
import { regradingOperations } from './assessment/regrading.ts'
import { resultsOperations } from './assessment/results.ts'
import { savedCommentOperations } from './assessment/saved-comments.ts'
import { similarityOperations } from './assessment/similarity.ts'
import { standardsOperations } from './assessment/standards.ts'
import { submissionOperations } from './assessment/submission.ts'
import { uploadFiles, uploadOperations } from './assessment/uploads.ts'
import { variantOperations } from './assessment/variants.ts'
import { assessmentNotes } from './notes/assessment.ts'
import { gradebookNotes } from './notes/gradebook.ts'
import { standardsNotes } from './notes/standards.ts'
import { operationsOf } from './operations.ts'
import { defineService } from './service.ts'

/** Quizzes and surveys, attempts at them, and what came of them. */
export const assessmentContract = {
  ...quizOperations,
  ...submissionOperations,
  ...variantOperations,
  ...resultsOperations,
  ...gradebookOperations,
  ...standardsOperations,
  ...accommodationOperations,
  ...integrityOperations,
  ...quizPictureOperations,
  ...markingOperations,
  ...regradingOperations,
  ...savedCommentOperations,
  ...similarityOperations,
  ...programOperations,
  ...uploadOperations,
  ...operationsOf('assessment'),
}

export const assessmentFiles = { ...uploadFiles }

export const assessment = defineService({
  name: 'assessment',
  title: 'Quizzes and grades',
  about: 'Questions, attempts and results.',
  keepsPersonalData: true,
  operations: assessmentContract,
  files: assessmentFiles,
  events: assessmentEvents,
  innerEvents: [
    'quiz.kind_set',
    'quiz.results_shown',
    // Callers of v1 know which events there are.
    'survey.completed',
    'score.changed',
    'grade.changed',
  ],
  notes: { ...assessmentNotes, ...gradebookNotes, ...standardsNotes },
})
