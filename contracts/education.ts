import { catalogueOperations } from './education/catalogue.ts'
import { certificateFiles, certificateOperations } from './education/certificate.ts'
import { courseOperations } from './education/course.ts'
import { enrolmentOperations } from './education/enrolment.ts'
import { educationEvents } from './education/events.ts'
import { courseFiles, fileOperations } from './education/file.ts'
import { groupOperations } from './education/group.ts'
import { importFiles, importOperations } from './education/import.ts'
import { lessonOperations } from './education/lesson.ts'
import { learningRoom } from './education/rooms.ts'
import { storageOperations } from './education/storage.ts'
import { educationNotes } from './notes/education.ts'
import { operationsOf } from './operations.ts'
import { defineService } from './service.ts'
import { educationV2 } from './v2/education.ts'

/** Courses and lessons, who learns in them, and what they earn by it. */
export const educationContract = {
  ...catalogueOperations,
  ...courseOperations,
  ...enrolmentOperations,
  ...groupOperations,
  ...lessonOperations,
  ...fileOperations,
  ...storageOperations,
  ...certificateOperations,
  ...importOperations,
  ...operationsOf('education'),
}

export const educationFiles = { ...importFiles, ...courseFiles, ...certificateFiles }

export const education = defineService({
  name: 'education',
  title: 'Courses and learning',
  about: 'The catalogue, lessons, enrolments, progress, certificates and files.',
  keepsPersonalData: true,
  operations: educationContract,
  files: educationFiles,
  changedInV2: educationV2,
  events: educationEvents,
  innerEvents: [
    'quiz.imported',
    'course.quizzes_placed',
    'course.groups_changed',
    // Callers of v1 know which events there are.
    'certificate.revoked',
  ],
  rooms: [learningRoom],
  notes: educationNotes,
})
