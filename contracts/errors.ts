/**
 * Every failure that a client can expect, by code. The code is the stable part: clients match on it, people read
 * the message. A failure that is not listed here is a bug and is answered as `internal` with its correlation id.
 */
export const errorCodes = {
  invalid_input: { status: 400, message: 'Some of the values are not valid.' },
  unauthenticated: { status: 401, message: 'Sign in to do this.' },
  wrong_credentials: { status: 401, message: 'The email address or password is wrong.' },
  session_expired: { status: 401, message: 'This session has ended. Sign in again.' },
  code_rejected: { status: 401, message: 'This code is wrong or was already used.' },
  forbidden: { status: 403, message: 'You do not have permission to do this.' },
  csrf_rejected: { status: 403, message: 'This request did not come from this site.' },
  insufficient_scope: { status: 403, message: 'This key does not have the scope for this.' },
  step_up_required: { status: 403, message: 'Confirm that it is you, then try again.' },
  impersonation_read_only: {
    status: 403,
    message:
      'You are viewing as another person, so nothing can be changed. Return to your own account first.',
  },
  account_suspended: {
    status: 403,
    message: 'This account is suspended. Ask an administrator of the school.',
  },
  access_code_required: { status: 403, message: 'Enter the access code to start. Your teacher has it.' },
  access_code_wrong: {
    status: 403,
    message: 'This access code is not right. Check it for typos, capital letters too.',
  },
  not_enrolled: { status: 403, message: 'Enrol in the course first.' },
  not_found: { status: 404, message: 'Not found, or you do not have access to it.' },
  method_not_allowed: { status: 405, message: 'This address does not accept that method.' },
  last_way_in: {
    status: 409,
    message: 'This is the only way to sign in to this account. Add another one first.',
  },
  conflict: { status: 409, message: 'This has changed since you opened it. Reload it and try again.' },
  idempotency_conflict: {
    status: 409,
    message: 'This idempotency key was already used for a different request.',
  },
  already_done: {
    status: 409,
    message: 'This was already done. The result is shown only once.',
  },
  course_not_publishable: { status: 409, message: 'The course is not ready to be published.' },
  quiz_needed: {
    status: 409,
    message: 'A lesson shows this quiz. Remove the quiz from the lesson, or hide the lesson, then try again.',
  },
  course_has_learners: { status: 409, message: 'Learners are enrolled in this course. Archive it instead.' },
  attempts_exhausted: { status: 409, message: 'You have no attempts left for this quiz.' },
  attempt_closed: { status: 409, message: 'This attempt was already submitted.' },
  quiz_not_ready: { status: 409, message: 'This quiz has no questions yet.' },
  quiz_not_open: { status: 409, message: 'This quiz is not open yet.' },
  quiz_in_use: {
    status: 409,
    message: 'Learners have attempted this quiz, so it cannot be deleted.',
  },
  file_in_use: {
    status: 409,
    message: 'This file is in use. Remove it from where it is used, then delete it.',
  },
  storage_quota_reached: {
    status: 409,
    message: 'There is not enough storage left for this. Nothing was saved.',
  },
  link_expired: {
    status: 410,
    message: 'This was already used or has expired. Ask for a new one.',
  },
  payload_too_large: { status: 413, message: 'The file or request is too large.' },
  rate_limited: { status: 429, message: 'Too many requests. Wait a little and try again.' },
  too_many_connections: {
    status: 429,
    message: 'Too many live connections are open for this account. Close other tabs, then try again.',
  },
  internal: { status: 500, message: 'Something went wrong on our side. Try again in a moment.' },
  storage_full: {
    status: 503,
    message: 'There is no space left to save this. Nothing was changed. Tell an administrator.',
  },
  unavailable: {
    status: 503,
    message: 'This part of the system is not available right now. Try again soon.',
  },
} as const

export type ErrorCode = keyof typeof errorCodes

/** One rejected field: its path in the input (dots between names), a stable code and a sentence. */
export type FieldFault = { path: string; code: string; message: string }

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
 * with `storage_quota_reached`: whose storage it is, and how much of it was used before.
 */
export type ErrorData = {
  correlationId?: string
  fields?: FieldFault[]
  retryAfterSeconds?: number
  detail?: string
  storage?: { of: 'school' | 'person'; usedBytes: number; limitBytes: number }
  /** With `course_not_publishable`: what has to be finished first. */
  problems?: PublishProblem[]
  /** With `file_in_use`: where. Empty when something that shows it is being saved just now. */
  uses?: FileUse[]
}

/** The body of every answer that is not a success. */
export type ErrorBody = { code: ErrorCode; status: number; message: string; data?: ErrorData }
