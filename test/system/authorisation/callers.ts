import type { Person } from '../../api.ts'
import type { TestCourse } from '../../courses.ts'

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
  'auditor', // of the school
  'operator', // of the installation; in the school no more than a learner
  'support', // a learner of the school who holds this office, and so on
  'compliance',
  'finance',
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
  /** Expected statuses, one per caller up to the foreign administrator. */
  expect: number[]
  /** Those of the auditor, the operator and office holders, where they are answered otherwise than a stranger of the school. */
  auditor?: number
  operator?: number
  support?: number
  compliance?: number
  finance?: number
  /** The call uses up the caller's session or account, so each caller comes with a new one of the same kind. */
  usesUp?: 'session' | 'account'
  /** A valid input; made anew for each call, with a target of its own where the call uses it up. */
  input(world: World): Input | Promise<Input>
  /** The body of an upload. */
  upload?: (world: World) => Uint8Array
  /** Shows things of our school to the other school on purpose. */
  openToOtherSchools?: true
}

/** Any visitor and everyone signed in. */
export const everyone = Array.from({ length: 9 }, () => 200)
export const visitorsToo = (status: number) => everyone.map(() => status)
export const members = [401, 200, 200, 200, 200, 200, 200, 200, 200]
export const membersAs = (status: number) => members.map(found => (found === 401 ? 401 : status))
export const authors = (status = 200) => [401, 403, 403, status, status, status, 403, status, status]
/** The course's instructor and the school's administrator; a colleague is refused, another school sees nothing. */
export const owners = (status = 200) => [401, 403, 403, status, 403, status, 403, 404, 404]
/** The administrators of any school, each of their own; `foreign` where the row is of ours. */
export const admins = (status = 200, foreign = status) => [401, 403, 403, 403, 403, status, 403, 403, foreign]
/** Nobody but the system itself. */
export const nobody = visitorsToo(404)

export const nothing = () => ({})
export const ofCourse = ({ course }: World) => ({ courseId: course.courseId })
export const ofQuiz = ({ course }: World) => ({ quizId: course.quizId })

/** What each caller is to be answered. */
export function expected(row: Row): Record<Caller, number> {
  const stranger = row.expect[callers.indexOf('stranger')] as number
  const others = [row.auditor, row.operator, row.support, row.compliance, row.finance].map(
    status => status ?? stranger,
  )
  const statuses = [...row.expect, ...others]
  return Object.fromEntries(callers.map((caller, at) => [caller, statuses[at]])) as Record<Caller, number>
}
