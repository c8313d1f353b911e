import { randomUUID } from 'node:crypto'
import { type Person, password, signUp } from '../api.ts'
import { makeCourse, type TestCourse, tick } from '../courses.ts'

/** Who calls, in the order of the table's columns. The foreign ones are of another school of the installation. */
export const callers = [
  'anonymous',
  'stranger', // a learner who is not enrolled
  'learner', // enrolled; the enrolment, attempts and certificate are this one's
  'instructor', // of the course; the import is this one's
  'colleague', // another instructor of the school
  'admin',
  'foreignLearner',
  'foreignInstructor',
  'foreignAdmin',
] as const

export type Caller = (typeof callers)[number]

/** The people, and what they have; the expectations below are about these. */
export type World = {
  url: string
  people: Record<Exclude<Caller, 'anonymous'>, Person>
  course: TestCourse
  certificateId: string
  credential: Record<string, unknown>
  gradedId: string
  importId: string
  cartridge: Uint8Array
}

type Input = Record<string, unknown>

export type Row = {
  /** Expected statuses, one per caller. */
  expect: number[]
  /** A valid input; made anew for each call, with a target of its own where the call uses it up. */
  input(world: World): Input | Promise<Input>
  /** The body of an upload. */
  upload?: (world: World) => Uint8Array
  /** Shows things of our school to the other school on purpose. */
  openToOtherSchools?: true
}

const everyone = Array.from({ length: callers.length }, () => 200)
const visitorsToo = (status: number) => everyone.map(() => status)
const members = [401, 200, 200, 200, 200, 200, 200, 200, 200]
const authors = (status = 200) => [401, 403, 403, status, status, status, 403, status, status]
/** The course's instructor and the school's administrator; a colleague is refused, another school sees nothing. */
const owners = (status = 200) => [401, 403, 403, status, 403, status, 403, 404, 404]
const admins = [401, 403, 403, 403, 403, 200, 403, 403, 200]

const ofCourse = ({ course }: World) => ({ courseId: course.courseId })
const ofQuiz = ({ course }: World) => ({ quizId: course.quizId })
const draft = async ({ url, people }: World) => makeCourse(url, people.instructor, { publish: false })
const nothing = () => ({})

async function openAttempt({ people, course }: World): Promise<string> {
  return (await people.learner.api.assessment.startSubmission({ quizId: course.quizId })).id
}

const settings = { title: 'Lakes', category: 'Geography' }
const questions = [
  {
    type: 'single_choice',
    content: '<p>Which?</p>',
    options: [
      { id: tick, content: 'This', correct: true },
      { id: 'b', content: 'That', correct: false },
    ],
  },
]

/**
 * Every operation and what each caller is answered. Columns: anonymous, stranger, learner, instructor, colleague,
 * admin; foreign learner, instructor, admin.
 */
export const table: Record<string, Row> = {
  'auth.organization': { expect: everyone, input: nothing, openToOtherSchools: true },
  'auth.register': {
    expect: visitorsToo(201),
    input: () => ({ email: `new-${randomUUID()}@test.example`, password, name: 'Newcomer' }),
    openToOtherSchools: true,
  },
  'auth.login': {
    expect: everyone,
    input: ({ people }) => ({ email: people.stranger.email, password }),
    openToOtherSchools: true,
  },
  'auth.refresh': {
    expect: everyone,
    async input({ url }) {
      const answer = await fetch(`${url}/api/v1/auth/register`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: `new-${randomUUID()}@test.example`, password, name: 'Newcomer' }),
      })
      return {
        refreshToken: ((await answer.json()) as { tokens: { refreshToken: string } }).tokens.refreshToken,
      }
    },
    openToOtherSchools: true,
  },
  'auth.logout': { expect: members, input: nothing },
  'auth.me': { expect: members, input: nothing },
  'auth.jwks': { expect: everyone, input: nothing },
  'auth.listPeople': { expect: admins, input: nothing },
  'auth.setRoles': {
    expect: [401, 403, 403, 403, 403, 200, 403, 403, 404],
    input: async ({ url }) => ({ userId: (await signUp(url)).userId, roles: ['learner', 'instructor'] }),
  },
  'auth.listEvents': { expect: admins, input: nothing },

  'education.listCourses': { expect: everyone, input: nothing },
  'education.getCourse': {
    expect: [200, 200, 200, 200, 200, 200, 404, 404, 404],
    input: ({ course }) => ({ course: course.courseId }),
  },
  'education.enroll': {
    expect: [401, 201, 201, 201, 201, 201, 404, 404, 404],
    async input({ url, people }) {
      return { courseId: (await makeCourse(url, people.instructor)).courseId }
    },
  },
  'education.listEnrollments': { expect: members, input: nothing },
  'education.getCoursePage': {
    // Whether such a course exists elsewhere is not told: it is answered as any other that one is not in.
    expect: [401, 403, 200, 403, 403, 403, 403, 403, 403],
    input: ({ course }) => ({ course: course.courseId }),
  },
  'education.getCourseAccess': { expect: [401, 200, 200, 200, 200, 200, 404, 404, 404], input: ofCourse },
  'education.getLesson': {
    expect: [401, 403, 200, 200, 403, 200, 404, 404, 404],
    input: ({ course }) => ({ lessonId: course.pageId }),
  },
  'education.saveProgress': {
    expect: [401, 403, 200, 403, 403, 403, 404, 404, 404],
    input: ({ course }) => ({ lessonId: course.pageId, positionPercent: 50 }),
  },
  'education.listCertificates': { expect: members, input: nothing },
  'education.getCertificate': {
    expect: everyone,
    input: ({ certificateId }) => ({ certificateId }),
    openToOtherSchools: true,
  },
  'education.verifyCredential': {
    expect: everyone,
    input: ({ credential }) => ({ credential }),
    openToOtherSchools: true,
  },
  'education.downloadCredential': {
    expect: everyone,
    input: ({ certificateId }) => ({ certificateId }),
    openToOtherSchools: true,
  },
  'education.listTaughtCourses': { expect: authors(), input: nothing },
  'education.createCourse': { expect: authors(201), input: () => settings },
  'education.editCourse': { expect: owners(), input: ofCourse },
  'education.saveCourse': { expect: owners(), input: world => ({ ...ofCourse(world), summary: 'Of water' }) },
  'education.publishCourse': {
    expect: owners(),
    input: async world => ({ courseId: (await draft(world)).courseId }),
  },
  'education.archiveCourse': {
    expect: owners(),
    input: async world => ({ courseId: (await draft(world)).courseId }),
  },
  'education.deleteCourse': {
    expect: owners(),
    input: async world => ({ courseId: (await draft(world)).courseId }),
  },
  'education.createModule': {
    expect: owners(201),
    input: async world => ({ courseId: (await draft(world)).courseId, title: 'More' }),
  },
  'education.saveModule': {
    expect: owners(),
    input: ({ course }) => ({ moduleId: course.moduleId, title: 'Water' }),
  },
  'education.deleteModule': {
    expect: owners(),
    input: async world => ({ moduleId: (await draft(world)).moduleId }),
  },
  'education.arrangeCourse': {
    expect: owners(),
    input: ({ course }) => ({
      courseId: course.courseId,
      modules: [
        { id: course.moduleId, lessonIds: [course.pageId, course.fileLessonId, course.quizLessonId] },
      ],
    }),
  },
  'education.createLesson': {
    expect: owners(201),
    input: async world => ({ moduleId: (await draft(world)).moduleId, kind: 'page', title: 'Mouths' }),
  },
  'education.editLesson': { expect: owners(), input: ({ course }) => ({ lessonId: course.pageId }) },
  'education.saveLesson': {
    expect: owners(),
    input: ({ course }) => ({ lessonId: course.pageId, title: 'Springs', content: '<p>Water rises.</p>' }),
  },
  'education.deleteLesson': {
    expect: owners(),
    input: async world => ({ lessonId: (await draft(world)).pageId }),
  },
  'education.getRoster': { expect: owners(), input: ofCourse },
  'education.getImport': {
    expect: [401, 403, 403, 200, 404, 200, 403, 404, 404],
    input: ({ importId }) => ({ importId }),
  },
  'education.listImports': { expect: authors(), input: nothing },
  'education.listEvents': { expect: admins, input: nothing },
  'education.importCartridge': {
    expect: authors(202),
    input: () => ({ name: 'rivers.imscc' }),
    upload: ({ cartridge }) => cartridge,
  },
  'education.uploadFile': {
    expect: owners(201),
    input: world => ({ ...ofCourse(world), name: 'map.txt' }),
    upload: () => Buffer.from('Here be rivers.'),
  },
  'education.downloadFile': {
    expect: [404, 404, 200, 200, 404, 200, 404, 404, 404],
    input: ({ course }) => ({ fileId: course.fileId, name: 'rivers.txt' }),
  },

  'assessment.getQuiz': { expect: [401, 403, 200, 200, 403, 200, 404, 404, 404], input: ofQuiz },
  'assessment.startSubmission': { expect: [401, 403, 201, 201, 403, 201, 404, 404, 404], input: ofQuiz },
  'assessment.getSubmission': {
    expect: [401, 404, 200, 200, 404, 200, 404, 404, 404],
    input: ({ gradedId }) => ({ submissionId: gradedId }),
  },
  'assessment.saveAnswers': {
    expect: [401, 404, 200, 404, 404, 404, 404, 404, 404],
    input: async world => ({ submissionId: await openAttempt(world), answers: {} }),
  },
  'assessment.submit': {
    expect: [401, 404, 200, 404, 404, 404, 404, 404, 404],
    input: async world => ({ submissionId: await openAttempt(world) }),
  },
  'assessment.listQuizzes': { expect: owners(), input: ofCourse },
  'assessment.createQuiz': {
    expect: owners(201),
    input: world => ({ ...ofCourse(world), title: 'Lakes', questions }),
  },
  'assessment.editQuiz': { expect: owners(), input: ofQuiz },
  'assessment.saveQuiz': {
    expect: owners(),
    async input({ url, people }) {
      return { quizId: (await makeCourse(url, people.instructor)).quizId, title: 'Lakes', questions }
    },
  },
  'assessment.deleteQuiz': {
    expect: owners(),
    async input({ people, course }) {
      return {
        quizId: (
          await people.instructor.api.assessment.createQuiz({ courseId: course.courseId, title: 'Gone' })
        ).id,
      }
    },
  },
  'assessment.listSubmissions': { expect: owners(), input: ofQuiz },
  'assessment.listEvents': { expect: admins, input: nothing },
}
