import { catalogueOperations } from './education/catalogue.ts'
import { certificateFiles, certificateOperations } from './education/certificate.ts'
import { courseOperations } from './education/course.ts'
import { enrolmentOperations } from './education/enrolment.ts'
import { courseFiles, fileOperations } from './education/file.ts'
import { importFiles, importOperations } from './education/import.ts'
import { lessonOperations } from './education/lesson.ts'
import { storageOperations } from './education/storage.ts'
import { operationsOf } from './operations.ts'

/** Courses and lessons, who learns in them, and what they earn by it. */
export const educationContract = {
  ...catalogueOperations,
  ...courseOperations,
  ...enrolmentOperations,
  ...lessonOperations,
  ...fileOperations,
  ...storageOperations,
  ...certificateOperations,
  ...importOperations,
  ...operationsOf('education'),
}

export const educationFiles = { ...importFiles, ...courseFiles, ...certificateFiles }
