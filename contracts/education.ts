import { z } from 'zod'
import { operation } from './operation.ts'
import { operationsOf } from './operations.ts'
import { done, html, id, line, pageOf, paging, percent, time } from './wire.ts'

export const level = z.enum(['beginner', 'intermediate', 'advanced'])
export const courseStatus = z.enum(['draft', 'published', 'archived'])
export const lessonKind = z.enum(['page', 'video', 'file', 'link', 'quiz'])

export const file = z.object({
  id,
  name: z.string(),
  mediaType: z.string(),
  size: z.number().int(),
  /** Same-origin address of the bytes; needs the same sign-in as the lesson that shows it. */
  url: z.string(),
})

export const courseCard = z.object({
  id,
  slug: z.string(),
  title: z.string(),
  summary: z.string(),
  category: z.string(),
  level,
  language: z.string(),
  coverUrl: z.string().nullable(),
  instructorName: z.string(),
  lessonCount: z.number().int(),
  durationMinutes: z.number().int(),
})

const outlineLesson = z.object({
  id,
  title: z.string(),
  kind: lessonKind,
  durationMinutes: z.number().int(),
  required: z.boolean(),
})

const outline = <T extends z.ZodType>(lesson: T) =>
  z.array(z.object({ id, title: z.string(), lessons: z.array(lesson) }))

/**
 * When a course counts as completed: every required page, video, file and link opened to its end, and every
 * required quiz passed. `requireQuizzes: false` counts a quiz as done once it is attempted.
 */
export const completionRule = z.object({ requireQuizzes: z.boolean() })

export const courseOverview = courseCard.extend({
  description: z.string(),
  publishedAt: time.nullable(),
  enrolled: z.boolean(),
  learnerCount: z.number().int(),
  modules: outline(outlineLesson),
})

const enrollment = z.object({
  id,
  courseId: id,
  progressPercent: percent,
  enrolledAt: time,
  completedAt: time.nullable(),
  certificateId: id.nullable(),
})

/** A learner's own page of a course: outline, what is done, where to go on. */
export const coursePage = z.object({
  course: z.object({ id, slug: z.string(), title: z.string(), coverUrl: z.string().nullable() }),
  enrollment,
  resumeLessonId: id.nullable(),
  modules: outline(outlineLesson.extend({ completed: z.boolean(), started: z.boolean() })),
})

export const myCourse = enrollment.extend({
  course: courseCard.pick({ id: true, slug: true, title: true, coverUrl: true, level: true, category: true }),
  resumeLessonId: id.nullable(),
  lastActivityAt: time,
})

export const lesson = z.object({
  id,
  courseId: id,
  courseTitle: z.string(),
  courseSlug: z.string(),
  moduleTitle: z.string(),
  title: z.string(),
  kind: lessonKind,
  /** Cleaned HTML; empty for a quiz. */
  content: z.string(),
  durationMinutes: z.number().int(),
  required: z.boolean(),
  file: file.nullable(),
  linkUrl: z.string().nullable(),
  quizId: id.nullable(),
  attachments: z.array(file),
  previousLessonId: id.nullable(),
  nextLessonId: id.nullable(),
  /** The lesson's place in the course, counted from one. */
  position: z.object({ index: z.number().int(), count: z.number().int() }),
  progress: z
    .object({ completed: z.boolean(), positionPercent: percent, positionSeconds: z.number().int() })
    .nullable(),
})

const lessonInput = {
  title: line(300),
  content: html.default(''),
  durationMinutes: z.number().int().min(0).max(1440).default(5),
  required: z.boolean().default(true),
  fileId: id.nullable().default(null),
  linkUrl: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .nullable()
    .default(null),
  quizId: id.nullable().default(null),
  attachmentIds: z.array(id).max(50).default([]),
}

export const authoredLesson = outlineLesson.extend({
  content: z.string(),
  file: file.nullable(),
  linkUrl: z.string().nullable(),
  quizId: id.nullable(),
  attachments: z.array(file),
})

export const authoredCourse = courseCard.extend({
  description: z.string(),
  status: courseStatus,
  completionRule,
  learnerCount: z.number().int(),
  createdAt: time,
  updatedAt: time,
  publishedAt: time.nullable(),
  modules: outline(authoredLesson.omit({ content: true, attachments: true })),
  attachments: z.array(file),
})

const courseSettings = {
  title: line(200),
  summary: z.string().trim().max(300).default(''),
  description: html.default(''),
  category: line(60),
  level: level.default('beginner'),
  language: z.string().trim().min(2).max(35).default('en'),
  completionRule: completionRule.default({ requireQuizzes: true }),
}

/** What became of each thing in an imported file. `attached`: kept as a file; `lost`: could not be kept. */
export const importReport = z.object({
  entries: z.array(
    z.object({
      path: z.string(),
      outcome: z.enum(['imported', 'attached', 'described', 'lost']),
      as: z.string(),
      reason: z.string().nullable(),
      code: z.string().nullable(),
    }),
  ),
  counts: z.object({
    imported: z.number().int(),
    attached: z.number().int(),
    described: z.number().int(),
    lost: z.number().int(),
  }),
})

export const courseImport = z.object({
  id,
  fileName: z.string(),
  status: z.enum(['waiting', 'running', 'done', 'failed']),
  stage: z.enum(['received', 'reading', 'files', 'lessons', 'done']),
  progressPercent: percent,
  courseId: id.nullable(),
  report: importReport.nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  createdAt: time,
  finishedAt: time.nullable(),
})

export const rosterEntry = z.object({
  enrollmentId: id,
  userId: id,
  name: z.string(),
  email: z.string(),
  progressPercent: percent,
  lessonsDone: z.number().int(),
  lessonCount: z.number().int(),
  bestQuizPercent: z.number().nullable(),
  enrolledAt: time,
  lastActivityAt: time,
  completedAt: time.nullable(),
})

export const certificate = z.object({
  id,
  courseId: id,
  courseTitle: z.string(),
  recipientName: z.string(),
  schoolName: z.string(),
  instructorName: z.string(),
  issuedAt: time,
  /** The public page, absolute. */
  url: z.string(),
  revokedAt: time.nullable(),
})

const credentialDocument = z.record(z.string(), z.unknown())

const tags: [string] = ['education']
const byCourse = z.object({ courseId: id })

export const educationContract = {
  listCourses: operation({
    method: 'GET',
    path: '/education/courses',
    access: 'public',
    cache: { scope: 'public', maxAgeSeconds: 5 },
    tags,
    summary: 'The catalogue: published courses, searched and filtered.',
  })
    .input(
      z.object({
        school: z.string().max(80).optional(),
        q: z.string().trim().max(200).optional(),
        category: z.string().max(60).optional(),
        level: level.optional(),
        ...paging,
      }),
    )
    .output(pageOf(courseCard).extend({ categories: z.array(z.string()), total: z.number().int() })),
  getCourse: operation({
    method: 'GET',
    path: '/education/courses/{course}',
    access: 'public',
    cache: { scope: 'public', maxAgeSeconds: 5 },
    tags,
    summary: 'A published course before one enrols, by id or slug.',
  })
    .input(z.object({ course: z.string().max(120), school: z.string().max(80).optional() }))
    .output(courseOverview),
  enroll: operation({
    method: 'POST',
    path: '/education/courses/{courseId}/enrollments',
    access: 'member',
    tags,
    successStatus: 201,
    summary: 'Enrol in a published course. Repeating it answers the same enrolment.',
  })
    .input(byCourse)
    .output(enrollment),
  listEnrollments: operation({
    method: 'GET',
    path: '/education/enrollments',
    access: 'member',
    tags,
    summary: 'The courses one is enrolled in, the latest activity first.',
  })
    .input(z.object(paging))
    .output(pageOf(myCourse)),
  getCoursePage: operation({
    method: 'GET',
    path: '/education/courses/{course}/page',
    access: 'member',
    tags,
    summary: "An enrolled learner's page of a course: outline, progress and where to go on.",
  })
    .input(z.object({ course: z.string().max(120) }))
    .output(coursePage),
  getCourseAccess: operation({
    method: 'GET',
    path: '/education/courses/{courseId}/access',
    access: 'member',
    tags,
    summary: 'What one may do in a course: author it, learn in it, or neither.',
  })
    .input(byCourse)
    .output(
      z.object({
        courseId: id,
        title: z.string(),
        instructorId: id,
        status: courseStatus,
        author: z.boolean(),
        enrolled: z.boolean(),
      }),
    ),
  getLesson: operation({
    method: 'GET',
    path: '/education/lessons/{lessonId}',
    access: 'member',
    tags,
    summary: 'A lesson with its content, for those enrolled and those who teach it.',
  })
    .input(z.object({ lessonId: id }))
    .output(lesson),
  saveProgress: operation({
    method: 'PUT',
    path: '/education/lessons/{lessonId}/progress',
    access: 'member',
    tags,
    summary: 'Keep where one is in a lesson, and whether it is done. Progress never goes back.',
  })
    .input(
      z.object({
        lessonId: id,
        completed: z.boolean().default(false),
        positionPercent: percent.default(0),
        positionSeconds: z.number().int().min(0).max(1_000_000).default(0),
      }),
    )
    .output(enrollment),
  listCertificates: operation({
    method: 'GET',
    path: '/education/my-certificates',
    access: 'member',
    tags,
    summary: 'The certificates one has earned.',
  }).output(z.object({ items: z.array(certificate) })),
  getCertificate: operation({
    method: 'GET',
    path: '/education/certificates/{certificateId}',
    access: 'public',
    tags,
    summary: 'A certificate and its signed credential, for anyone who has its address.',
  })
    .input(z.object({ certificateId: id }))
    .output(certificate.extend({ credential: credentialDocument })),
  verifyCredential: operation({
    method: 'POST',
    path: '/education/certificates/verify',
    access: 'public',
    rateClass: 'verify',
    tags,
    summary: 'Check an Open Badges 3.0 credential: its structure, its signature, and whether it was revoked.',
  })
    .input(z.object({ credential: credentialDocument }))
    .output(
      z.object({
        valid: z.boolean(),
        checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })),
        issuedHere: z.boolean(),
        certificateId: id.nullable(),
      }),
    ),

  listTaughtCourses: operation({
    method: 'GET',
    path: '/education/taught-courses',
    access: 'course.author',
    tags,
    summary: 'The courses one teaches, drafts included; for an administrator all of the school.',
  })
    .input(z.object(paging))
    .output(
      pageOf(courseCard.extend({ status: courseStatus, learnerCount: z.number().int(), updatedAt: time })),
    ),
  createCourse: operation({
    method: 'POST',
    path: '/education/courses',
    access: 'course.author',
    tags,
    successStatus: 201,
    summary: 'Create a draft course.',
  })
    .input(z.object(courseSettings))
    .output(authoredCourse),
  editCourse: operation({
    method: 'GET',
    path: '/education/courses/{courseId}/edit',
    access: 'course.author',
    tags,
    summary: 'A course with everything its author needs to edit it.',
  })
    .input(byCourse)
    .output(authoredCourse),
  saveCourse: operation({
    method: 'PATCH',
    path: '/education/courses/{courseId}',
    access: 'course.author',
    tags,
    summary: 'Change the settings of a course; what is not named stays.',
  })
    .input(
      z.object({
        courseId: id,
        title: line(200).optional(),
        summary: z.string().trim().max(300).optional(),
        description: html.optional(),
        category: line(60).optional(),
        level: level.optional(),
        language: z.string().trim().min(2).max(35).optional(),
        completionRule: completionRule.optional(),
        coverFileId: id.nullable().optional(),
      }),
    )
    .output(authoredCourse),
  publishCourse: operation({
    method: 'POST',
    path: '/education/courses/{courseId}/publish',
    access: 'course.author',
    tags,
    summary: 'Show the course in the catalogue.',
  })
    .input(byCourse)
    .output(authoredCourse),
  archiveCourse: operation({
    method: 'POST',
    path: '/education/courses/{courseId}/archive',
    access: 'course.author',
    tags,
    summary: 'Take the course out of the catalogue; those enrolled keep it.',
  })
    .input(byCourse)
    .output(authoredCourse),
  deleteCourse: operation({
    method: 'DELETE',
    path: '/education/courses/{courseId}',
    access: 'course.author',
    tags,
    summary: 'Delete a course in which nobody is enrolled.',
  })
    .input(byCourse)
    .output(done),
  createModule: operation({
    method: 'POST',
    path: '/education/courses/{courseId}/modules',
    access: 'course.author',
    tags,
    successStatus: 201,
    summary: 'Add a module at the end of a course.',
  })
    .input(z.object({ courseId: id, title: line(200) }))
    .output(authoredCourse),
  saveModule: operation({
    method: 'PATCH',
    path: '/education/modules/{moduleId}',
    access: 'course.author',
    tags,
    summary: 'Rename a module.',
  })
    .input(z.object({ moduleId: id, title: line(200) }))
    .output(authoredCourse),
  deleteModule: operation({
    method: 'DELETE',
    path: '/education/modules/{moduleId}',
    access: 'course.author',
    tags,
    summary: 'Delete a module with its lessons.',
  })
    .input(z.object({ moduleId: id }))
    .output(authoredCourse),
  arrangeCourse: operation({
    method: 'PUT',
    path: '/education/courses/{courseId}/arrangement',
    access: 'course.author',
    tags,
    summary: 'Set the order of modules and lessons. Names each module and lesson of the course once.',
  })
    .input(
      z.object({
        courseId: id,
        modules: z.array(z.object({ id, lessonIds: z.array(id).max(1000) })).max(500),
      }),
    )
    .output(authoredCourse),
  createLesson: operation({
    method: 'POST',
    path: '/education/modules/{moduleId}/lessons',
    access: 'course.author',
    tags,
    successStatus: 201,
    summary: 'Add a lesson at the end of a module.',
  })
    .input(z.object({ moduleId: id, kind: lessonKind, ...lessonInput }))
    .output(authoredLesson),
  editLesson: operation({
    method: 'GET',
    path: '/education/lessons/{lessonId}/edit',
    access: 'course.author',
    tags,
    summary: 'A lesson for its author.',
  })
    .input(z.object({ lessonId: id }))
    .output(authoredLesson.extend({ courseId: id, courseTitle: z.string() })),
  saveLesson: operation({
    method: 'PUT',
    path: '/education/lessons/{lessonId}',
    access: 'course.author',
    tags,
    summary: 'Replace what a lesson holds.',
  })
    .input(z.object({ lessonId: id, ...lessonInput }))
    .output(authoredLesson),
  deleteLesson: operation({
    method: 'DELETE',
    path: '/education/lessons/{lessonId}',
    access: 'course.author',
    tags,
    summary: 'Delete a lesson.',
  })
    .input(z.object({ lessonId: id }))
    .output(authoredCourse),
  getRoster: operation({
    method: 'GET',
    path: '/education/courses/{courseId}/roster',
    access: 'course.author',
    tags,
    summary: 'Who is enrolled in a course that one teaches, and how far each has come.',
  })
    .input(z.object({ courseId: id, ...paging }))
    .output(pageOf(rosterEntry)),
  getImport: operation({
    method: 'GET',
    path: '/education/imports/{importId}',
    access: 'course.author',
    tags,
    summary: 'How an import is getting on, and its report once done.',
  })
    .input(z.object({ importId: id }))
    .output(courseImport),
  listImports: operation({
    method: 'GET',
    path: '/education/imports',
    access: 'course.author',
    tags,
    summary: "One's imports, newest first.",
  })
    .input(z.object(paging))
    .output(pageOf(courseImport)),
  ...operationsOf('education'),
}

const bytes = z.custom<Uint8Array>()

/** Uploads and downloads: the body is the file itself, streamed. */
export const educationFiles = {
  importCartridge: operation({
    method: 'POST',
    path: '/education/imports',
    access: 'course.author',
    rateClass: 'upload',
    raw: 'upload',
    tags,
    successStatus: 202,
    summary: 'Import a Common Cartridge. The body is the file; the answer names the import to watch.',
  })
    .input(z.object({ name: line(200) }))
    .output(courseImport),
  uploadFile: operation({
    method: 'POST',
    path: '/education/courses/{courseId}/files',
    access: 'course.author',
    rateClass: 'upload',
    raw: 'upload',
    tags,
    successStatus: 201,
    summary: 'Add a file to a course: an image, a video, a document. The body is the file.',
  })
    .input(z.object({ courseId: id, name: line(200) }))
    .output(file),
  downloadFile: operation({
    method: 'GET',
    path: '/education/files/{fileId}/{name}',
    access: 'public',
    raw: 'download',
    tags,
    summary: 'The bytes of a file, with range requests. A cover is public; anything else needs an enrolment.',
  })
    .input(z.object({ fileId: id, name: z.string().max(300) }))
    .output(bytes),
  downloadCredential: operation({
    method: 'GET',
    path: '/education/certificates/{certificateId}/credential.json',
    access: 'public',
    raw: 'download',
    tags,
    summary: 'The signed Open Badges 3.0 credential as a file.',
  })
    .input(z.object({ certificateId: id }))
    .output(bytes),
}
