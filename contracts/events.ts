import { z } from 'zod'
import { limits } from './limits.ts'
import { id, percent, role, time } from './wire.ts'

/**
 * The events that services publish and hear. Names of the specification are fixed; a change of meaning is a new
 * version beside the old one. Delivery is at least once; a reaction takes effect once.
 */
export const events = {
  'organization.created': z.object({
    organizationId: id,
    slug: z.string(),
    name: z.string(),
    isDefault: z.boolean(),
  }),
  'user.created': z.object({
    userId: id,
    organizationId: id,
    email: z.string(),
    name: z.string(),
    roles: z.array(role),
  }),
  'organization.changed': z.object({ organizationId: id, slug: z.string(), name: z.string() }),
  /** Told to each school that the person belongs to. */
  'user.changed': z.object({ userId: id, organizationId: id, email: z.string(), name: z.string() }),
  'user.left': z.object({ userId: id, organizationId: id }),
  /**
   * The account is gone: whoever keeps something of this person in this school erases it, or, where the law wants it
   * kept, takes the person out of it; then says so by `user.erased`.
   */
  'user.deleted': z.object({ userId: id, organizationId: id }),
  'user.erased': z.object({ userId: id, organizationId: id, service: z.string() }),
  /** Every service writes what it knows of the person in this school as a file, then says so by `user.exported`. */
  'user.export_requested': z.object({ exportId: id, userId: id, organizationId: id }),
  'user.exported': z.object({
    exportId: id,
    userId: id,
    organizationId: id,
    service: z.string(),
    /** Blobs to put into the export, with their names in it. */
    files: z.array(z.object({ name: z.string(), blobKey: z.string() })),
  }),
  /** For the audit log: who did what to whom. Committed with the change that it tells of. */
  'audit.recorded': z.object({
    organizationId: id,
    action: z.string(),
    actor: z.object({ kind: z.enum(['person', 'key', 'client', 'system']), id: id.nullable() }),
    impersonatorId: id.nullable(),
    subject: z.object({ kind: z.string(), id: z.string() }).nullable(),
    origin: z.object({ ip: z.string(), userAgent: z.string() }).nullable(),
    details: z.record(z.string(), z.unknown()),
    at: time,
  }),
  'user.roles_changed': z.object({ userId: id, organizationId: id, roles: z.array(role) }),
  'course.saved': z.object({
    courseId: id,
    organizationId: id,
    instructorId: id,
    title: z.string(),
    status: z.enum(['draft', 'published', 'archived']),
  }),
  /** Where the quizzes of a course stand, whole. A lower revision than one already heard is out of date. */
  'course.quizzes_placed': z.object({
    courseId: id,
    organizationId: id,
    revision: z.number().int(),
    places: z.array(
      z.object({
        quizId: id,
        lessonId: id,
        lessonTitle: z.string(),
        /** Whether learners see the lesson. */
        open: z.boolean(),
      }),
    ),
  }),
  'course.deleted': z.object({ courseId: id, organizationId: id }),
  'course.enrolled': z.object({
    enrollmentId: id,
    courseId: id,
    userId: id,
    organizationId: id,
    enrolledAt: time,
  }),
  'course.completed': z.object({
    enrollmentId: id,
    courseId: id,
    userId: id,
    organizationId: id,
    completedAt: time,
  }),
  /** The texts are HTML that its publisher has cleaned. */
  'quiz.imported': z.object({
    organizationId: id,
    courseId: id,
    quizId: id,
    createdBy: id,
    quiz: z.object({
      title: z.string().min(1).max(300),
      description: z.string(),
      passingScore: percent,
      timeLimitMinutes: z.number().int().min(1).max(limits.timeLimitMinutes).nullable(),
      maxAttempts: z.number().int().min(1).max(limits.attempts).nullable(),
      shuffle: z.boolean(),
      bank: z.boolean(),
      kind: z.enum(['quiz', 'survey']).optional(),
      opensAt: time.nullable().optional(),
      /** Sealed for the quiz as its service stores it, so that no queue or outbox holds it in the open. */
      sealedAccessCode: z.string().nullable().optional(),
      resultsShown: z.enum(['all', 'score', 'none']).optional(),
      shuffleAnswers: z.boolean().optional(),
      questions: z.array(
        z.object({
          type: z.enum(['single_choice', 'multiple_choice', 'true_false']),
          content: z.string(),
          points: z.number().min(0).max(limits.pointsOfQuestion),
          options: z.array(
            z.object({ content: z.string(), correct: z.boolean(), feedback: z.string().nullable() }),
          ),
          feedback: z.object({
            general: z.string().nullable(),
            correct: z.string().nullable(),
            incorrect: z.string().nullable(),
          }),
        }),
      ),
    }),
  }),
  'assessment.completed': z.object({
    submissionId: id,
    quizId: id,
    courseId: id,
    userId: id,
    organizationId: id,
    scorePercent: z.number().min(0).max(100),
    passed: z.boolean(),
    attemptNumber: z.number().int().positive(),
    completedAt: time,
  }),
  /** A survey was submitted: it has neither a score nor a passing mark. */
  'survey.completed': z.object({
    submissionId: id,
    quizId: id,
    courseId: id,
    userId: id,
    organizationId: id,
    attemptNumber: z.number().int().positive(),
    completedAt: time,
  }),
  /** Whether learners may know their score in a quiz. Told when it changes, and for a new quiz that hides it. */
  'quiz.results_shown': z.object({
    quizId: id,
    courseId: id,
    organizationId: id,
    scoreShown: z.boolean(),
    /** Counts the changes of a quiz. A lower one than was heard already is out of date. */
    revision: z.number().int(),
  }),
  'certificate.issued': z.object({
    certificateId: id,
    courseId: id,
    userId: id,
    organizationId: id,
    issuedAt: time,
  }),
} as const

/** Who keeps something of people: each reports on `user.export_requested` and on `user.deleted`. */
export const personalDataServices = ['auth', 'education', 'assessment', 'integrations'] as const

export type EventName = keyof typeof events
export type EventPayload<N extends EventName> = z.infer<(typeof events)[N]>

/**
 * The version of each event whose shape has changed since its first release; all others are at 1. A field that may be
 * missing needs no new version. Anything else does, with a step in `upgrades` for those that wait in an outbox or a
 * queue while the installation is upgraded.
 */
const versions: Partial<Record<EventName, number>> = {}

/** For each event, by the version it leads from: how a payload becomes one of the next version. Pure. */
const upgrades: Partial<Record<EventName, Record<number, (payload: unknown) => unknown>>> = {}

const known = { versions, upgrades }

/** The version in which an event is published. */
export const versionOf = (name: EventName, { versions } = known): number => versions[name] ?? 1

/** The event was published by a newer release than this one. It waits until this process is upgraded too. */
export class NewerEvent extends Error {
  override name = 'NewerEvent'
}

/**
 * The payload in the current version, checked.
 * @throws NewerEvent for a version that this release does not know; ZodError for a payload that is not of its shape.
 */
export function readPayload<N extends EventName>(
  name: N,
  version: number,
  payload: unknown,
  { versions, upgrades } = known,
): EventPayload<N> {
  const current = versionOf(name, { versions, upgrades })
  if (version > current)
    throw new NewerEvent(`${name} came in version ${version}; this release knows it up to ${current}.`)
  let upgraded = payload
  for (let at = version; at < current; at++) {
    const step = upgrades[name]?.[at]
    if (!step) throw new Error(`Nothing leads from version ${at} of ${name} to the next.`)
    upgraded = step(upgraded)
  }
  return events[name].parse(upgraded) as EventPayload<N>
}
