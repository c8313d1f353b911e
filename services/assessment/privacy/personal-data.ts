import type { PersonalData } from '@azora/kit/personal-data.ts'
import { selectGradesToldOf } from '../gradebook/grades-told.ts'
import { selectEntriesOf } from '../integrity/integrity.store.ts'
import { withValues } from './attempt-values.ts'
import {
  deleteLearningOf,
  selectAccommodationsOf,
  selectAttemptsOf,
  selectCommentsKeptBy,
  selectCoursesOf,
  selectGroupsOf,
  selectJudgedLevelsOf,
  selectMarkChangesBy,
  selectMarksGivenBy,
  selectOneOfMarksGivenBy,
  selectQuizzesOf,
  selectUploadsOf,
} from './privacy.store.ts'

/** What assessment knows of a person. Quizzes that they wrote belong to the course, and keep the bare id of who did. */
export const assessmentPersonalData: PersonalData = {
  gather: async (db, userId) => [
    { name: 'attempts.json', content: await withValues(db, await selectAttemptsOf(db, userId)) },
    { name: 'attempt-logs.json', content: await selectEntriesOf(db, userId) },
    { name: 'uploads.json', content: await selectUploadsOf(db, userId) },
    { name: 'grades.json', content: await selectGradesToldOf(db, userId) },
    { name: 'standards.json', content: await selectJudgedLevelsOf(db, userId) },
    { name: 'accommodations.json', content: await selectAccommodationsOf(db, userId) },
    { name: 'groups.json', content: await selectGroupsOf(db, userId) },
    { name: 'courses.json', content: await selectCoursesOf(db, userId) },
    { name: 'quizzes-written.json', content: await selectQuizzesOf(db, userId) },
    { name: 'marks-given.json', content: await selectMarksGivenBy(db, userId) },
    { name: 'marks-of-several.json', content: await selectOneOfMarksGivenBy(db, userId) },
    { name: 'saved-comments.json', content: await selectCommentsKeptBy(db, userId) },
    { name: 'marks-changed.json', content: await selectMarkChangesBy(db, userId) },
  ],
  erase: deleteLearningOf,
}
