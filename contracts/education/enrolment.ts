import { z } from 'zod'
import { operation } from '../operation.ts'
import { id, pageOf, paging, percent, time } from '../wire.ts'
import {
  byCourse,
  courseCard,
  courseGrade,
  courseStatus,
  enrollment,
  outline,
  outlineLesson,
  tags,
} from './shapes.ts'

/** A learner's own page of a course: outline, what is done, where to go on. */
export const coursePage = z.object({
  course: z.object({ id, slug: z.string(), title: z.string(), coverUrl: z.string().nullable() }),
  enrollment,
  resumeLessonId: id.nullable(),
  modules: outline(outlineLesson.extend({ completed: z.boolean(), started: z.boolean() })),
  groups: z
    .array(
      z.object({
        id: id.meta({ description: 'Identifies the group.' }),
        name: z.string().meta({ description: 'What the group is called.', examples: ['River team'] }),
        memberNames: z.array(z.string()).meta({
          description: 'The names of who is in it, yours as well.',
          examples: [['Nomvula Dlamini', 'Sipho Ndlovu']],
        }),
      }),
    )
    .meta({ description: 'Your groups in the course; empty where learners are not shown them.' }),
})

const myCourse = enrollment.extend({
  course: courseCard.pick({ id: true, slug: true, title: true, coverUrl: true, level: true, category: true }),
  resumeLessonId: id.nullable(),
  /** The lesson with that id: the one to continue with, or null once all are done. */
  resumeLesson: outlineLesson
    .pick({ id: true, title: true, kind: true, survey: true, durationMinutes: true })
    .nullable(),
  lastActivityAt: time,
})

const rosterEntry = z.object({
  enrollmentId: id,
  userId: id,
  name: z.string(),
  email: z.string(),
  progressPercent: percent,
  lessonsDone: z.number().int(),
  lessonCount: z.number().int(),
  bestQuizPercent: z.number().nullable(),
  grade: courseGrade.nullable(),
  enrolledAt: time,
  lastActivityAt: time,
  completedAt: time.nullable(),
  certificateId: id.nullable(),
  accessEndedAt: time.nullable(),
  groupIds: z.array(id).meta({ description: 'The groups of the course that the learner is in.' }),
})

/** Who learns in a course, and how far they have come. */
export const enrolmentOperations = {
  enroll: operation({
    method: 'POST',
    path: '/education/courses/{courseId}/enrollments',
    access: 'member',
    tags,
    successStatus: 201,
    summary: 'Enrol in a published course. Repeating it returns the same enrolment.',
  })
    .input(byCourse)
    .output(enrollment),
  listEnrollments: operation({
    method: 'GET',
    path: '/education/enrollments',
    access: 'member',
    tags,
    summary: 'The courses you are enrolled in, or were until your access ended, latest activity first.',
  })
    .input(z.object(paging))
    .output(pageOf(myCourse)),
  getCoursePage: operation({
    method: 'GET',
    path: '/education/courses/{course}/page',
    access: 'member',
    tags,
    summary: "An enrolled learner's page of a course: outline, progress and where to continue.",
  })
    .input(z.object({ course: z.string().max(120) }))
    .output(coursePage),
  getCourseAccess: operation({
    method: 'GET',
    path: '/education/courses/{courseId}/access',
    access: 'member',
    tags,
    summary: 'What you may do in a course: edit it, learn in it, or neither.',
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
  getRoster: operation({
    method: 'GET',
    path: '/education/courses/{courseId}/roster',
    access: 'course.author',
    tags,
    summary: 'The learners of a course that you teach, with their progress.',
  })
    .input(
      z.object({
        courseId: id,
        groupId: id.optional().meta({ description: 'The group whose learners are listed; all without it.' }),
        ...paging,
      }),
    )
    .output(pageOf(rosterEntry)),
}
