import {
  type ErrorBody,
  type ErrorCode,
  type ErrorData,
  errorCodes,
  type FailureReason,
  type FailureValues,
  type FieldFault,
  type FieldReason,
  failureReasons,
  fieldReasons,
  messageWith,
} from '@azora/contracts/errors.ts'
import type { z } from 'zod'
import { correlationId } from './context.ts'
import { isStorageFull } from './storage-full.ts'

/** The one class of failures that a caller can expect. Anything else that is thrown is a bug. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly status: number
  readonly data: ErrorData

  constructor(code: ErrorCode, data: ErrorData = {}, options?: { cause?: unknown }) {
    // A part of a newer release may give a reason that this one does not know.
    const known = data.reason !== undefined && Object.hasOwn(failureReasons, data.reason)
    const { message } = known ? failureReasons[data.reason as FailureReason] : errorCodes[code]
    super(messageWith(message, data.values), { cause: options?.cause })
    this.name = 'AppError'
    this.code = code
    this.status = errorCodes[code].status
    this.data = data
  }
}

/** A failure whose code is narrowed by a reason of the contracts. `values` are those of the reason's message. */
export function refusal(
  reason: FailureReason,
  values?: FailureValues,
  data: Omit<ErrorData, 'reason' | 'values'> = {},
): AppError {
  return new AppError(failureReasons[reason].code, {
    detail: reason,
    ...data,
    reason,
    ...(values && { values }),
  })
}

/** What is wrong with the field at `path`. `code` is the class of the fault for programs, where it has one. */
export function fieldFault(
  path: string,
  reason: FieldReason,
  { code = reason, values }: { code?: string; values?: FailureValues } = {},
): FieldFault {
  return {
    path,
    code,
    reason,
    message: messageWith(fieldReasons[reason], values),
    ...(values && { values }),
  }
}

/** A field that a rule of ours refuses, as `invalid_input`. */
export const invalidField = (...fault: Parameters<typeof fieldFault>): AppError =>
  new AppError('invalid_input', { fields: [fieldFault(...fault)] })

// Shapes name their rule by its message, since a schema has no other place for it.
const reasonOf = new Map(Object.entries(fieldReasons).map(([reason, text]) => [text as string, reason]))

function valuesOf(issue: z.core.$ZodIssue): FailureValues | undefined {
  if (issue.code === 'too_small') return { minimum: String(issue.minimum), of: issue.origin }
  if (issue.code === 'too_big') return { maximum: String(issue.maximum), of: issue.origin }
  if (issue.code === 'invalid_format') return { format: issue.format }
  return undefined
}

/** The rejected fields of a failed parse, as `invalid_input`. */
export function invalidInput(error: z.ZodError): AppError {
  const fields = error.issues.slice(0, 50).map((issue): FieldFault => {
    const reason = reasonOf.get(issue.message) as FieldReason | undefined
    const values = valuesOf(issue)
    return {
      path: issue.path.map(String).join('.'),
      code: issue.code,
      message: issue.message,
      ...(reason && { reason }),
      ...(values && { values }),
    }
  })
  return new AppError('invalid_input', { fields })
}

/**
 * Why a process that stops sends someone away. Another one takes over at once, and the time differs, because all
 * whom it sends away together would be too many at once.
 */
export const stoppingFailure = (): AppError =>
  new AppError('unavailable', { retryAfterSeconds: 1 + Math.floor(Math.random() * 3) })

// Space is made by a person, who takes a while.
const retryWhenFullSeconds = 60

/** Want of space as what a caller can expect, anything else as it is. */
export function asStorageFull(failure: unknown): unknown {
  if (failure instanceof AppError || !isStorageFull(failure)) return failure
  return new AppError('storage_full', { retryAfterSeconds: retryWhenFullSeconds }, { cause: failure })
}

/** What a client is told of a failure. A bug tells its correlation id and nothing else. */
export function errorBody(problem: unknown): ErrorBody & { defined: true } {
  const failure = asStorageFull(problem)
  const expected = failure instanceof AppError ? failure : new AppError('internal')
  return {
    defined: true,
    code: expected.code,
    status: expected.status,
    message: expected.message,
    data: { ...expected.data, correlationId: correlationId() },
  }
}
