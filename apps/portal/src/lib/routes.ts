import type { FileOperation, Operation, Route } from '@azora/web/calls/operations.ts'

/**
 * Method and path of the operations that the browser calls. A table of its own, because the contracts carry Zod
 * with them and cost a phone some 40 KB; `routes.test.ts` holds it to the contracts.
 */
export const routes = {
  'auth.refresh': ['POST', '/auth/refresh'],
  'auth.logout': ['POST', '/auth/logout'],
  'auth.me': ['GET', '/auth/me'],
  'auth.getSecurity': ['GET', '/auth/security'],
  'auth.reauthenticate': ['POST', '/auth/reauthenticate'],
  'auth.startPasskeyCheck': ['POST', '/auth/reauthenticate/passkey-options'],
  'auth.reauthenticateElsewhere': ['POST', '/auth/identities/{provider}/reauthenticate'],
  'auth.endImpersonation': ['POST', '/auth/impersonation/end'],
  'auth.switchOrganization': ['POST', '/auth/organization/switch'],
  'education.enroll': ['POST', '/education/courses/{courseId}/enrollments'],
  'education.getCoursePage': ['GET', '/education/courses/{course}/page'],
  'education.getLesson': ['GET', '/education/lessons/{lessonId}'],
  'education.saveProgress': ['PUT', '/education/lessons/{lessonId}/progress'],
  'education.getCertificate': ['GET', '/education/certificates/{certificateId}'],
  'education.revokeCertificate': ['POST', '/education/certificates/{certificateId}/revoke'],
  'education.verifyCredential': ['POST', '/education/certificates/verify'],
  'education.listTaughtCourses': ['GET', '/education/taught-courses'],
  'education.createCourse': ['POST', '/education/courses'],
  'education.editCourse': ['GET', '/education/courses/{courseId}/edit'],
  'education.saveCourse': ['PATCH', '/education/courses/{courseId}'],
  'education.publishCourse': ['POST', '/education/courses/{courseId}/publish'],
  'education.getPublishProblems': ['GET', '/education/courses/{courseId}/publish-problems'],
  'education.setPartStatus': ['PATCH', '/education/courses/{courseId}/part-status'],
  'education.archiveCourse': ['POST', '/education/courses/{courseId}/archive'],
  'education.deleteCourse': ['DELETE', '/education/courses/{courseId}'],
  'education.createModule': ['POST', '/education/courses/{courseId}/modules'],
  'education.saveModule': ['PATCH', '/education/modules/{moduleId}'],
  'education.deleteModule': ['DELETE', '/education/modules/{moduleId}'],
  'education.arrangeCourse': ['PUT', '/education/courses/{courseId}/arrangement'],
  'education.createLesson': ['POST', '/education/modules/{moduleId}/lessons'],
  'education.editLesson': ['GET', '/education/lessons/{lessonId}/edit'],
  'education.saveLesson': ['PUT', '/education/lessons/{lessonId}'],
  'education.deleteLesson': ['DELETE', '/education/lessons/{lessonId}'],
  'education.listFiles': ['GET', '/education/courses/{courseId}/files'],
  'education.deleteFile': ['DELETE', '/education/files/{fileId}'],
  'education.getStorageUse': ['GET', '/education/storage'],
  'education.getRoster': ['GET', '/education/courses/{courseId}/roster'],
  'education.cancelImport': ['POST', '/education/imports/{importId}/cancel'],
  'education.getImport': ['GET', '/education/imports/{importId}'],
  'education.watchImport': ['GET', '/education/imports/{importId}/events'],
  'education.listImports': ['GET', '/education/imports'],
  'assessment.getQuiz': ['GET', '/assessment/quizzes/{quizId}'],
  'assessment.previewQuiz': ['POST', '/assessment/quizzes/{quizId}/preview'],
  'assessment.startSubmission': ['POST', '/assessment/quizzes/{quizId}/submissions'],
  'assessment.getSubmission': ['GET', '/assessment/submissions/{submissionId}'],
  'assessment.saveAnswers': ['PATCH', '/assessment/submissions/{submissionId}/answers'],
  'assessment.submit': ['POST', '/assessment/submissions/{submissionId}/submit'],
  'assessment.listQuizzes': ['GET', '/assessment/quizzes'],
  'assessment.createQuiz': ['POST', '/assessment/quizzes'],
  'assessment.editQuiz': ['GET', '/assessment/quizzes/{quizId}/edit'],
  'assessment.saveQuiz': ['PUT', '/assessment/quizzes/{quizId}'],
  'assessment.deleteQuiz': ['DELETE', '/assessment/quizzes/{quizId}'],
  'assessment.duplicateQuiz': ['POST', '/assessment/quizzes/{quizId}/duplicate'],
  'assessment.getQuizResults': ['GET', '/assessment/quizzes/{quizId}/results'],
  'assessment.listSubmissions': ['GET', '/assessment/quizzes/{quizId}/submissions'],
} as const satisfies Partial<Record<Operation, Route>>

/** The operations that take a file from the browser. */
export const uploads = {
  'education.importCartridge': '/education/imports',
  'education.replaceFile': '/education/files/{fileId}/content',
  'education.uploadFile': '/education/courses/{courseId}/files',
} as const satisfies Partial<Record<FileOperation, string>>

/** An operation that the browser can call. */
export type BrowserOperation = keyof typeof routes
