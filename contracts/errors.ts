import { assessmentFailures } from './assessment/failures.ts'
import { authFailures } from './auth/failures.ts'
import { educationFailures } from './education/failures.ts'
import { commonFailures } from './failures.ts'
import { integrationsFailures } from './integrations/failures.ts'
import { mintFailures } from './mint/failures.ts'
import { paymentsFailures } from './payments/failures.ts'

/**
 * Every failure that a client can expect, by code. The code is the stable part: clients match on it, people read
 * the message. A failure that is not listed here is a bug and is answered as `internal` with its correlation id.
 */
export const errorCodes = {
  ...commonFailures.codes,
  ...authFailures.codes,
  ...educationFailures.codes,
  ...assessmentFailures.codes,
  ...integrationsFailures.codes,
  ...mintFailures.codes,
  ...paymentsFailures.codes,
} as const

export type ErrorCode = keyof typeof errorCodes

/** What narrows a code: why just this was refused. */
export const failureReasons = {
  ...commonFailures.reasons,
  ...authFailures.reasons,
  ...educationFailures.reasons,
  ...assessmentFailures.reasons,
  ...integrationsFailures.reasons,
  ...mintFailures.reasons,
  ...paymentsFailures.reasons,
} as const satisfies Record<string, { code: ErrorCode; message: string }>

export type FailureReason = keyof typeof failureReasons

/** What can be wrong with a field, beyond its shape. */
export const fieldReasons = {
  ...commonFailures.fields,
  ...authFailures.fields,
  ...educationFailures.fields,
  ...assessmentFailures.fields,
  ...integrationsFailures.fields,
  ...mintFailures.fields,
  ...paymentsFailures.fields,
} as const

export type FieldReason = keyof typeof fieldReasons

/** What a message speaks of, by the names in its braces. */
export type FailureValues = Record<string, string | number>

/** A message with its values in place. */
export const messageWith = (message: string, values: FailureValues = {}): string =>
  message.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))

/**
 * One rejected field: its path in the input (dots between names), a stable code and a sentence. `reason` stands where
 * a rule of ours refused it, `values` is what the sentence speaks of (a bound, a name).
 */
export type FieldFault = {
  path: string
  code: string
  message: string
  reason?: FieldReason
  values?: FailureValues
}

/** What can keep a course from being published. */
export const publishProblemCodes = [
  'title_missing',
  'description_missing',
  'no_published_lesson',
  'page_empty',
  'video_missing',
  'file_missing',
  'link_missing',
  'quiz_missing',
  'quiz_empty',
] as const

/** One thing that is unfinished in a course: its code, the part to change, and a sentence. */
export type PublishProblem = {
  code: (typeof publishProblemCodes)[number]
  part: { kind: 'course' | 'lesson' | 'quiz'; id: string; title: string }
  message: string
}

/** A place where a file of a course is used; `id` is that of the course, the lesson or the quiz. */
export type FileUse = { kind: 'cover' | 'description' | 'lesson' | 'quiz'; id: string; title: string }

/**
 * The `data` of every error body. `fields` stands only with `invalid_input`, `retryAfterSeconds` with limits, `storage`
 * with `storage_quota_reached`: whose storage it is, and how much of it was used before. `reason` narrows the code, with
 * the `values` of its message; `detail` repeats it for programs that were written before there were reasons.
 */
export type ErrorData = {
  correlationId?: string
  fields?: FieldFault[]
  retryAfterSeconds?: number
  detail?: string
  reason?: FailureReason
  values?: FailureValues
  storage?: { of: 'school' | 'person'; usedBytes: number; limitBytes: number }
  /** With `course_not_publishable`: what has to be finished first. */
  problems?: PublishProblem[]
  /** With `file_in_use`: where. Empty when something that shows it is being saved just now. */
  uses?: FileUse[]
}

/** The body of every answer that is not a success. */
export type ErrorBody = { code: ErrorCode; status: number; message: string; data?: ErrorData }
